"""The pictures that a text shows, found in one query whatever their number."""

from django.conf import settings

from blog import keys
from blog.illustrations import Illustrations, addresses
from blog.models import Picture, Revision
from blog.reading.shown import shows

MOST = 500  # More in one text than anybody reads are only loaded when needed


def in_text(text: Revision) -> Illustrations:
    """Return the pictures in a text and its introduction; only without a lead picture one of these may come first."""
    if text.lead_picture_id:
        shows(keys.picture(text.lead_picture_id))
    return in_prose(text.introduction + text.body, is_first_near_top=not text.lead_picture_id)


def in_prose(prose: str, *, is_first_near_top: bool = False) -> Illustrations:
    """Return the pictures in clean prose; where there are none, nothing is asked."""
    wanted = addresses(prose)[:MOST]
    if not wanted:
        return Illustrations()
    names = [address.removeprefix(settings.MEDIA_URL) for address in wanted]
    rows = Picture.objects.filter(file__in=names).only("file", "width", "height", "renditions")
    found = {row.file.url: row for row in rows}
    shows(*(keys.picture(row.pk) for row in found.values()))
    return Illustrations(
        {address: row.illustration for address, row in found.items()}, is_first_near_top=is_first_near_top
    )
