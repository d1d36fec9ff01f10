"""A piece over there → a piece as it can be written here, and what is to be said of the difference."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.archive import text as texts
from blog.archive.bringing_in import texts as settling
from blog.archive.bringing_in.fitting import LATEST, LONGEST_READ, Fitting, one_line
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
DAY = re.compile(r"/(\d{4}/\d{2}/\d{2})/")  # In an address


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
    if piece.state is PieceState.PUBLISHED and piece.published_at and piece.published_at.year > LATEST:
        # Whoever set such a date wanted nobody to read it
        fitting.say(_("It waits for the year {year}, so it came as a draft.").format(year=piece.published_at.year))
        piece = replace(piece, state=PieceState.DRAFT, published_at=None)
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
    if taken is not None:
        _compare_days(run, arriving)
    is_complete = body.is_complete and introduction.is_complete and (lead is not None or not piece.lead)
    return Prepared(arriving, (*fitting.losses, *introduction.losses, *body.losses), is_complete)


def _compare_days(run: Run, piece: ArrivingPiece) -> None:
    """Count whether a new piece has the day here that stood in its address over there."""
    days = {found[1] for address in piece.addresses if (found := DAY.search(address))}
    if piece.published_at and days:
        run.dated += 1
        run.on_another_day += f"{timezone.localdate(piece.published_at):%Y/%m/%d}" not in days


def _lead(run: Run, piece: Piece, fitting: Fitting) -> int | None:
    if not piece.lead:
        return None
    address = run.site.whole(piece.lead)
    lead = run.files.picture_at(address)
    if lead is None:
        why = _("It is no picture.") if run.files.at_address(address) else run.files.why(address)
        fitting.losses.append(
            Loss("picture", address, _("{why} (It led “{which}”.)").format(why=why, which=fitting.which[:80]))
        )
    return lead


def _text(run: Run, piece: Piece, settled: tuple[str, str], lead: int | None, fitting: Fitting) -> ArrivingText:
    body, introduction = settled
    by = run.people.get(piece.introduced_by)
    if introduction and by is None:
        fitting.say(_("Nobody is named who wrote its introduction, so that stands at the beginning of the text."))
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
        fitting.say(
            _("The {name} is longer than {most:,} characters; its end was cut off.").format(
                name=name, most=LENGTHS[name]
            )
        )
    if len(piece.title) > LONGEST_READ and "title" not in cut:
        fitting.say(_("The title is endless; its end was cut off."))
    if not text.title and piece.state is PieceState.PUBLISHED:
        text = replace(text, title=_title_from(text))
        fitting.say(_("It had no title; it is “{title}” here.").format(title=text.title))
    return text


def _title_from(text: ArrivingText) -> str:
    words = text.standfirst or " ".join(as_plain(text.body[:2000]).split())
    return cut_line(words, TITLE_FROM_TEXT) or UNTITLED


def _dates(run: Run, piece: Piece, fitting: Fitting) -> tuple[dt.datetime | None, dt.datetime]:
    """Return when a piece came out, if it has, and when it was begun."""
    published_at = fitting.moment(piece.published_at, _("date of publication"))
    changed_at = fitting.moment(piece.changed_at, _("date of the last change"))
    begun_at = fitting.moment(piece.begun_at, _("date of the beginning"))
    if piece.state is PieceState.PUBLISHED and published_at is None:
        published_at = changed_at or begun_at or run.at
        fitting.say(_("It had no date of publication; it has {day} here.").format(day=f"{published_at:%d.%m.%Y}"))
    known = [moment for moment in (begun_at, published_at, changed_at) if moment]
    begun = min(begun_at, published_at) if begun_at and published_at else min(known, default=run.at)
    return published_at if piece.state is PieceState.PUBLISHED else None, min(begun, run.at)


def _part(
    run: Run, piece: Piece, fitting: Fitting, taken: set[tuple[int, int]] | None
) -> tuple[int | None, int | None]:
    series = run.topics.get(("series", piece.series)) if piece.series else None
    if piece.series and series is None:
        fitting.say(_("Its series “{series}” is not in the archive.").format(series=piece.series), Weight.LOST)
    part = piece.part if series and piece.part and 1 <= piece.part <= MOST_PART else None
    if piece.part and part is None:
        fitting.say(_("It can’t be part {part} of a series.").format(part=piece.part))
    if series and part and taken is not None:
        if (series, part) in taken:
            fitting.say(_("Another piece is part {part} of its series already, so it has no number.").format(part=part))
            return series, None
        taken.add((series, part))
    return series, part


def _names(run: Run, piece: Piece, fitting: Fitting) -> Iterator[ArrivingName]:
    seen = set[int]()
    for credit in piece.credits[:MOST_NAMES]:
        author = run.people.get(credit.person)
        if author is None:
            fitting.say(_("Its author “{person}” is not in the archive.").format(person=credit.person), Weight.LOST)
        elif author not in seen:
            seen.add(author)
            yield ArrivingName(
                author,
                fitting.line(credit.role, NAME_LENGTHS["role"], _("role of an author")),
                fitting.line(credit.organisation, NAME_LENGTHS["organisation"], _("organisation of an author")),
            )
    if len(piece.credits) > MOST_NAMES:
        fitting.say(
            _("It has more than {most} authors; the others are not on it.").format(most=MOST_NAMES),
            Weight.LOST,
        )
    if not seen:
        fitting.say(_("It has no author."), Weight.NOTED)


def _category(run: Run, piece: Piece, fitting: Fitting) -> int | None:
    found = run.topics.get(("category", piece.category)) if piece.category else None
    if piece.category and found is None:
        fitting.say(_("Its category “{category}” is not in the archive.").format(category=piece.category), Weight.LOST)
    return found


def _tags(run: Run, piece: Piece, fitting: Fitting) -> Iterator[int]:
    for key in piece.tags:
        if tag := run.topics.get(("tag", key)):
            yield tag
        else:
            fitting.say(_("Its tag “{key}” is not in the archive.").format(key=key), Weight.LOST)
    became = []
    for key in piece.also_in:
        if tag := tag_for(run, key):
            became.append(run.topic_names[key])
            yield tag
        else:
            fitting.say(_("Its category “{key}” is not in the archive.").format(key=key), Weight.LOST)
    if became:
        names = ", ".join(f"“{name}”" for name in became)
        said = ngettext(
            "A piece is in one category here, so {names} became a tag of it.",
            "A piece is in one category here, so {names} became tags of it.",
            len(became),
        )
        fitting.say(said.format(names=names), Weight.NOTED)


def _notices(run: Run, piece: Piece, fitting: Fitting) -> Iterator[ArrivingNotice]:
    if piece.notices and piece.state is not PieceState.PUBLISHED:
        fitting.say(_("Notices of changes stand only under what is published."), Weight.LOST)
        return
    for notice in piece.notices[:MOST_NOTICES]:
        kind = notice.kind if notices.is_of_a_text(notice.kind) else ""
        if not kind:
            fitting.say(
                _("A notice of the kind “{kind}” can’t come with a text.").format(kind=notice.kind), Weight.LOST
            )
            continue
        note = fitting.words(notice.note, notices.LONGEST_NOTE, _("notice of a change"))
        moment = fitting.moment(notice.at, _("date of a notice")) or run.at
        yield ArrivingNotice(CorrectionKind(kind), moment, note or str(CHANGES[CorrectionKind(kind)].done))
    if len(piece.notices) > MOST_NOTICES:
        fitting.say(
            _("It has more than {most} notices of changes; the others are not here.").format(most=MOST_NOTICES),
            Weight.LOST,
        )
