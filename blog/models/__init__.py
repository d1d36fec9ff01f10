"""What the blog holds. Rows and the facts that must never be false; what happens to them is in `blog.editorial`."""

from blog.models.addresses import OldAddress
from blog.models.editorial import Correction, Invitation, Message, Move, SignOff
from blog.models.hub_notices import HubNotice
from blog.models.letters import Letter
from blog.models.listings import Listed, Listing, ListingKind, Standing
from blog.models.masthead import Masthead
from blog.models.people import Author, Identity, IdentityLook
from blog.models.pictures import Picture
from blog.models.plain_pages import PlainPage, PlainPageVersion
from blog.models.posts import Byline, Post
from blog.models.purges import Purge
from blog.models.related import Related
from blog.models.revisions import Revision
from blog.models.searching import OutdatedEntry, SearchedWord
from blog.models.series import Series
from blog.models.topics import Category, Tag

__all__ = [
    "Author",
    "Byline",
    "Category",
    "Correction",
    "HubNotice",
    "Identity",
    "IdentityLook",
    "Invitation",
    "Letter",
    "Listed",
    "Listing",
    "ListingKind",
    "Masthead",
    "Message",
    "Move",
    "OldAddress",
    "OutdatedEntry",
    "Picture",
    "PlainPage",
    "PlainPageVersion",
    "Post",
    "Purge",
    "Related",
    "Revision",
    "SearchedWord",
    "Series",
    "SignOff",
    "Standing",
    "Tag",
]
