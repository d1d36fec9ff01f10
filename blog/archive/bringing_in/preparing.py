"""A piece over there → a piece as it can be written here, and what is to be said of the difference."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from blog.archive import text as texts
from blog.archive.bringing_in import texts as settling
from blog.archive.bringing_in.fitting import LONGEST_READ, Fitting, one_line
from blog.archive.bringing_in.people import tag_for
from blog.archive.bringing_in.run import Run
from blog.archive.records import Loss, Piece, PieceState, Weight
from blog.editorial.arriving import notices
from blog.editorial.arriving.notices import ArrivingNotice
from blog.editorial.arriving.pieces import ArrivingName, ArrivingPiece
from blog.editorial.arriving.texts import LENGTHS, ArrivingText, clean, cut_line
from blog.editorial.names.identity import LENGTHS as NAME_LENGTHS
from blog.prose import as_plain
from blog.states import CHANGES, CorrectionKind, State

STATES = {
    PieceState.DRAFT: State.DRAFTING,
    PieceState.SUBMITTED: State.SUBMITTED,
    PieceState.PUBLISHED: State.PUBLISHED,
}
UNTITLED = "Untitled piece"
MOST_NAMES = 100
MOST_NOTICES = 50
MOST_PART = 32_767
TITLE_FROM_TEXT = 60  # Characters


@dataclass(frozen=True)
class Prepared:
    """A piece ready to be written but for its digest, and whether all of its files are here."""

    piece: ArrivingPiece
    losses: tuple[Loss, ...]
    is_complete: bool


def base_of(run: Run, piece: Piece) -> str:
    """Return the whole address that a piece stood at."""
    return run.site.whole(piece.addresses[0]) if piece.addresses else run.site.base


def prepare(run: Run, piece: Piece, taken: set[tuple[int, int]] | None) -> Prepared:
    """Make a piece fit. `taken` are the parts of series that are somebody else's; None for one that is here already."""
    title = one_line(piece.title)
    fitting = Fitting("piece", title or piece.key)
    base, shown = base_of(run, piece), title or piece.key
    body = settling.settle(run, piece.body, base=base, title=shown)
    introduction = settling.settle(run, piece.introduction, base=base, title=shown)
    lead = _lead(run, piece, fitting)
    text = _text(run, piece, (body.html, introduction.html), lead, fitting)
    published_at, begun_at = _dates(run, piece, fitting)
    series, part = _part(run, piece, fitting, taken)
    pictures = body.pictures | introduction.pictures | ({lead} if lead else set())
    arriving = ArrivingPiece(
        key=piece.key,
        digest="",
        text=text,
        state=STATES[piece.state],
        begun_at=begun_at,
        published_at=published_at,
        slug=piece.slug,
        names=tuple(_names(run, piece, fitting)),
        is_guest_piece=piece.is_guest_piece,
        category=_category(run, piece, fitting),
        tags=tuple(_tags(run, piece, fitting)),
        series=series,
        part=part,
        comments_open=piece.comments_open,
        notices=tuple(_notices(run, piece, fitting)),
        pictures=pictures,
        addresses=tuple(dict.fromkeys(run.site.whole(address) for address in piece.addresses)),
    )
    is_complete = body.is_complete and introduction.is_complete and (lead is not None or not piece.lead)
    return Prepared(arriving, (*fitting.losses, *introduction.losses, *body.losses), is_complete)


def _lead(run: Run, piece: Piece, fitting: Fitting) -> int | None:
    if not piece.lead:
        return None
    address = run.site.whole(piece.lead)
    lead = run.files.picture_at(address)
    if lead is None:
        why = "It is no picture." if run.files.at_address(address) else run.files.why(address)
        fitting.losses.append(Loss("picture", address, f"{why} (It led “{fitting.which[:80]}”.)"))
    return lead


def _text(run: Run, piece: Piece, settled: tuple[str, str], lead: int | None, fitting: Fitting) -> ArrivingText:
    body, introduction = settled
    by = run.people.get(piece.introduced_by)
    if introduction and by is None:
        fitting.say("Nobody is named who wrote its introduction, so that stands at the beginning of the text.")
        body, introduction = f"{introduction}<hr>{body}", ""
    text = ArrivingText(
        title=one_line(piece.title),
        standfirst=texts.plain(piece.standfirst[:LONGEST_READ]),
        body=body,
        introduction=introduction,
        introduced_by=by,
        lead=lead,
    )
    text, cut = clean(text)
    for name in cut:
        fitting.say(f"The {name} is longer than {LENGTHS[name]:,} characters; its end was cut off.")
    if len(piece.title) > LONGEST_READ and "title" not in cut:
        fitting.say("The title is endless; its end was cut off.")
    if not text.title and piece.state is PieceState.PUBLISHED:
        text = replace(text, title=_title_from(text))
        fitting.say(f"It had no title; it is “{text.title}” here.")
    return text


def _title_from(text: ArrivingText) -> str:
    words = text.standfirst or " ".join(as_plain(text.body[:2000]).split())
    return cut_line(words, TITLE_FROM_TEXT) or UNTITLED


def _dates(run: Run, piece: Piece, fitting: Fitting) -> tuple[dt.datetime | None, dt.datetime]:
    """Return when a piece came out, if it has, and when it was begun."""
    published_at = fitting.moment(piece.published_at, "date of publication")
    changed_at = fitting.moment(piece.changed_at, "date of the last change")
    begun_at = fitting.moment(piece.begun_at, "date of the beginning")
    if piece.state is PieceState.PUBLISHED and published_at is None:
        published_at = changed_at or begun_at or run.at
        fitting.say(f"It had no date of publication; it has {published_at:%d.%m.%Y} here.")
    known = [moment for moment in (begun_at, published_at, changed_at) if moment]
    begun = min(begun_at, published_at) if begun_at and published_at else min(known, default=run.at)
    return published_at if piece.state is PieceState.PUBLISHED else None, min(begun, run.at)


def _part(
    run: Run, piece: Piece, fitting: Fitting, taken: set[tuple[int, int]] | None
) -> tuple[int | None, int | None]:
    series = run.topics.get(("series", piece.series)) if piece.series else None
    if piece.series and series is None:
        fitting.say(f"Its series “{piece.series}” is not in the archive.", Weight.LOST)
    part = piece.part if series and piece.part and 1 <= piece.part <= MOST_PART else None
    if piece.part and part is None:
        fitting.say(f"It can’t be part {piece.part} of a series.")
    if series and part and taken is not None:
        if (series, part) in taken:
            fitting.say(f"Another piece is part {part} of its series already, so it has no number.")
            return series, None
        taken.add((series, part))
    return series, part


def _names(run: Run, piece: Piece, fitting: Fitting) -> Iterator[ArrivingName]:
    seen = set[int]()
    for credit in piece.credits[:MOST_NAMES]:
        author = run.people.get(credit.person)
        if author is None:
            fitting.say(f"Its author “{credit.person}” is not in the archive.", Weight.LOST)
        elif author not in seen:
            seen.add(author)
            yield ArrivingName(
                author,
                fitting.line(credit.role, NAME_LENGTHS["role"], "role of an author"),
                fitting.line(credit.organisation, NAME_LENGTHS["organisation"], "organisation of an author"),
            )
    if len(piece.credits) > MOST_NAMES:
        fitting.say(f"It has more than {MOST_NAMES} authors; the others are not on it.", Weight.LOST)
    if not seen:
        fitting.say("It has no author.", Weight.NOTED)


def _category(run: Run, piece: Piece, fitting: Fitting) -> int | None:
    found = run.topics.get(("category", piece.category)) if piece.category else None
    if piece.category and found is None:
        fitting.say(f"Its category “{piece.category}” is not in the archive.", Weight.LOST)
    return found


def _tags(run: Run, piece: Piece, fitting: Fitting) -> Iterator[int]:
    for key in piece.tags:
        if tag := run.topics.get(("tag", key)):
            yield tag
        else:
            fitting.say(f"Its tag “{key}” is not in the archive.", Weight.LOST)
    became = []
    for key in piece.also_in:
        if tag := tag_for(run, key):
            became.append(run.topic_names[key])
            yield tag
        else:
            fitting.say(f"Its category “{key}” is not in the archive.", Weight.LOST)
    if became:
        names = ", ".join(f"“{name}”" for name in became)
        fitting.say(f"A piece is in one category here, so {names} became a tag of it.", Weight.NOTED)


def _notices(run: Run, piece: Piece, fitting: Fitting) -> Iterator[ArrivingNotice]:
    if piece.notices and piece.state is not PieceState.PUBLISHED:
        fitting.say("Notices of changes stand only under what is published.", Weight.LOST)
        return
    for notice in piece.notices[:MOST_NOTICES]:
        kind = notice.kind if notices.is_of_a_text(notice.kind) else ""
        if not kind:
            fitting.say(f"A notice of the kind “{notice.kind}” can’t come with a text.", Weight.LOST)
            continue
        note = fitting.words(notice.note, notices.LONGEST_NOTE, "notice of a change")
        moment = fitting.moment(notice.at, "date of a notice") or run.at
        yield ArrivingNotice(CorrectionKind(kind), moment, note or str(CHANGES[CorrectionKind(kind)].done))
    if len(piece.notices) > MOST_NOTICES:
        fitting.say(f"It has more than {MOST_NOTICES} notices of changes; the others are not here.", Weight.LOST)
