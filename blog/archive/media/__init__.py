"""Where the bytes of an archive's pictures and documents come from, and what they are.

finding (the door: `Media`) → places (folders and zips) and fetching (the old site, where asked) → kinds
"""

from blog.archive.media.finding import Found, Media

__all__ = ["Found", "Media"]
