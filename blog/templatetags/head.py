"""What stands in the head of a page for programs: feeds, Open Graph, JSON-LD."""

from typing import Any

from django import template
from django.conf import settings
from django.utils.safestring import SafeString

from blog import prose
from blog.reading.metadata import CONTEXT, Metadata, Page, describe

register = template.Library()


@register.inclusion_tag("blog/_head.html", takes_context=True)
def head(context: template.Context) -> dict[str, Any]:
    """Show the feeds that belong to a page, and, if it has an address of its own, what it says of itself."""
    masthead, address = context.get("masthead"), context.get("canonical", "")
    heading, metadata = context.get("heading"), None
    subject = context.get("metadata") or (Page(heading) if heading else None)
    if masthead and subject and address:
        about = context.get("description") or context.get("about") or ""
        metadata = describe(subject, masthead=masthead, address=address, description=about)
    return {
        "masthead": masthead,
        "canonical": address,
        "metadata": metadata,
        "site_url": settings.SITE_URL,
        "feed": context.get("feed", ""),
        "feed_name": heading or context.get("series") or "",
        "comment_feed": f"{address}feed/" if metadata and metadata.kind == "article" else "",
    }


@register.simple_tag
def facts(metadata: Metadata) -> SafeString:
    """Show the schema.org facts of a page, as a block that programs read and browsers don't run."""
    return prose.show_facts({"@context": CONTEXT, "@graph": metadata.facts})
