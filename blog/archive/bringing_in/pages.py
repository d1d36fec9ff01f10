"""Pages of an archive, and the menu they stood in."""

from collections.abc import Iterable, Iterator, Sequence

from django.db import transaction
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from blog.archive import text as texts
from blog.archive.bringing_in import texts as settling
from blog.archive.bringing_in.digests import digest
from blog.archive.bringing_in.fitting import LONGEST_READ, Fitting, one_line
from blog.archive.bringing_in.run import Run
from blog.archive.records import Loss, MenuEntry, Page, Piece, PieceState, Remark, RemarkState, Weight
from blog.archive.report import Outcome
from blog.editorial.arriving import pages
from blog.editorial.arriving.pages import ArrivingPage
from blog.editorial.arriving.texts import cut_line, cut_prose
from blog.prose import clean_line, clean_prose, clean_text

KEPT_HERE = gettext_lazy("It has changed over there since it came, but it was changed here as well. Ours stays.")


def as_piece(page: Page) -> Piece:
    """Return a page that nobody could read as a draft: pages here are public at once."""
    return Piece(
        key=f"page~{page.key}",
        title=page.title,
        body=page.body,
        standfirst=page.standfirst,
        slug=page.slug,
        state=PieceState.DRAFT,
        changed_at=page.changed_at,
        addresses=page.addresses,
    )


def bring_pages(run: Run, found: Sequence[Page]) -> None:
    """Bring pages in, all of them or none."""
    for page in found:
        run.files.want(settling.wanted(run, page.body, _base(run, page)))
    prepared = [_prepared(run, page) for page in found]
    with transaction.atomic():
        arriving = [one for one, _losses in prepared]
        result = pages.arrive(archive=run.archive, pages=arriving, at=run.at)
        came = {*result.new, *result.followed}
        for page, (_one, losses) in zip(found, prepared, strict=True):
            if page.key in came:
                run.report.add(*losses)
            if page.key in result.kept:
                run.report.add(Loss("page", page.title or page.key, str(KEPT_HERE), Weight.CHANGED))
        run.report.count("page", Outcome.NEW, len(result.new))
        run.report.count("page", Outcome.RENEWED, len(result.followed))
        run.report.count("page", Outcome.KEPT, len(result.kept))
        run.report.count("page", Outcome.KNOWN, len(result.known))
        run.add_notes("page", result.notes)
        run.new_pages |= {key: result.found[key] for key in result.new}
        run.keep()
    run.files.forget()


def place_in_menu(run: Run, entries: Iterable[MenuEntry]) -> None:
    """Put the pages that came in this run where they stood in the menu. Where others stand, somebody has decided."""
    places = {run.new_pages[one.page]: one.position for one in entries if one.page in run.new_pages}
    with transaction.atomic():
        pages.place_in_menu(places=sorted(places.items()), at=run.at)


def _base(run: Run, page: Page) -> str:
    return run.site.whole(page.addresses[0]) if page.addresses else run.site.base


def _prepared(run: Run, page: Page) -> tuple[ArrivingPage, list[Loss]]:
    title = one_line(page.title) or page.slug or page.key
    fitting = Fitting("page", title)
    settled = settling.settle(run, page.body, base=_base(run, page), title=title)
    body = clean_prose(settled.html + "".join(_remarks(page.remarks, fitting)))
    if len(body) > pages.MAX_BODY:
        fitting.say(_("The text is longer than {most:,} characters; its end was cut off.").format(most=pages.MAX_BODY))
    lengths = pages.LENGTHS
    arriving = ArrivingPage(
        key=page.key,
        digest=digest((page.title, page.standfirst, page.body, page.remarks, settled.is_complete))[:32],
        title=fitting.line(title, lengths["title"], _("title")) or "Untitled page",
        slug=page.slug,
        standfirst=cut_line(clean_line(texts.plain(page.standfirst[:LONGEST_READ])), lengths["standfirst"]),
        body=cut_prose(body, pages.MAX_BODY),
        is_in_footer=bool(page.is_in_footer),
        position=page.position if page.position and 1 <= page.position <= pages.MAX_POSITION else None,
        addresses=tuple(dict.fromkeys(run.site.whole(address) for address in page.addresses)),
    )
    return arriving, [*fitting.losses, *settled.losses]


def _remarks(remarks: Sequence[Remark], fitting: Fitting) -> Iterator[str]:
    """Give comments as the end of a text: pages have no discussion."""
    shown = [one for one in remarks if one.state is RemarkState.APPROVED]
    if left := len(remarks) - len(shown):
        said = ngettext(
            "One comment on it that nobody saw is not here: pages have no discussion.",
            "{count} comments on it that nobody saw are not here: pages have no discussion.",
            left,
        )
        fitting.say(said.format(count=left), Weight.LOST)
    if not shown:
        return
    said = ngettext(
        "Pages have no discussion here, so its comment stands at the end of its text.",
        "Pages have no discussion here, so its {count} comments stand at the end of its text.",
        len(shown),
    )
    fitting.say(said.format(count=len(shown)))
    yield format_html("<h2>{}</h2>", _("Comments"))
    for one in shown:
        day = date_format(one.written_at, "j F Y")
        yield format_html("<p><strong>{}</strong>, {}:</p>", clean_line(one.name[:200]) or _("Somebody"), day)
        blocks = [block.strip() for block in clean_text(texts.plain(one.text)).split("\n\n")]
        yield "".join(format_html("<p>{}</p>", block) for block in blocks if block)
