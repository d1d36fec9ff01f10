"""Public names and who is behind them. The byline is not the account, and only this module joins the two."""

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from blog.editorial.permissions import is_editor, is_writer_of, may_see_identities
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.models import Author, Byline, Identity, IdentityLook, Picture, Post
from blog.prose import clean_line, clean_text

if TYPE_CHECKING:
    from accounts.models import User

LENGTHS = {"name": 120, "role": 160, "organisation": 160, "about": 600}


@dataclass(frozen=True)
class BylineDetails:
    """How a writer wants to appear."""

    name: str
    is_pen_name: bool
    role: str = ""
    organisation: str = ""
    about: str = ""


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
    base = slugify(name)[:120] or f"writer-{secrets.token_hex(3)}"
    slug, number = base, 1
    while Author.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug


def set_byline(*, post: Post, author: Author, details: BylineDetails, by: "User", at: dt.datetime) -> Author:
    """Write down how a writer appears on a piece: name or pen name, role, organisation, a line about them.

    A blank name is an error (IncompleteError), never a fall-back. A changed name gets a new address, so that the old
    one gives nothing away; once the name has been published it can't be changed here any more. Sign-offs that were
    given under another name, role or organisation are void.
    """
    if not (is_editor(by) or Identity.objects.filter(author=author, user=by).exists()):
        raise PermissionDenied(_("Only the writer and the editors can change this."))
    details = clean_details(details)
    with transaction.atomic():
        byline = Byline.objects.select_for_update(of=("self",)).get(post=post, author=author)
        author = byline.author
        if not post.is_unpublished:
            raise EditorialRefusal(_("The byline can’t be changed now. Write to the editors."))
        before = (author.name, author.is_pen_name, byline.role, byline.organisation)
        if details.name != author.name or details.is_pen_name != author.is_pen_name:
            _require_unprinted(author, post)
            author.slug = free_slug(details.name) if details.name != author.name else author.slug
        author.name, author.is_pen_name, author.about = details.name, details.is_pen_name, details.about
        author.role, author.organisation = details.role, details.organisation
        author.save(update_fields=["name", "slug", "is_pen_name", "about", "role", "organisation"])
        byline.role, byline.organisation = details.role, details.organisation
        byline.save(update_fields=["role", "organisation"])
        if before != (author.name, author.is_pen_name, byline.role, byline.organisation):
            void_sign_offs(post)
    return author


def void_sign_offs(post: Post) -> None:
    """Drop the consent to the working text: what would be printed is not what was signed off."""
    post.sign_offs.filter(revision=post.working).delete()


def set_portrait(*, author: Author, portrait: Picture | None, by: "User") -> None:
    """Set or remove the picture beside a public name."""
    if not (is_editor(by) or Identity.objects.filter(author=author, user=by).exists()):
        raise PermissionDenied(_("Only the writer and the editors can change this."))
    Author.objects.filter(pk=author.pk).update(portrait=portrait)


def look_behind(*, author: Author, by: "User", at: dt.datetime, reason: str) -> "User | None":
    """Return the account behind a name. Takes a permission, a reason, and is written down before it is answered."""
    if not may_see_identities(by):
        raise PermissionDenied(_("You can’t look behind a pen name."))
    reason = clean_text(reason)[:500]
    if not reason:
        raise IncompleteError({"reason": _("Write why you need to know. The writer can read it.")})
    IdentityLook.objects.create(author=author, by=by, at=at, reason=reason)
    identity = Identity.objects.filter(author=author).select_related("user").first()
    return identity.user if identity else None


def own_names(*, user: "User") -> list[Author]:
    """Return the public names of an account, for the account itself."""
    return list(Author.objects.filter(identity__user=user))


def staff_author(*, user: "User") -> Author:
    """Return the public name under which an editor writes, made on first use from the display name."""
    identity = Identity.objects.filter(user=user, author__is_pen_name=False).select_related("author").first()
    if identity:
        return identity.author
    with transaction.atomic():
        author = new_author(name=user.display_name)
        Identity.objects.create(author=author, user=user)
    return author


def write_as(*, post: Post, instead_of: Author, author: Author, by: "User") -> None:
    """Put another of one's own names on a piece, in the same place on the byline.

    Role and organisation come along with the name, sign-offs are void, and a name made for the invitation alone goes.
    """
    own = Identity.objects.filter(author__in=[instead_of, author], user=by).count()
    if own != len({instead_of.pk, author.pk}):
        raise PermissionDenied(_("You can write only under your own names."))
    if instead_of == author:
        return
    if not post.is_unpublished:
        raise EditorialRefusal(_("The byline can’t be changed now. Write to the editors."))
    with transaction.atomic():
        byline = Byline.objects.select_for_update(of=("self",)).get(post=post, author=instead_of)
        byline.author, byline.role, byline.organisation = author, author.role, author.organisation
        byline.save(update_fields=["author", "role", "organisation"])
        post.invitations.filter(author=instead_of).update(author=author)
        void_sign_offs(post)
        is_used = instead_of.bylines.exists() or instead_of.sign_offs.exists() or instead_of.introductions.exists()
        if not is_used and not instead_of.looks.exists():
            instead_of.delete()


def join_known_name(*, post: Post, author: Author, by: "User") -> None:
    """Let a guest who comes back write under the name they had, if the invitation named them the same.

    Only under their own name: joining a pen name would tell the editor who invited whose it is.
    """
    known = Author.objects.filter(identity__user=by, name=author.name, is_pen_name=False).exclude(pk=author.pk).first()
    if known:
        write_as(post=post, instead_of=author, author=known, by=by)


def is_under_pen_name(post: Post) -> bool:
    """Whether any name on the byline is a pen name, so that addresses around the piece must stay hidden."""
    return any(byline.author.is_pen_name for byline in post.bylines.all())


def _require_unprinted(author: Author, post: Post) -> None:
    if Byline.objects.filter(author=author, post__live__isnull=False).exclude(post=post).exists():
        raise EditorialRefusal(_("Pieces have been published under this name, so it can’t be changed here."))


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


def writes_as(user: "User", post: Post) -> Author | None:
    """Return the name under which an account appears on a piece, if it wrote it."""
    if not is_writer_of(user, post):
        return None
    return Author.objects.filter(bylines__post=post, identity__user=user).order_by("bylines__position").first()
