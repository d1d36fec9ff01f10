"""The pages beside the pieces and their lists.

Each function takes what the address says and the moment, and raises Http404, MovedError or RetractedError where there
is no page to give.
"""

import datetime as dt

from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from blog import keys
from blog.editorial.upkeep.addresses import TakenDown
from blog.models import Correction, Masthead, PlainPage
from blog.reading import changes, lists, metadata, pictures, wanted
from blog.reading.lasting import lasting
from blog.reading.rendering import render
from blog.reading.shown import shows


def retracted(*, moment: dt.datetime, taken_down: TakenDown) -> str:
    """Build the page that stands where a retracted piece was.

    It says when it was taken down, why if the editors say so, and names it only where they let it.
    """
    told = changes.retraction_of(taken_down.post, moment=moment)
    return render("retracted", newest=lists.newest(moment=moment), taken_down_at=taken_down.at, told=told)


def retracted_as_told(coming: Correction, *, moment: dt.datetime) -> str:
    """Build the same for a retraction that is not made yet, as an editor wants to see it before."""
    told = changes.entry_of(coming)
    return render("retracted", newest=lists.newest(moment=moment), taken_down_at=moment, told=told, is_preview=True)


def withheld(*, path: str) -> str:
    """Build the page that stands where an earlier text was which the editors withhold."""
    return render("withheld", piece_at=path)


def nothing_here(*, moment: dt.datetime, words: str = "") -> str:
    """Build the page for an address that leads nowhere, with the words of the address in the search field."""
    context = {"masthead": Masthead.current(), "newest": lists.newest(moment=moment), "words": words}
    return render_to_string("404.html", {**context, "lasting": lasting()})


def plain_page(*, slug: str, moment: dt.datetime) -> str:
    """Build a plain page, such as the house rules."""
    return shown_page(get_object_or_404(PlainPage, slug=slug))


def shown_page(page: PlainPage, *, is_preview: bool = False) -> str:
    """Build a plain page, as it stands or as it would be."""
    if page.pk:
        shows(keys.on_page(page.pk))
    return render(
        "plain_page",
        path="" if is_preview else page.get_absolute_url(),
        metadata=metadata.Page(page.title),
        page=page,
        pictures=pictures.in_prose(page.body),
        description=page.standfirst,
        is_preview=is_preview,
    )


def contribute(*, moment: dt.datetime) -> str:
    """Build the page about writing for the blog."""
    return render(
        "contribute",
        path=reverse("reading:contribute"),
        description=_("How to write for us."),
        metadata=metadata.Page(_("Write for us")),
        answer_time=wanted.answer_time(),
        free_parts=wanted.free_parts(moment=moment),
        moment=moment,
    )


def pitch_sent(*, moment: dt.datetime) -> str:
    """Build the page that says what is to be done for a pitch to reach the editors."""
    return render("pitch_sent")


def contact_sent(*, moment: dt.datetime) -> str:
    """Build the page that says a letter has reached the editors."""
    return render("contact_sent")
