"""What the blog holds. Rows and the facts that must never be false; what happens to them is in `blog.editorial`."""

from blog.models.editorial import Correction, Invitation, Message, Move, SignOff
from blog.models.letters import Letter
from blog.models.listings import Listed, Listing
from blog.models.masthead import Masthead
from blog.models.people import Author, Identity, IdentityLook
from blog.models.pictures import Picture
from blog.models.posts import Byline, Post
from blog.models.purges import Purge
from blog.models.revisions import Revision
from blog.models.series import Series
from blog.models.topics import Category, Tag

__all__ = [
    "Author",
    "Byline",
    "Category",
    "Correction",
    "Identity",
    "IdentityLook",
    "Invitation",
    "Letter",
    "Listed",
    "Listing",
    "Masthead",
    "Message",
    "Move",
    "Picture",
    "Post",
    "Purge",
    "Revision",
    "Series",
    "SignOff",
    "Tag",
]
