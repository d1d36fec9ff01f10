"""The pages beside the pieces and their lists.

Each function takes what the address says and the moment, and raises Http404, MovedError or RetractedError where there
is no page to give.
"""

import datetime as dt

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from blog.models import Masthead
from blog.reading import lists
from blog.reading.rendering import render


def retracted(*, moment: dt.datetime) -> str:
    """Build the page that stands where a retracted piece was. It does not name it."""
    return render("retracted", newest=lists.newest(moment=moment))


def nothing_here(*, moment: dt.datetime) -> str:
    """Build the page for an address that leads nowhere."""
    return render_to_string("404.html", {"masthead": Masthead.current(), "newest": lists.newest(moment=moment)})


def contribute(*, moment: dt.datetime) -> str:
    """Build the page about writing for the blog."""
    return render("contribute", path=reverse("reading:contribute"), description=_("How to write for us."))


def contact_sent(*, moment: dt.datetime) -> str:
    """Build the page that says a letter has reached the editors."""
    return render("contact_sent")
