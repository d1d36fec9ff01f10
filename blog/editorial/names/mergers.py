"""Making one public name of two: the same person, written down twice."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, ManyToOneRel, Q, QuerySet
from django.utils.translation import gettext as _

from blog import keys
from blog.editorial.names.bylines import void_sign_offs
from blog.editorial.permissions import is_publisher, limits_of
from blog.editorial.refusals import EditorialRefusal
from blog.editorial.subscriptions import moving
from blog.editorial.upkeep import addresses, search_index
from blog.editorial.upkeep.listings import relist
from blog.editorial.upkeep.purges import mark
from blog.editorial.upkeep.renditions import take_away
from blog.models import (
    Arrival,
    ArrivalKind,
    Author,
    Identity,
    Listing,
    ListingKind,
    Merger,
    OldAddress,
    OldPath,
    Post,
    Revision,
    SignOff,
)
from blog.states import State

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Plan:
    """What a merger would do: which name stays, which goes, and what moves from one to the other."""

    kept: Author
    gone: Author
    pieces: int
    published: int
    introductions: int
    in_proof: list[Post]


def plan(*, kept: Author, gone: Author, by: "User") -> Plan:
    """Return what merging two names would do. Raises PermissionDenied, and EditorialRefusal where it can't be."""
    _require_may_merge(by)
    _require_mergeable(kept, gone)
    counted = gone.bylines.aggregate(all=Count("pk"), out=Count("pk", filter=Q(post__live__isnull=False)))
    signing = Post.objects.filter(bylines__author=gone, state__in=[State.IN_PROOF, State.READY], is_guest_piece=True)
    return Plan(
        kept=kept,
        gone=gone,
        pieces=counted["all"],
        published=counted["out"],
        introductions=Revision.objects.filter(introduced_by=gone).count(),
        in_proof=list(signing.select_related("working")),
    )


def merge(*, kept: Author, gone: Author, by: "User", at: dt.datetime) -> Merger:
    """Let one public name stand for two from now on. What the blog says about the kept one stays.

    In this order: checks who may (PermissionDenied: those who publish everywhere), locks pieces and names, and checks
    that the two may be one (EditorialRefusal): never where one is a pen name, where different accounts write under
    them, or where both stand on one piece. Then, in the same transaction: everything that hung on the one hangs on the
    other (bylines, sign-offs, invitations, introductions, comments, looks, who follows it, the account behind it);
    portrait and description fill what the kept one has not; the addresses of the one lead to the other for ever; the
    name that is gone is removed and its merger written down; sign-offs of pieces that are not out are voided; lists,
    search and readers' pages follow.
    """
    _require_may_merge(by)
    with transaction.atomic():
        on = sorted(Post.objects.filter(bylines__author__in=[kept, gone]).values_list("pk", flat=True))
        # Pieces before names, and both in the order of their keys, as everywhere
        list(Post.objects.select_for_update(of=("self",)).filter(pk__in=on).order_by("pk").values_list("pk", flat=True))
        rows = Author.objects.select_for_update(of=("self",)).filter(pk__in=[kept.pk, gone.pk]).order_by("pk")
        locked = {row.pk: row for row in rows}
        if len(locked) != len({kept.pk, gone.pk}):
            raise EditorialRefusal(_("One of these names is there no longer. Somebody may have been quicker."))
        kept, gone = locked[kept.pk], locked[gone.pk]
        _require_mergeable(kept, gone)
        moved = list(Post.objects.filter(bylines__author=gone).order_by("pk"))
        introduced = _move_introductions(kept, gone)
        _move_identity(kept, gone)
        _void_what_both_signed(kept, gone, at=at)
        moving.join(kept=kept, gone=gone, at=at)
        for rows_of, field in _hang_on_authors():
            rows_of.filter(**{field: gone}).update(**{field: kept})
        _move_addresses(kept, gone, at=at)
        _move_arrivals(kept, gone)
        portrait = _fill(kept, gone)
        merger = Merger.objects.create(kept=kept, name=gone.name, slug=gone.slug, pieces=len(moved), by=by, at=at)
        Listing.objects.filter(kind=ListingKind.AUTHOR, subject=gone.pk).delete()
        mark(keys.author(gone.pk), keys.author(kept.pk), keys.by_author(kept.pk), keys.AUTHORS, at=at)
        mark(*(keys.piece(pk) for pk in introduced), at=at)
        gone.delete()
        if portrait:
            take_away(picture=portrait)
        for post in moved:
            if post.state in {State.IN_PROOF, State.READY}:
                void_sign_offs(post, by=by, at=at)
            relist(post=post, at=at)
        search_index.keep([post.pk for post in moved], at=at)
    return merger


def may_merge(user: "User") -> bool:
    """Whether the account publishes everywhere, for names stand on pieces of every category."""
    return is_publisher(user) and limits_of(user) is None


def _require_may_merge(by: "User") -> None:
    if not may_merge(by):
        raise PermissionDenied(_("Only editors who publish in every category can merge names."))


def _require_mergeable(kept: Author, gone: Author) -> None:
    if kept.pk == gone.pk:
        raise EditorialRefusal(_("Choose two different names."))
    if kept.is_pen_name or gone.is_pen_name:
        # Also where one person is behind both: that it can be done would tell so
        raise EditorialRefusal(_("A pen name is never merged: that would tell who is behind it."))
    accounts = set(Identity.objects.filter(author__in=[kept, gone]).values_list("user", flat=True))
    if len(accounts) > 1:
        raise EditorialRefusal(_("Different accounts write under these names, so they may be two people."))
    both = Post.objects.filter(bylines__author=kept).filter(bylines__author=gone).select_related("working").first()
    if both:
        sentence = _("Both names are on “{title}”, so they are two people.")
        raise EditorialRefusal(sentence.format(title=both.title))


def _hang_on_authors() -> Iterator[tuple[QuerySet[Any], str]]:
    """Yield the rows that point at a name, whichever app they belong to, and by which field.

    Revisions, which never change otherwise, and the account behind a name are moved on their own.
    """
    for relation in Author._meta.get_fields(include_hidden=True):  # noqa: SLF001  Django's way to ask a model
        if not isinstance(relation, ManyToOneRel) or relation.related_model in {Revision, Identity}:
            continue
        yield relation.related_model._base_manager.all(), relation.field.name  # noqa: SLF001  All rows, past any manager


def _move_introductions(kept: Author, gone: Author) -> list[int]:
    """Sign the introductions of the one by the other, and return the keys of their pieces.

    The words stay; the name beneath them is the same person's. What was signed off is still what was signed off.
    """
    rows = list(Revision.objects.filter(introduced_by=gone))
    for row in rows:
        row.introduced_by = kept
        new_hash = row.hash_of_content()
        QuerySet(Revision).filter(pk=row.pk).update(introduced_by=kept, content_hash=new_hash)
        row.sign_offs.filter(content_hash=row.content_hash).update(content_hash=new_hash)
    return sorted({row.post_id for row in rows})


def _move_identity(kept: Author, gone: Author) -> None:
    if Identity.objects.filter(author=kept).exists():
        Identity.objects.filter(author=gone).delete()
    else:
        Identity.objects.filter(author=gone).update(author=kept)


def _void_what_both_signed(kept: Author, gone: Author, *, at: dt.datetime) -> None:
    """Void the one name's consent to texts that the other signed off too, on pieces that the one has left since."""
    holding = SignOff.objects.holding()
    twice = holding.filter(author=kept).values("revision")
    holding.filter(author=gone, revision__in=twice).update(voided_at=at)


def _move_addresses(kept: Author, gone: Author, *, at: dt.datetime) -> None:
    OldAddress.objects.filter(kind=OldAddress.Kind.AUTHOR, target=gone.pk).update(target=kept.pk)
    addresses.keep(kind=OldAddress.Kind.AUTHOR, target=kept.pk, old=gone.slug, new=kept.slug, at=at)


def _move_arrivals(kept: Author, gone: Author) -> None:
    """Let what an archive says of the one be of the other, when it comes again and where its old addresses lead."""
    for rows in (Arrival.objects.all(), OldPath.objects.all()):
        rows.filter(kind=ArrivalKind.AUTHOR, target=gone.pk).update(target=kept.pk)


def _fill(kept: Author, gone: Author) -> Any:
    """Take over what the kept name has not, and return the portrait that is left over, if there is one."""
    left_over = gone.portrait if kept.portrait else None
    kept.portrait = kept.portrait or gone.portrait
    for field in ("role", "organisation", "about"):
        setattr(kept, field, getattr(kept, field) or getattr(gone, field))
    kept.save(update_fields=["portrait", "role", "organisation", "about"])
    return left_over
