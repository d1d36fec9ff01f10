"""A text as WordPress keeps it → HTML as its readers saw it, before the text is cleaned."""

from blog.archive.sources.wordpress.body.context import Context
from blog.archive.sources.wordpress.body.rendering import render, without_shortcodes

__all__ = ["Context", "render", "without_shortcodes"]
