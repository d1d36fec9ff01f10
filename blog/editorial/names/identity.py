"""Public names and who is behind them. The byline is not the account, and only this module joins the two."""

import datetime as dt
import re
import secrets
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from blog import keys
from blog.editorial import pictures
from blog.editorial.names.bylines import void_sign_offs
from blog.editorial.permissions import is_editor_of, may_see_identities
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.editorial.upkeep import addresses, renditions
from blog.editorial.upkeep.purges import mark
from blog.models import Author, Byline, Identity, IdentityLook, Picture, Post
from blog.prose import clean_line, clean_text

if TYPE_CHECKING:
    from accounts.models import User

LENGTHS = {"name": 120, "role": 160, "organisation": 160, "about": 600}
MAX_REASON = 500


@dataclass(frozen=True)
class BylineDetails:
    """How a writer wants to appear."""

    name: str
    is_pen_name: bool
    role: str = ""
    organisation: str = ""
    about: str = ""


@dataclass(frozen=True)
class Portrait:
    """What happens to the picture beside a name: a new one comes, the old one goes, or it stays as it is."""

    file: IO[bytes] | None = None
    is_removed: bool = False


AS_IT_IS = Portrait()


def details_of(author: Author) -> BylineDetails:
    """Return what the blog says about a name now."""
    return BylineDetails(author.name, author.is_pen_name, author.role, author.organisation, author.about)


def details_on(byline: Byline) -> BylineDetails:
    """Return how a writer appears on one piece: role and organisation are those of the piece."""
    author = byline.author
    return BylineDetails(author.name, author.is_pen_name, byline.role, byline.organisation, author.about)


def new_author(
    *, name: str, is_pen_name: bool = False, role: str = "", organisation: str = "", about: str = ""
) -> Author:
    """Make a public name, with an address of its own."""
    details = clean_details(BylineDetails(name, is_pen_name, role, organisation, about))
    return Author.objects.create(
        name=details.name,
        slug=free_slug(details.name),
        is_pen_name=details.is_pen_name,
        role=details.role,
        organisation=details.organisation,
        about=details.about,
    )


def free_slug(name: str) -> str:
    """Return an address for a name that no other author has."""
    base = _slug_base(name) or f"writer-{secrets.token_hex(3)}"

    def is_taken(slug: str) -> bool:
        return Author.objects.filter(slug=slug).exists() or addresses.is_kept_by_other(kind="author", slug=slug)

    return addresses.free(base, is_taken)


def is_slug_of(slug: str, name: str) -> bool:
    """Whether an address was made from a name, and so tells nothing but it."""
    base = re.escape(_slug_base(name)) or "writer-[0-9a-f]{6}"
    return re.fullmatch(rf"{base}(-\d+)?", slug) is not None


def _slug_base(name: str) -> str:
    return slugify(name)[:120]


def set_byline(
    *,
    post: Post,
    author: Author,
    details: BylineDetails,
    by: "User",
    at: dt.datetime,
    portrait: Portrait = AS_IT_IS,
) -> Author:
    """Write down how a writer appears on a piece: name or pen name, role, organisation, a line about them, portrait.

    In this order: checks who may (PermissionDenied), locks the piece and checks that it is not out
    (EditorialRefusal), checks details and portrait (IncompleteError, by field), writes them, and voids sign-offs that
    were given under another name, role or organisation. A blank name is an error, never a fall-back. A changed name
    gets a new address, so that the old one gives nothing away; once it has been printed it can't be changed here.
    """
    if not (is_editor_of(by, post) or Identity.objects.filter(author=author, user=by).exists()):
        raise PermissionDenied(_("Only the writer and the editors can change this."))
    with transaction.atomic():
        row = _locked_before_publication(post)
        details, picture = clean_appearance(details, portrait, by=by, at=at)
        byline = row.bylines.select_related("author").get(author=author)
        author = byline.author
        require_pen_name_kept(author, details, by=by)
        before = (author.name, author.is_pen_name, byline.role, byline.organisation)
        if details.name != author.name or details.is_pen_name != author.is_pen_name:
            _require_unprinted(author, row)
            if not is_slug_of(author.slug, details.name):
                author.slug = free_slug(details.name)
        write_down(author, details, portrait, picture)
        mark(keys.author(author.pk), at=at)
        byline.role, byline.organisation = details.role, details.organisation
        byline.is_confirmed = byline.is_confirmed or Identity.objects.filter(author=author, user=by).exists()
        byline.save(update_fields=["role", "organisation", "is_confirmed"])
        if before != (author.name, author.is_pen_name, byline.role, byline.organisation):
            void_sign_offs(row, by=by, at=at)
    return author


def require_pen_name_kept(author: Author, details: BylineDetails, *, by: "User") -> None:
    """Raise EditorialRefusal where somebody else ends a pen name: names and addresses would come out of hiding."""
    if details.is_pen_name or not author.is_pen_name or may_see_identities(by):
        return
    if Identity.objects.filter(author=author).exclude(user=by).exists():
        raise EditorialRefusal(_("Only the writer can say that this is no longer a pen name."))


def write_down(author: Author, details: BylineDetails, portrait: Portrait, picture: Picture | None) -> None:
    """Write what the blog says about a name, together with its address; a portrait that it had before goes."""
    before = author.portrait
    author.name, author.is_pen_name, author.about = details.name, details.is_pen_name, details.about
    author.role, author.organisation = details.role, details.organisation
    if picture or portrait.is_removed:
        author.portrait = picture
    author.save(update_fields=["name", "slug", "is_pen_name", "about", "role", "organisation", "portrait"])
    if before and before != author.portrait:
        renditions.take_away(picture=before)


def _locked_before_publication(post: Post) -> Post:
    row = Post.objects.locked(post.pk)
    if not row.is_unpublished:
        raise EditorialRefusal(_("The byline can’t be changed now. Write to the editors."))
    return row


def looks_behind_names_of(*, user: "User", post: Post | None = None) -> list[IdentityLook]:
    """Return who looked behind an account's names, newest first, for the account itself; those on one piece, or all."""
    looks = IdentityLook.objects.filter(author__identity__user=user).select_related("author", "by")
    if post is not None:
        looks = looks.filter(author__bylines__post=post)
    return list(looks.order_by("-at", "-pk"))


def look_behind(*, author: Author, by: "User", at: dt.datetime, reason: str) -> "User | None":
    """Return the account behind a name. Takes a permission, a reason, and is written down before it is answered."""
    if not may_see_identities(by):
        raise PermissionDenied(_("You can’t look behind a pen name."))
    reason = clean_text(reason)
    if not reason:
        raise IncompleteError({"reason": _("Write why you need to know. The writer can read it.")})
    if len(reason) > MAX_REASON:
        raise IncompleteError({"reason": _("Shorten the reason to {most} characters.").format(most=MAX_REASON)})
    IdentityLook.objects.create(author=author, by=by, at=at, reason=reason)
    identity = Identity.objects.filter(author=author).select_related("user").first()
    return identity.user if identity else None


def own_name(*, user: "User") -> Author | None:
    """Return the public name that is an account's own, for the account itself; None while it has none."""
    return Author.objects.filter(identity__user=user, is_pen_name=False).order_by("identity__pk").first()


def staff_author(*, user: "User") -> Author:
    """Return the public name under which an editor writes, made on first use from the display name."""
    author = own_name(user=user)
    if author is None:
        with transaction.atomic():
            author = new_author(name=user.display_name)
            Identity.objects.create(author=author, user=user)
    return author


def write_as(*, post: Post, instead_of: Author, author: Author, by: "User", at: dt.datetime) -> None:
    """Put another of one's own names on a piece, in the same place on the byline.

    In this order: checks that both names are one's own (PermissionDenied), locks the piece and checks that it is not
    out (EditorialRefusal), puts the name on the byline with its role and organisation, voids the sign-offs, and
    removes the other name if it was made for the invitation alone.
    """
    own = Identity.objects.filter(author__in=[instead_of, author], user=by).count()
    if own != len({instead_of.pk, author.pk}):
        raise PermissionDenied(_("You can write only under your own names."))
    if instead_of == author:
        return
    with transaction.atomic():
        row = _locked_before_publication(post)
        byline = row.bylines.get(author=instead_of)
        byline.author, byline.role, byline.organisation = author, author.role, author.organisation
        byline.save(update_fields=["author", "role", "organisation"])
        row.invitations.filter(author=instead_of).update(author=author)
        void_sign_offs(row, by=by, at=at)
        is_used = instead_of.bylines.exists() or instead_of.sign_offs.exists() or instead_of.introductions.exists()
        if not is_used and not instead_of.looks.exists():
            instead_of.delete()


def join_known_name(*, post: Post, author: Author, by: "User", at: dt.datetime) -> None:
    """Let a guest who comes back write under the name they had, if the invitation named them the same.

    Only under their own name: joining a pen name would tell the editor who invited whose it is.
    """
    known = Author.objects.filter(identity__user=by, name=author.name, is_pen_name=False).exclude(pk=author.pk).first()
    if known:
        write_as(post=post, instead_of=author, author=known, by=by, at=at)


def is_under_pen_name(post: Post) -> bool:
    """Whether any name on the byline is a pen name, so that addresses around the piece must stay hidden."""
    former = post.former_names.select_related("author") if post.has_former_names else []
    names = [one.author for one in post.bylines.all()] + [one.author for one in former]
    return any(author.is_pen_name for author in names)


def _require_unprinted(author: Author, post: Post) -> None:
    if Byline.objects.filter(author=author, post__live__isnull=False).exclude(post=post).exists():
        raise EditorialRefusal(_("Pieces have been published under this name, so it can’t be changed here."))


def clean_appearance(
    details: BylineDetails, portrait: Portrait, *, by: "User", at: dt.datetime
) -> tuple[BylineDetails, Picture | None]:
    """Return the details cleaned and the portrait taken in; raise IncompleteError with all that is wrong at once."""
    errors: dict[str, str] = {}
    picture = None
    try:
        details = clean_details(details)
    except IncompleteError as incomplete:
        errors |= incomplete.errors
    try:
        if portrait.file and errors:
            pictures.reencode(portrait.file)
        elif portrait.file:
            picture = pictures.take_in(file=portrait.file, by=by, at=at, needs_description=False)
    except IncompleteError as incomplete:
        errors["portrait"] = incomplete.errors["file"]
    if errors:
        raise IncompleteError(errors)
    return details, picture


def clean_details(details: BylineDetails) -> BylineDetails:
    """Return the details cleaned; raise IncompleteError, by field, for a blank name or anything too long."""
    cleaned = BylineDetails(
        name=clean_line(details.name),
        is_pen_name=details.is_pen_name,
        role=clean_line(details.role),
        organisation=clean_line(details.organisation),
        about=clean_text(details.about),
    )
    errors = {
        name: _("Shorten this to {most} characters.").format(most=most)
        for name, most in LENGTHS.items()
        if len(getattr(cleaned, name)) > most
    }
    if not cleaned.name:
        errors["name"] = _("Write the name that readers will see. It can be a pen name.")
    if errors:
        raise IncompleteError(errors)
    return cleaned


def names_of(user: "User", post: Post) -> list[Author]:
    """Return the names on the byline behind which an account stands, in the order of the byline."""
    if not user.is_active:
        return []
    return list(Author.objects.filter(bylines__post=post, identity__user=user).order_by("bylines__position"))


def writes_as(user: "User", post: Post) -> Author | None:
    """Return the name under which an account appears on a piece, if it wrote it."""
    return next(iter(names_of(user, post)), None)
