"""The rows of an invented blog, written many at a time."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator

from django.core.management.color import no_style
from django.db import connection, models, transaction

from accounts.models import Comment, User
from accounts.roles import make_editor
from blog.editorial.upkeep.listings import Place
from blog.models import (
    Author,
    Byline,
    Category,
    Identity,
    Letter,
    Listed,
    Listing,
    Move,
    Post,
    Related,
    Revision,
    Series,
    Standing,
    Tag,
)
from blog.states import MoveKind, State
from tests.bench import words
from tests.bench.plan import CATEGORIES, STAFF, Plan

CHUNK = 1000
RELATED = 3
HELD = 6  # Comments that wait, whatever the size, as the pieces that wait do
WAITING = (
    [(State.SUBMITTED, MoveKind.SUBMIT)] * 6
    + [(State.CHANGES_REQUESTED, MoveKind.ASK_FOR_CHANGES)] * 4
    + [(State.IN_PROOF, MoveKind.ACCEPT)] * 3
    + [(State.READY, MoveKind.SIGN_OFF)] * 2
    + [(State.DRAFTING, MoveKind.BEGIN)] * 5
)
MINUTE = dt.timedelta(minutes=1)
DAY = dt.timedelta(days=1)


def make(plan: Plan, *, comments: int, say: Callable[[str], object]) -> None:
    """Make the whole blog; its newest piece comes before the plan's `until`."""
    with transaction.atomic():
        editors, readers = _people(plan)
        _topics(plan)
        lists = _lists(plan)
    numbers = list(plan.numbers())
    for start in range(0, len(numbers), CHUNK):
        chunk = numbers[start : start + CHUNK]
        with transaction.atomic():
            _pieces(plan, chunk, editors, comments)
            _around(plan, chunk, lists)
            _comments(plan, [number for number in chunk if number < plan.posts], readers, comments)
        if start % 10_000 == 0 and start:
            say(f"  {start:,}")
    with transaction.atomic():
        _standings(plan)
        _waiting(plan, editors)
        _reset_keys()


def analyse() -> None:
    """Let the database look at what it holds, as it does by itself in time."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _people(plan: Plan) -> tuple[list[User], list[User]]:
    at = plan.until - 5000 * DAY
    editors = [
        make_editor(email=f"editor{n}@blog.example", name=words.name(n), at=at, password=None)[0] for n in range(STAFF)
    ]
    readers = User.objects.bulk_create(
        User(email=f"reader{n}@council.example", display_name=words.name(n + 5000), password="!", joined_at=at)
        for n in range(plan.readers)
    )
    Author.objects.bulk_create(
        Author(
            pk=n + 1,
            name=words.name(n),
            slug=words.name(n).lower().replace(" ", "-"),
            is_pen_name=n % 8 == 7,
            role=words.line(n, least=2, most=3),
            organisation=f"{words.SURNAMES[n % len(words.SURNAMES)]} Borough Council",
            about=words.text(n, 3),
        )
        for n in range(STAFF + plan.guests)
    )
    Identity.objects.bulk_create(Identity(author_id=n + 1, user=editor) for n, editor in enumerate(editors))
    return editors, readers


def _topics(plan: Plan) -> None:
    Category.objects.bulk_create(
        Category(pk=n + 1, name=f"Category {n + 1}", slug=f"category-{n + 1}", description=words.text(n, 2))
        for n in range(CATEGORIES)
    )
    Tag.objects.bulk_create(Tag(pk=n + 1, name=f"Subject {n + 1}", slug=f"subject-{n + 1}") for n in range(plan.tags))
    Series.objects.bulk_create(
        Series(
            pk=n + 1,
            title=f"{words.line(n, least=2, most=3)} {n + 1}",
            slug=f"series-{n + 1}",
            description=words.text(n, 2),
            planned_parts=plan.planned_parts(n),
        )
        for n in range(plan.series)
    )


def _lists(plan: Plan) -> dict[Place, int]:
    sizes = plan.sizes(plan.numbers())
    Listing.objects.bulk_create(
        Listing(pk=pk, key=place.key, kind=place.kind, subject=place.subject, pieces=pieces)
        for pk, (place, pieces) in enumerate(sizes.items(), 1)
    )
    return {place: pk for pk, place in enumerate(sizes, 1)}


def _pieces(plan: Plan, numbers: list[int], editors: list[User], comments: int) -> None:
    posts, texts, names, moves, letters = [], [], [], [], []
    tags = []
    for number in numbers:
        pk, at = number + 1, plan.date_of(number)
        part = plan.part(number)
        text = _text(pk, number, at - 9 * DAY, editors[0])
        texts.append(text)
        posts.append(
            Post(
                pk=pk,
                state=State.PUBLISHED,
                state_since=min(at, plan.until),
                working_id=pk,
                live_id=pk,
                published_at=at,
                slug=f"{text.title.lower().replace(' ', '-')}-{pk}",
                editor=editors[number % STAFF],
                created_at=at - 20 * DAY,
                category_id=plan.category(number) + 1,
                series_id=part[0] + 1 if part else None,
                part_number=part[1] if part else None,
                comment_count=sum(_state_of(plan, number, n) == "approved" for n in range(comments))
                if number < plan.posts
                else 0,
            )
        )
        names += [
            Byline(post_id=pk, author_id=name + 1, position=position, role="Officer", organisation="A Borough Council")
            for position, name in enumerate(plan.names(number), 1)
        ]
        tags += [Post.tags.through(post_id=pk, tag_id=tag + 1) for tag in plan.tags_of(number)]
        moves += [_move(pk, MoveKind.BEGIN, State.DRAFTING, at - 20 * DAY, editors[0])]
        moves += [_move(pk, MoveKind.PUBLISH, State.PUBLISHED, min(at, plan.until), editors[0])]
        letters += [_letter(pk, kind, text.title, at) for kind in ("to_writer/accepted", "to_writer/published")]
    for rows in (posts, texts, names, tags, moves, letters):
        _write(rows)


def _text(pk: int, number: int, at: dt.datetime, by: User) -> Revision:
    body = words.body(number)
    text = Revision(
        pk=pk,
        post_id=pk,
        number=1,
        title=words.line(number),
        standfirst=words.text(number + 1, 1),
        body=body,
        words=body.count(" "),
        written_by=by,
        written_at=at,
    )
    text.content_hash = text.hash_of_content()
    return text


def _move(pk: int, kind: MoveKind, to: State, at: dt.datetime, by: User) -> Move:
    origin = "" if kind == MoveKind.BEGIN else State.READY
    reason = "Who answers, and by when?" if kind == MoveKind.ASK_FOR_CHANGES else ""
    return Move(post_id=pk, kind=kind, from_state=origin, to_state=to, by=by, at=at, reason=reason)


def _letter(pk: int, kind: str, title: str, at: dt.datetime) -> Letter:
    return Letter(
        kind=kind,
        to_address="writer@council.example",
        subject=title,
        text="It is out.",
        post_id=pk,
        status=Letter.Status.SENT,
        written_at=at,
        due_at=at,
        sent_at=at,
    )


def _around(plan: Plan, numbers: list[int], lists: dict[Place, int]) -> None:
    """Write what lists a piece is on, and what goes with it: the pieces next to it with the same first tag."""
    last = plan.posts - 1
    listed, related = [], []
    for number in numbers:
        pk, at = number + 1, plan.date_of(number)
        listed += [Listed(listing_id=lists[place], post_id=pk, published_at=at) for place in plan.places(number)]
        near = [number - 8 * n for n in range(1, RELATED + 1)] + [number % 8 + 8 * n for n in range(RELATED + 1)]
        others = [one for one in dict.fromkeys(near) if 0 <= one < min(number, last)][:RELATED]
        related += [Related(post_id=pk, other_id=one + 1, position=n) for n, one in enumerate(others, 1)]
    _write(listed)
    _write(related)


def _comments(plan: Plan, numbers: list[int], readers: list[User], count: int) -> None:
    """Write comments, three in ten of them answers to the one before."""
    _write(
        Comment(
            pk=number * count + n + 1,
            post_id=number + 1,
            parent_id=number * count + n if n % 10 in {3, 6, 8} else None,
            user=readers[(number * 31 + n * 17) % len(readers)],
            text=words.text(number * count + n, 1 + n % 4),
            state=_state_of(plan, number, n),
            written_at=min(plan.date_of(number) + (n + 1) * 97 * MINUTE, plan.until - MINUTE),
        )
        for number in numbers
        for n in range(count)
    )


def _state_of(plan: Plan, number: int, n: int) -> str:
    if n == 9 and number >= plan.posts - HELD:
        return "held"
    return "hidden" if n == 4 and number % 25 == 0 else "approved"


def _standings(plan: Plan) -> None:
    parts: dict[int, list[tuple[int, dt.datetime]]] = {}
    for number in plan.numbers():
        part = plan.part(number)
        if part:
            parts.setdefault(part[0], []).append((part[1], plan.date_of(number)))
    _write(
        Standing(
            series_id=series + 1,
            parts=len(found),
            highest=max(found)[0],
            newest_at=max(date for _, date in found),
            is_in_progress=len(found) < plan.planned_parts(series),
        )
        for series, found in parts.items()
    )


def _waiting(plan: Plan, editors: list[User]) -> None:
    """Write the pieces that are on somebody's desk: as many in a small blog as in a large one."""
    posts, texts, names, moves = [], [], [], []
    for n, (state, kind) in enumerate(WAITING):
        pk, since = plan.posts + 1000 + n, plan.until - n * DAY
        posts.append(
            Post(pk=pk, state=state, state_since=since, working_id=pk, editor=editors[n % STAFF], created_at=since)
        )
        texts.append(_text(pk, pk, since, editors[0]))
        names.append(Byline(post_id=pk, author_id=STAFF + 1 + n, position=1))
        moves.append(_move(pk, kind, state, since, editors[0]))
    for rows in (posts, texts, names, moves):
        _write(rows)


def _write(rows: Iterable[models.Model]) -> None:
    found: Iterator[models.Model] = iter(rows)
    first = next(found, None)
    if first is not None:
        type(first)._default_manager.bulk_create([first, *found])


def _reset_keys() -> None:
    """Let the database give keys beyond those that were given here."""
    made = [Author, Category, Tag, Series, Listing, Post, Revision, Comment]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), made):
            cursor.execute(statement)
