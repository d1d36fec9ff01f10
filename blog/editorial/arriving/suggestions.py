"""What was recognised in an archive, for editors to take or leave: a series, a guest's piece with an introduction."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from blog import keys
from blog.editorial import topics
from blog.editorial.arriving import texts
from blog.editorial.arriving.parting import parted
from blog.editorial.arriving.texts import ArrivingText
from blog.editorial.moves import record
from blog.editorial.names.identity import new_author
from blog.editorial.particulars import part_errors
from blog.editorial.permissions import require_publisher, require_publisher_of
from blog.editorial.refusals import EditorialRefusal, IncompleteError, MoveNotAllowedError
from blog.editorial.series_parts import MOST_PARTS
from blog.editorial.upkeep import addresses
from blog.editorial.upkeep.listings import relist
from blog.editorial.upkeep.purges import mark
from blog.editorial.upkeep.related import rearrange
from blog.models import Archive, Author, Byline, Correction, OldAddress, Post, Revision, Series, Suggestion
from blog.models.archive import SuggestionKind
from blog.prose import clean_line
from blog.states import CorrectionKind, MoveKind, State

if TYPE_CHECKING:
    from accounts.models import User

MAX_TITLE = 160


@dataclass(frozen=True)
class Proposed:
    """Something recognised.

    `what` of a series is `{"title": …, "parts": [[piece, number], …]}`; of an introduction
    `{"post": …, "revision": …, "blocks": …, "name": …, "role": …}`.
    """

    kind: SuggestionKind
    key: str
    what: dict[str, Any]


def propose(*, archive: Archive, found: Iterable[Proposed], at: dt.datetime) -> int:
    """Write down what was recognised, each once, and return how much of it waits to be decided.

    One that waits is brought up to date; one that was taken or left stays decided.
    """
    known = {(row.kind, row.key): row for row in archive.suggestions.all()}
    new, changed = [], []
    for one in found:
        row = known.get((one.kind, one.key))
        if row is None:
            new.append(Suggestion(archive=archive, kind=one.kind, key=one.key, what=one.what, made_at=at))
        elif row.is_taken is None and row.what != one.what:
            row.what = one.what
            changed.append(row)
    Suggestion.objects.bulk_create(new, ignore_conflicts=True, batch_size=200)
    Suggestion.objects.bulk_update(changed, ["what"], batch_size=200)
    return archive.suggestions.filter(is_taken__isnull=True).count()


def leave(*, suggestion: Suggestion, by: "User", at: dt.datetime) -> None:
    """Decide that nothing is to be made of it. It isn't proposed again."""
    require_publisher(by)
    _decide(suggestion, is_taken=False, by=by, at=at)


def take_series(
    *, suggestion: Suggestion, by: "User", at: dt.datetime, title: str, parts: Sequence[tuple[int, int]]
) -> Series:
    """Make the series that was recognised, of the pieces and numbers that the editor left in it, and return it.

    In one transaction: checks who may, for each piece (PermissionDenied), and what was chosen (IncompleteError, by
    field); makes the series, or adds to the one of that title; writes the parts; and brings lists and pages up to date.
    Addresses stay. A piece that is in a series by now is refused.
    """
    require_publisher(by)
    title = _checked(title, parts)
    with transaction.atomic():
        _decide(suggestion, is_taken=True, by=by, at=at)
        wanted = dict(parts)
        posts = list(Post.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk"))
        for post in posts:
            require_publisher_of(by, post)
            if post.series_id:
                raise IncompleteError({"parts": _("“{title}” is in a series by now.").format(title=post.readers_title)})
        series = Series.objects.filter(title__iexact=title).first() or _new_series(title, by=by, at=at)
        for post in posts:
            if wrong := part_errors(series=series, part_number=wanted[post.pk]):
                raise IncompleteError({"parts": " ".join(wrong.values())})
            post.series, post.part_number = series, wanted[post.pk]
            post.save(update_fields=["series", "part_number"])
        for post in posts:
            relist(post=post, at=at)
            rearrange(post=post, at=at)
    return series


def _checked(title: str, parts: Sequence[tuple[int, int]]) -> str:
    title = clean_line(title)
    errors = {}
    if not title:
        errors["title"] = _("Give the series a title.")
    elif len(title) > MAX_TITLE:
        errors["title"] = _("Shorten this to {most} characters.").format(most=MAX_TITLE)
    if not parts:
        errors["parts"] = _("Choose the pieces that are parts of it.")
    elif not all(1 <= number <= MOST_PARTS for _post, number in parts):
        errors["parts"] = _("Choose a part from 1 to {most}.").format(most=MOST_PARTS)
    elif len({number for _post, number in parts}) < len(parts):
        errors["parts"] = _("Two pieces have the same number. Change one of them.")
    if errors:
        raise IncompleteError(errors)
    return title


def take_introduction(
    *, suggestion: Suggestion, by: "User", at: dt.datetime, name: str = "", role: str = "", organisation: str = ""
) -> Post:
    """Part a guest's piece from the words by which the blog introduces it, and return it.

    The name that stood on the piece signs the introduction. Where a guest's name is given, it takes that name's place
    on the byline: that of an author who is known, or a new one. In one transaction: checks who may (PermissionDenied)
    and that the piece is still the one that was looked at (EditorialRefusal); adds a revision and makes it the live
    one, as a silent change with the earlier text kept; changes the byline; and brings lists and pages up to date.
    """
    what = suggestion.what
    with transaction.atomic():
        _decide(suggestion, is_taken=True, by=by, at=at)
        post = Post.objects.locked(what["post"])
        require_publisher_of(by, post)
        if post.state != State.PUBLISHED or not post.live_id == post.working_id == what["revision"]:
            raise EditorialRefusal(_("The piece has been changed since. Part it on its own page, or leave it."))
        signer = Author.objects.filter(bylines__post=post).order_by("bylines__position").first()
        if signer is None:
            raise EditorialRefusal(_("Nobody’s name is on this piece. Put one there first: it signs the introduction."))
        earlier = Revision.objects.get(pk=what["revision"])
        divided = _divided(earlier, what["blocks"], signer)
        highest = post.revisions.aggregate(highest=Max("number"))["highest"]
        [revision] = texts.write([(post, divided, highest + 1, earlier.pk)], at=at)
        Post.objects.filter(pk=post.pk).update(working=revision, live=revision)
        if clean_line(name):
            _give_to_guest(post, name=name, role=role, organisation=organisation)
        post.refresh_from_db()
        note = _("Introduction and piece parted")
        record(post=post, kind=MoveKind.CORRECT, by=by, at=at, origin=State.PUBLISHED, reason=note, revision=revision)
        Correction.objects.create(
            post=post, kind=CorrectionKind.TYPO, note=note, earlier=earlier, corrected=revision, at=at
        )
        relist(post=post, at=at)
        rearrange(post=post, at=at)
        mark(keys.piece(post.pk), keys.AUTHORS, at=at)
    return post


def _divided(earlier: Revision, blocks: int, signer: Author) -> ArrivingText:
    introduction, body = parted(earlier.body, blocks)
    divided, _cut = texts.clean(
        ArrivingText(
            title=earlier.title,
            standfirst=earlier.standfirst,
            introduction=introduction,
            body=body,
            introduced_by=signer.pk,
            lead=earlier.lead_picture_id,
        )
    )
    return divided


def _give_to_guest(post: Post, *, name: str, role: str, organisation: str) -> None:
    """Put a guest's name in the place of those on the byline. A pen name is nobody that a text could name."""
    known = Author.objects.filter(name__iexact=clean_line(name), is_pen_name=False).order_by("pk").first()
    guest = known or new_author(name=name, role=role, organisation=organisation)
    role, organisation = clean_line(role), clean_line(organisation)
    post.bylines.all().delete()
    Byline.objects.create(post=post, author=guest, position=1, role=role, organisation=organisation)
    Post.objects.filter(pk=post.pk).update(is_guest_piece=True)


def _new_series(title: str, *, by: "User", at: dt.datetime) -> Series:
    base = slugify(title)[:170].strip("-") or "series"
    slug, number = base, 1
    while Series.objects.filter(slug=slug).exists() or addresses.is_kept_by_other(
        kind=OldAddress.Kind.SERIES, slug=slug
    ):
        number += 1
        slug = f"{base}-{number}"
    series = Series(title=title, slug=slug)
    topics.keep(topic=series, by=by, at=at)
    return series


def _decide(suggestion: Suggestion, *, is_taken: bool, by: "User", at: dt.datetime) -> None:
    """Write the decision down; of two at once, one wins and the other is told (MoveNotAllowedError)."""
    waiting = Suggestion.objects.filter(pk=suggestion.pk, is_taken__isnull=True)
    if not waiting.update(is_taken=is_taken, decided_at=at, decided_by=by):
        raise MoveNotAllowedError(_("This has been decided by now. Nothing was changed."))
    suggestion.refresh_from_db()
