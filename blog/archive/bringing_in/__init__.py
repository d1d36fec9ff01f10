"""Records → rows: texts settled, files found, in chunks that are whole each, so that an interruption costs little.

beginning (the door: `bring_in`) → walking (chunks) → people, pieces (with preparing and texts), pages → endings
beside them: old_site, files and listed_files, fitting, digests, run (what all share)
"""

from blog.archive.bringing_in.beginning import bring_in, site_of
from blog.archive.bringing_in.old_site import OldSite

__all__ = ["OldSite", "bring_in", "site_of"]
