"""What our WXR says beyond what WordPress knows, and how: the same for whoever writes it and whoever reads it.

WordPress' own importer takes custom fields and terms along, passes over elements of a namespace that it doesn't know,
and hides fields that begin with an underscore. Everything named here is in the file only where there is something to
say. What a `KEY` says is the key of the record, instead of WordPress' number, which changes from file to file.
"""

NAMESPACE = "urn:wlg:archive:1"  # xmlns:wlg

# In <wp:author>, whose `wp:author_login` is the address of the name (`ada-byron`), `wp:author_email` empty
PERSON = "person"  # <wlg:person>JSON</wlg:person>: {key, about, role, organisation, is_pen_name, portrait, addresses}
# In the channel: <wlg:moved><wlg:from>whole address</wlg:from><wlg:to>whole address</wlg:to></wlg:moved>
MOVED = "moved"

SERIES = "series"  # The taxonomy of series, in <wp:term> and in <category domain="series" nicename="…">
NAMES = "author"  # The taxonomy of the co-author plugins; nicename="cap-<login>", in the order of the byline
NAME_PREFIX = "cap-"

# <wp:termmeta> of a <wp:category>, <wp:tag> or <wp:term>
KEY = "_wlg_key"
PLANNED_PARTS = "_wlg_planned_parts"  # A number, of a series
ADDRESSES = "_wlg_addresses"  # JSON: a list of whole addresses, the usual one first; also of posts, pages, attachments

# <wp:postmeta> of a post or page (with KEY and ADDRESSES)
PART = "_wlg_part"  # A number
CREDITS = "_wlg_credits"  # JSON: [{"person": login, "role": …, "organisation": …}], in the order of the byline
INTRODUCTION = "_wlg_introduction"  # HTML
INTRODUCED_BY = "_wlg_introduced_by"  # A login
IN_REPLY_TO = "_wlg_in_reply_to"  # The KEY of a post
NOTICES = "_wlg_notices"  # JSON: [{"kind", "at" (ISO 8601), "note"}]
IS_GUEST_PIECE = "_wlg_is_guest_piece"  # "1"
CHANGED_AT = "_wlg_changed_at"  # ISO 8601
# Only where wp:post_date_gmt and the like leave out fractions of a second, which these have
PUBLISHED_AT = "_wlg_published_at"
BEGUN_AT = "_wlg_begun_at"
POSITION = "_wlg_position"  # Of a page that stands in the footer: its place there
OLD_SLUG = "_wp_old_slug"  # WordPress' own, one row for each last part of an address that the piece had before
THUMBNAIL = "_thumbnail_id"  # WordPress' own: the wp:post_id of the attachment that leads the piece

# <wp:postmeta> of an attachment (with KEY and ADDRESSES): wp:attachment_url is its address, the excerpt its caption
ALT = "_wp_attachment_image_alt"  # WordPress' own
CREDIT = "_wlg_credit"
FILE_NAME = "_wlg_name"

# In <wp:comment>, whose wp:comment_author_email is empty, as elements of our namespace
COMMENT_KEY = "key"
COMMENT_PERSON = "person"  # A login, where the comment was written under a name on the byline
WRITTEN_AT = "written_at"
EDITED_AT = "edited_at"
