"""Comments of an archive become rows: thousands at once, and nobody gets a letter."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import Count, Max
from django.utils.translation import gettext as _

from accounts.archiving.names import place_under_names
from accounts.archiving.threads import Coming, Here, key_of, sort, usable, which
from accounts.commenting.placing import pages_for
from accounts.commenting.screening import CAME_WITH_AN_ARCHIVE
from accounts.models import Comment
from blog.archive.discussions import Brought, Thread
from blog.archive.records import Loss, RemarkState, Weight
from blog.batches import in_batches
from blog.editorial.upkeep.discussion import set_comment_counts
from blog.models import Archive, Arrival, Post

State = Comment.State
STATES = {RemarkState.HELD: State.HELD, RemarkState.APPROVED: State.APPROVED, RemarkState.SPAM: State.SPAM}
EARLIEST = dt.datetime(1990, 1, 1, tzinfo=dt.UTC)  # Before that there was no page to write under
HIGHEST = 10**9  # A number over there that could be the key of a comment here


def bring_in(*, archive: Archive, threads: Sequence[Thread], at: dt.datetime) -> Brought:
    """Write the comments of some pieces, in the caller's transaction; nobody gets a letter.

    In this order: locks the pieces; leaves those comments as they are that arrived before, whatever became of them
    since; sorts threads (`threads.sort`); makes placeholders for names (`names.place_under_names`); gives those that
    readers see their page for ever; writes the comments and their arrivals; brings numbers and pages of the pieces up
    to date. A number that a comment had over there becomes its key where that is free, so that links to
    `#comment-123` go on leading to it. What waited over there waits here, behind what came later.
    """
    posts = _lock({thread.post for thread in threads})
    remarks = [remark for thread in threads for remark in thread.remarks]
    known = _known(archive, {*map(key_of, remarks), *(usable(remark.parent) for remark in remarks if remark.parent)})
    found = sort(threads, known)
    losses = found.losses
    if found.coming:
        owners = place_under_names(found.coming, archive=archive, at=at, losses=losses)
        because = [{"why": CAME_WITH_AN_ARCHIVE, "archive": archive.name}]
        for one in found.coming:
            written_at = _written_at(one, posts[one.post], at, losses)
            edited_at = _edited_at(one, written_at, at, losses)
            one.row = _row(one, owners[one.key], because, written_at=written_at, edited_at=edited_at)
        _place(found.coming)
        _write(found.coming, archive)
        shown = {one.post for one in found.coming if one.row.state == State.APPROVED}
        _count(sorted(shown), at=at)
    return Brought(new=len(found.coming), known=found.known, losses=tuple(losses))


def _lock(posts: set[int]) -> dict[int, dt.datetime | None]:
    """Lock the pieces, and return when each was published."""
    found: dict[int, dt.datetime | None] = {}
    for some in in_batches(sorted(posts)):
        rows = Post.objects.select_for_update(of=("self",)).filter(pk__in=some).order_by("pk")
        found.update(rows.values_list("pk", "published_at"))
    return found


def _known(archive: Archive, keys: set[str]) -> dict[str, Here | None]:
    """Return what arrived before, as it stands now; None for what is gone."""
    arrived: dict[str, int] = {}
    for some in in_batches(sorted(keys)):
        rows = Arrival.objects.filter(archive=archive, kind=Arrival.Kind.COMMENT, key__in=some)
        arrived.update(rows.values_list("key", "target"))
    here: dict[int, Here] = {}
    for part in in_batches(sorted(arrived.values())):
        standing = Comment.objects.filter(pk__in=part).order_by()
        for pk, post, top, page, its in standing.values_list("pk", "post_id", "parent_id", "page", "parent__page"):
            here[pk] = Here(pk, post, top or pk, its if top else page)
    return {key: here.get(pk) for key, pk in arrived.items()}


def _written_at(one: Coming, published_at: dt.datetime | None, at: dt.datetime, losses: list[Loss]) -> dt.datetime:
    written_at = _with_zone(one.remark.written_at)
    if EARLIEST <= written_at <= at:
        return written_at
    instead = min(published_at or at, at)
    why = _("its time, {time}, can’t be; it stands at {instead}").format(
        time=written_at.replace(tzinfo=None).isoformat(" ", "minutes"), instead=f"{instead:%Y-%m-%d %H:%M}"
    )
    losses.append(Loss("comment", which(one.remark), why, Weight.CHANGED))
    return instead


def _with_zone(moment: dt.datetime) -> dt.datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _edited_at(one: Coming, written_at: dt.datetime, at: dt.datetime, losses: list[Loss]) -> dt.datetime | None:
    if one.remark.edited_at is None:
        return None
    edited_at = _with_zone(one.remark.edited_at)
    if written_at <= edited_at <= at:
        return edited_at if edited_at > written_at else None
    losses.append(Loss("comment", which(one.remark), _("the time when it was edited can’t be"), Weight.CHANGED))
    return None


def _row(
    one: Coming,
    owner: int,
    because: list[dict[str, str]],
    *,
    written_at: dt.datetime,
    edited_at: dt.datetime | None,
) -> Comment:
    state = STATES[one.remark.state]
    return Comment(
        post_id=one.post,
        user_id=owner,
        author_id=one.author,
        text=one.text,
        state=state,
        held_because=because if state == State.HELD else [],
        written_at=written_at,
        edited_at=edited_at,
    )


def _place(coming: Iterable[Coming]) -> None:
    """Give each that readers see its page, behind what is there; to what it stands under, the same page."""
    by_post: dict[int, list[Coming]] = defaultdict(list)
    for one in coming:
        if one.row.state == State.APPROVED:
            by_post[one.post].append(one)
    sizes = _sizes(list(by_post))
    for post, ones in by_post.items():
        # Of two at the same moment, the first in the source is the first here
        ones.sort(key=lambda one: one.row.written_at)
        pages = pages_for(sizes[post], [(one.key, *_thread_of(one)) for one in ones])
        rows = {one.key: one.row for each in ones for one in (each, each.top) if isinstance(one, Coming)}
        for key, row in rows.items():
            row.page = pages[key]
        _give_page({one.top.top: pages[one.top.top] for one in ones if isinstance(one.top, Here) and not one.top.page})


def _thread_of(one: Coming) -> tuple[str | int | None, int | None]:
    """Return what a comment stands under, and the page of that if it has one."""
    if isinstance(one.top, Here):
        return one.top.top, one.top.page
    return (one.top.key if one.top else None), None


def _give_page(pages: dict[int, int]) -> None:
    for pk, page in pages.items():
        Comment.objects.filter(pk=pk, page__isnull=True).update(page=page)


def _sizes(posts: list[int]) -> dict[int, dict[int, int]]:
    sizes: dict[int, dict[int, int]] = {post: {} for post in posts}
    for some in in_batches(posts):
        rows = Comment.objects.public().filter(post__in=some, page__isnull=False)
        for post, page, size in rows.order_by().values_list("post", "page").annotate(size=Count("pk")):
            sizes[post][page] = size
    return sizes


def _write(coming: list[Coming], archive: Archive) -> None:
    """Write comments, those first that others answer, and that they are here."""
    _keep_numbers(coming)
    by_depth: dict[int, list[Coming]] = defaultdict(list)
    for one in coming:
        by_depth[one.depth].append(one)
    for _depth, ones in sorted(by_depth.items()):
        for one in ones:
            _hang(one)
        Comment.objects.bulk_create([one.row for one in sorted(ones, key=lambda one: one.row.written_at)])
    Arrival.objects.bulk_create(
        Arrival(archive=archive, kind=Arrival.Kind.COMMENT, key=one.key, target=one.row.pk) for one in coming
    )


def _hang(one: Coming) -> None:
    """Write what it stands under, and which reply it answers."""
    if one.top is None or one.answers is None:
        return
    top = one.top.top if isinstance(one.top, Here) else one.top.row.pk
    answers = one.answers.pk if isinstance(one.answers, Here) else one.answers.row.pk
    one.row.parent_id = top
    one.row.replied_to_id = answers if answers != top else None


def _keep_numbers(coming: list[Coming]) -> None:
    """Let comments keep the numbers that they had over there, where these are free here."""
    wanted = {
        int(one.key): one
        for one in coming
        if len(one.key) <= len(str(HIGHEST)) and one.key.isascii() and one.key.isdigit() and 0 < int(one.key) < HIGHEST
    }
    for some in in_batches(sorted(wanted)):
        taken = {
            *Comment.objects.filter(pk__in=some).order_by().values_list("pk", flat=True),
            *Arrival.objects.filter(kind=Arrival.Kind.COMMENT, target__in=some).values_list("target", flat=True),
        }
        for pk in taken:
            del wanted[pk]
    for pk, one in wanted.items():
        one.row.pk = pk
    if wanted and connection.vendor != "postgresql":
        # It goes on from the highest that is written, and what answers others is written after what has no number
        arrived = Arrival.objects.filter(kind=Arrival.Kind.COMMENT).aggregate(highest=Max("target"))["highest"] or 0
        highest = Comment.objects.aggregate(highest=Max("pk"))["highest"] or 0
        rest = (one for one in coming if one.row.pk is None)
        for pk, one in enumerate(rest, max(*wanted, arrived, highest) + 1):
            one.row.pk = pk
    if wanted and connection.vendor == "postgresql":
        # It counts by itself there, and would come to the same numbers
        with connection.cursor() as cursor:
            table = Comment._meta.db_table  # noqa: SLF001  The public API by name
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, 'id'), "
                "GREATEST(%s, nextval(pg_get_serial_sequence(%s, 'id'))))",
                [table, max(wanted), table],
            )


def _count(posts: list[int], *, at: dt.datetime) -> None:
    """Write down how many comments readers see under the pieces, and on how many pages."""
    numbers: dict[int, tuple[int, int]] = {}
    for some in in_batches(posts):
        rows = Comment.objects.public().filter(post__in=some).order_by().values_list("post")
        for post, count, pages in rows.annotate(count=Count("pk"), pages=Max("page")):
            numbers[post] = (count, pages or 1)
    set_comment_counts(numbers, at=at)
