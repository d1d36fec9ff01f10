"""Pieces as records, through the gate for readers; and, where asked, those on their way."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from blog.archive.discussions import discussions
from blog.archive.records import Credit, Loss, Notice, Piece, PieceState, Record, Weight
from blog.archive.taking_out import here, keys
from blog.batches import in_batches
from blog.models import Correction, Post, Revision
from blog.models.posts import PostQuerySet
from blog.states import OUT_STATES, State

AT_ONCE = 50
WAITING = frozenset({State.SUBMITTED, State.IN_PROOF, State.READY})
ON_THE_WAY = frozenset({State.DRAFTING, State.CHANGES_REQUESTED, *WAITING})


def which(*, at: dt.datetime, with_unpublished: bool) -> PostQuerySet:
    """Return the pieces that go out."""
    if not with_unpublished:
        return Post.objects.visible_at(at)
    return Post.objects.filter(Q(state=State.PUBLISHED) | Q(state__in=sorted(ON_THE_WAY)))


def texts(*, at: dt.datetime, with_unpublished: bool) -> QuerySet[Revision]:
    """Return the texts that go out: the live ones, and the working ones of what is on its way."""
    pieces = which(at=at, with_unpublished=with_unpublished)
    live = Exists(pieces.filter(live=OuterRef("pk")).order_by())
    if not with_unpublished:
        return Revision.objects.filter(live)
    working = Exists(pieces.filter(state__in=sorted(ON_THE_WAY), working=OuterRef("pk")).order_by())
    return Revision.objects.filter(live | working)


def pieces(*, at: dt.datetime, with_unpublished: bool) -> Iterator[Record]:
    """Give the pieces with their comments, the oldest first; and losses for what no record has room for."""
    rows = which(at=at, with_unpublished=with_unpublished).order_by("published_at", "pk")
    for pks in in_batches(rows.values_list("pk", flat=True).iterator(2000), AT_ONCE):
        yield from _some(pks, at=at, with_unpublished=with_unpublished)
    if with_unpublished:
        yield from _staying()


def _some(pks: list[int], *, at: dt.datetime, with_unpublished: bool) -> Iterator[Record]:
    told = Correction.objects.shown_at(at) if not with_unpublished else Correction.objects.filter(at__lte=at)
    rows = which(at=at, with_unpublished=with_unpublished)
    found = (
        rows.filter(pk__in=pks)
        .select_related("category", "series", "in_reply_to")
        .prefetch_related("bylines__author", "tags", Prefetch("corrections", told, to_attr="told"))
        .in_bulk()
    )
    posts = [post for pk in pks if (post := found.get(pk))]
    wanted = [post.live_id if post.state in OUT_STATES else post.working_id for post in posts]
    by_key = texts(at=at, with_unpublished=with_unpublished).select_related("introduced_by", "lead_picture")
    bodies = {text.post_id: text for text in by_key.filter(pk__in=[pk for pk in wanted if pk])}
    answered = set(rows.filter(replies__in=pks).order_by().values_list("pk", flat=True))
    paths = {post.pk: post.get_absolute_url() if post.state in OUT_STATES else "" for post in posts}
    addresses = here.addresses("post", paths)
    remarks = discussions().take_out([post.pk for post in posts if post.state in OUT_STATES])
    for post in posts:
        if (text := bodies.get(post.pk)) is None:
            continue
        piece = _piece(post, text, is_whole=with_unpublished)
        yield replace(
            piece,
            in_reply_to=keys.of_piece(post.in_reply_to) if post.in_reply_to and post.in_reply_to_id in answered else "",
            remarks=tuple(remarks.get(post.pk, ())),
            addresses=addresses[post.pk],
        )
        yield from _losses(post)


def _piece(post: Post, text: Revision, *, is_whole: bool) -> Piece:
    notices = tuple(Notice(kind=row.kind, at=row.at, note=row.note) for row in _noticed(post))
    is_out = post.state in OUT_STATES
    return Piece(
        key=keys.of_piece(post),
        title=text.title,
        body=text.body,
        state=PieceState.PUBLISHED if is_out else PieceState.SUBMITTED if post.state in WAITING else PieceState.DRAFT,
        slug=post.slug,
        standfirst=text.standfirst,
        introduction=text.introduction,
        introduced_by=keys.of_person(text.introduced_by) if text.introduction and text.introduced_by else "",
        lead=here.whole(text.lead_picture.file.url) if text.lead_picture else "",
        published_at=post.published_at,
        changed_at=notices[-1].at if notices else None,
        begun_at=None if is_out else post.created_at,
        credits=_credits(post),
        is_guest_piece=is_whole and post.is_guest_piece,  # Readers are not told
        category=keys.of_topic("category", post.category.slug) if post.category else "",
        tags=tuple(sorted(keys.of_topic("tag", tag.slug) for tag in post.tags.all())),
        series=keys.of_topic("series", post.series.slug) if post.series else "",
        part=post.part_number,
        comments_open=post.comments_open,
        notices=notices,
    )


def _credits(post: Post) -> tuple[Credit, ...]:
    """Return the names that their writers chose: until then one is the invitation's, and may be somebody's own."""
    return tuple(
        Credit(person=keys.of_person(byline.author), role=byline.role, organisation=byline.organisation)
        for byline in post.ordered_bylines()
        if byline.is_confirmed or post.state in OUT_STATES
    )


def _noticed(post: Post) -> list[Correction]:
    """Return the changes that the piece's page tells of, the oldest first."""
    told: list[Correction] = post.told  # type: ignore[attr-defined]  # Prefetched under this name
    return sorted((row for row in told if row.is_noticed), key=lambda row: (row.at, row.pk))


def _losses(post: Post) -> Iterator[Loss]:
    earlier = sum(not row.is_withheld for row in _noticed(post))
    if earlier:
        yield Loss(
            "earlier text",
            post.readers_title,
            "Its notices go out, the texts before them with backups alone.",
            Weight.CHANGED,
        )


def _staying() -> Iterator[Loss]:
    """Say what does not go out, in numbers, for nobody's titles are told."""
    staying = Post.objects.filter(state__in=[State.RETRACTED, State.WITHDRAWN, State.DECLINED]).order_by()
    for state, count in staying.values_list("state").annotate(Count("pk")).order_by("state"):
        yield Loss(
            "piece",
            f"{count} × {State(state).label}",
            "What was taken down stays down, and what was declined or withdrawn is its writers’.",
            Weight.NOTED,
        )
