"""Following by mail: the pages on which it is asked for, and those behind the links in its letters.

The pages to ask on are the same for everybody and can be kept, so their form has no token of ours and needs no cookie:
what comes of it is a letter that somebody must answer. Behind a link its signature is the proof, so these forms work
without a cookie as well, as RFC 8058 wants it for the one that ends. None of the pages counts who opened it.
"""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from blog import keys
from blog.desk.keys import key_in
from blog.desk.links import kept_close, proven_by_link
from blog.editorial.correspondence import TooManyLettersError
from blog.editorial.refusals import IncompleteError
from blog.editorial.subscriptions import asking, confirming, ending, links, managing
from blog.editorial.subscriptions.subjects import EVERYTHING, Subject, subject_at, subject_of
from blog.models import Author, Category, Post, Series, Subscription
from blog.models.subscriptions import SubjectKind, SubscriptionPace
from blog.reading import counts, lists, metadata
from blog.reading import series as runs
from blog.reading.rendering import render
from blog.reading.shown import shows

if TYPE_CHECKING:
    from accounts.models import User

UNPROCESSABLE, TOO_MANY, GONE = 422, 429, 410
SERIES_OFFERED = 6


@dataclass(frozen=True)
class Typed:
    """What somebody typed into the form."""

    address: str = ""
    how_often: str = SubscriptionPace.AT_ONCE


def everything(*, moment: dt.datetime) -> str:
    """Build the page on which everything can be followed, with what can be followed on its own."""
    return _form_page(EVERYTHING, moment=moment)


def series(*, slug: str, moment: dt.datetime) -> str:
    """Build the page on which a series can be followed. It begins to exist with its first visible piece."""
    row = get_object_or_404(Series, slug=slug)
    shows(keys.topic("series", row.pk), keys.in_series(row.pk))
    if not Post.objects.visible_at(moment).filter(series=row).exists():
        raise Http404
    return _form_page(Subject(SubjectKind.SERIES, row), moment=moment)


def author(*, slug: str, moment: dt.datetime) -> str:
    """Build the page on which a writer can be followed. It begins to exist with the first visible piece."""
    row = get_object_or_404(Author, slug=slug)
    shows(keys.author(row.pk))
    lists.begun_or_404(lists.kept(keys.by_author(row.pk), moment=moment))
    return _form_page(Subject(SubjectKind.AUTHOR, row), moment=moment)


def category(*, slug: str, moment: dt.datetime) -> str:
    """Build the page on which a category can be followed."""
    row = get_object_or_404(Category, slug=slug)
    shows(keys.topic("category", row.pk))
    return _form_page(Subject(SubjectKind.CATEGORY, row), moment=moment)


def sent(*, moment: dt.datetime) -> str:
    """Build the page that says what is to be done for the letters to come, whatever was known of the address."""
    return render("subscribe_sent")


def _form_page(
    subject: Subject,
    *,
    moment: dt.datetime,
    typed: Typed | None = None,
    errors: dict[str, str] | None = None,
    refusal: str = "",
) -> str:
    is_everything = subject.thing is None
    title = _("Follow by mail") if is_everything else _("Follow {what} by mail").format(what=_named(subject))
    return render(
        "subscribe",
        path=subject.path,
        metadata=metadata.Page(title),
        title=title,
        description=_("Each new piece as a letter, or one letter a week. One click ends it."),
        subject=subject,
        typed=typed or Typed(),
        paces=SubscriptionPace.choices,
        errors=errors or {},
        refusal=refusal,
        feed=f"{subject.pieces_at}feed/",
        categories=counts.categories(moment=moment) if is_everything else [],
        in_progress=runs.in_progress(moment=moment, most=SERIES_OFFERED) if is_everything else [],
    )


def _named(subject: Subject) -> str:
    name = str(subject.thing)
    return name if subject.kind == SubjectKind.AUTHOR else _("“{name}”").format(name=name)


@csrf_exempt  # The page with the form is the same for everybody; nothing follows from it but a letter
@kept_close
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Take in who wants to follow what. An address that follows already and a new one are answered alike."""
    at, given = timezone.now(), request.POST
    thanks = HttpResponseRedirect(reverse("reading:subscribe_sent"))
    if given.get("website"):
        return thanks
    typed = Typed(given.get("address", ""), given.get("how_often", ""))
    subject = subject_at(kind=given.get("kind", ""), slug=given.get("slug", ""), at=at)
    try:
        row = asking.ask(
            address=typed.address,
            subject=subject,
            how_often=typed.how_often,
            at=at,
            user=_confirmed_account(request, typed.address),
        )
    except IncompleteError as error:
        page = _form_page(subject or EVERYTHING, moment=at, typed=typed, errors=error.errors)
        return HttpResponse(page, status=UNPROCESSABLE)
    except TooManyLettersError as error:
        page = _form_page(subject or EVERYTHING, moment=at, typed=typed, refusal=str(error))
        return HttpResponse(page, status=TOO_MANY)
    return HttpResponseRedirect(links.manage_link(row)) if row else thanks


def _confirmed_account(request: HttpRequest, address: str) -> "User | None":
    """Return who is signed in, if this very address is confirmed for the account, and the form came from this site.

    A form on another site could otherwise let somebody follow without a letter (RFC 6454: browsers say where one
    comes from; a page of ours that passes no address on says “null”).
    """
    user = request.user
    if not user.is_authenticated or request.headers.get("Origin") != settings.SITE_URL:
        return None
    own = getattr(user, "emailaddress_set", None)  # The sign-in's, whose tables the blog doesn't know
    is_own = own is not None and own.filter(email=address.strip().lower()[:254], verified=True).exists()
    return user if is_own else None


@proven_by_link
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show what a letter asks to confirm, with a button; POST confirms it."""
    row, at = _row(token, links.CONFIRM), timezone.now()
    if row is None or confirming.has_run_out(row, at):
        return _nothing_left()
    if request.method == "POST" and confirming.confirm(subscription=row, at=at):
        row.refresh_from_db(fields=["state"])
    if row.state in {Subscription.State.ENDED, Subscription.State.BOUNCED}:
        return _nothing_left(subject_of(row))
    context: dict[str, Any] = {
        "subject": subject_of(row),
        "row": row,
        "is_asked": row.state == Subscription.State.ASKED,
        "is_new": request.method == "POST",
        "manage_link": links.manage_link(row),
    }
    return HttpResponse(render("subscribe_confirm", **context))


@proven_by_link
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, token: str) -> HttpResponse:
    """Show what the link in a letter ends, with a button; POST ends it, without signing in and without a question."""
    row = _row(token, links.END)
    if row is not None and request.method == "POST":
        ending.end(subscription=row, at=timezone.now())
    is_over = row is None or not ending.is_open(row)
    context: dict[str, Any] = {
        "subject": subject_of(row) if row else None,
        "is_over": is_over,
        "manage_link": links.manage_link(row) if row and managing.followed(row.address) else "",
    }
    return HttpResponse(render("subscribe_end", **context))


@proven_by_link
@require_http_methods(["GET", "HEAD", "POST"])
def manage(request: HttpRequest, token: str) -> HttpResponse:
    """Show everything that the address of a link follows; POST changes how often, or ends one or all."""
    row, at = _row(token, links.MANAGE), timezone.now()
    if row is None:
        return _nothing_left()
    errors: dict[str, str] = {}
    said = ""
    if request.method == "POST":
        try:
            said = _carry_out(row, request, at)
        except IncompleteError as error:
            errors = error.errors
    context: dict[str, Any] = {
        "rows": [
            (each, subject_of(each), errors.get(f"how_often_{each.pk}", "")) for each in managing.followed(row.address)
        ],
        "address": row.address,
        "paces": SubscriptionPace.choices,
        "errors": errors,
        "said": said,
    }
    return HttpResponse(render("subscribe_manage", **context), status=UNPROCESSABLE if errors else 200)


def _carry_out(row: Subscription, request: HttpRequest, at: dt.datetime) -> str:
    """Do what the form says, and return the sentence about it."""
    what = request.POST.get("end", "")
    if what == "all":
        ending.end_all(address=row.address, at=at)
        return _("You follow nothing any more. A letter that is on its way may still arrive.")
    if what:
        mine = {each.pk: each for each in managing.followed(row.address)}
        chosen = mine.get(key_in(what) or 0)
        if chosen:
            ending.end(subscription=chosen, at=at)
        return _("Ended. A letter that is on its way may still arrive.")
    how_often = {
        each.pk: str(request.POST[name])
        for each in managing.followed(row.address)
        if (name := f"how_often_{each.pk}") in request.POST
    }
    managing.choose(address=row.address, how_often=how_often, at=at)
    return _("Your choice is kept.")


def _row(token: str, purpose: str) -> Subscription | None:
    """Return the subscription of a link, or None if it is cleared; Http404 for a link that was made up."""
    try:
        return links.found(token, purpose)
    except signing.BadSignature as error:
        raise Http404 from error


def _nothing_left(subject: Subject | None = None) -> HttpResponse:
    return HttpResponse(render("subscribe_gone", subject=subject or EVERYTHING), status=GONE)
