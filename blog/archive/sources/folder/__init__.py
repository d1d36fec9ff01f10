"""A folder or a zip of texts in Markdown or HTML, with or without front matter: Jekyll, Hugo, Eleventy, Pelican, ours.

    front_matter (YAML, TOML, JSON, lines) → fields (one meaning for many names) → texts (one file) → export.records
    generators (tags of Jekyll and Hugo), html_page (whole pages), places (addresses, and what texts point to)

Front matter may hold, each by the first name that is given, small or large letters alike:

- `title`, `slug`, `key`; `date`, `updated`, `begun`; `state` (published, submitted, draft) or `draft`
- `authors`: names, or mappings of `name`, `slug`, `role`, `organisation`, `pen_name`
- `category`, `categories` (the first is the category, the others become tags), `tags`
- `series` (a name, or a mapping of `name`, `part`, `planned_parts`), `part`
- `standfirst`, `introduction`, `introduced_by` (a name, or a mapping as of `authors`), `in_reply_to` (a key), `guest`
- `lead`: an address, or a mapping of `address`, `alt`, `caption`, `credit`
- `comments`: yes or no, or a list of mappings of `key`, `name`, `text`, `date`, `parent`, `state`; `comments_open`
- `notices`: a list of mappings of `kind`, `date`, `note`
- `permalink` or `url`, and `aliases`: where it was
- `kind`: piece, page, or author, category, tag, series, for a text about one of these (its title is the name, the text
  what is said of it); `format: html` where the text of a Markdown file is HTML throughout; of a page, `position`,
  `footer`
"""

from pathlib import Path

from blog.archive.sources.base import Source
from blog.archive.sources.folder.export import FolderExport, recognises

__all__ = ["open_export", "recognises"]


def open_export(path: Path, *, address: str = "") -> Source:
    """Open a folder, a zip, or one text. `address` is that of the old site."""
    return FolderExport(path, address=address)
