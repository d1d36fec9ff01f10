"""Who writes a piece, as editors see it: order of the names, inviting, taking one off, and when the sign-off is due."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.admin.access import editor_of
from blog.admin.forms import DAY_FORMATS, errors_of, note_refusal
from blog.admin.pages import CONFLICT, UNPROCESSABLE, show
from blog.admin.pieces import author_on, piece_or_404
from blog.desk.keys import key_in
from blog.editorial import proof
from blog.editorial.names import bylines, co_authors
from blog.editorial.refusals import EditorialRefusal
from blog.models import Post
from blog.states import State

if TYPE_CHECKING:
    from accounts.models import User

PLACES = {"up": -1, "down": 1}


class CoAuthorForm(forms.Form):
    """Whom to invite onto the byline."""

    name = forms.CharField(
        label=gettext_lazy("Name"), required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    email = forms.CharField(
        label=gettext_lazy("Mail address"),
        help_text=gettext_lazy("The link works for this address alone."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("Your own words, at the top of the letter."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DueForm(forms.Form):
    """The day by which the proof is to be signed off."""

    proof_due_date = forms.DateField(
        label=gettext_lazy("Sign-off due"),
        help_text=gettext_lazy("The writers get a letter with the new day. Empty: no day."),
        required=False,
        input_formats=DAY_FORMATS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Write the day like 20/03/2026.")},
    )


def names_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who writes a piece; POST with `act` does one thing about it."""
    by, at = editor_of(request), timezone.now()
    post = piece_or_404(pk, by=by)
    if request.method != "POST":
        return _page(request, post)
    acts = {"order": _order, "take-off": _take_off, "invite": _invite, "due": _set_due_date}
    act = acts.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    return act(request, post, by, at)


def _order(request: HttpRequest, post: Post, by: "User", at: dt.datetime) -> HttpResponse:
    author, places = (
        author_on(post, key_in(request.POST.get("author", "")) or 0),
        PLACES.get(request.POST.get("way", "")),
    )
    if places is None:
        raise Http404
    try:
        co_authors.move_name(
            post=post, author=author.pk, places=places, seen=request.POST.get("byline", ""), by=by, at=at
        )
    except EditorialRefusal as refusal:
        return _refused(request, post, refusal, by=by)
    return _done(request, post, _("The names are in the new order."))


def _take_off(request: HttpRequest, post: Post, by: "User", at: dt.datetime) -> HttpResponse:
    author = author_on(post, key_in(request.POST.get("author", "")) or 0)
    try:
        co_authors.take_name_off(post=post, author=author, by=by, at=at)
    except EditorialRefusal as refusal:
        return _refused(request, post, refusal, by=by)
    return _done(request, post, _("{name} is off the byline.").format(name=author.name))


def _invite(request: HttpRequest, post: Post, by: "User", at: dt.datetime) -> HttpResponse:
    form = CoAuthorForm(request.POST)
    status = UNPROCESSABLE
    if form.is_valid():
        try:
            invitation = co_authors.invite(post=post, by=by, at=at, **form.cleaned_data)
        except EditorialRefusal as refusal:
            status = note_refusal(form, refusal)
        else:
            said = _("The invitation to {name} is in the post.").format(name=invitation.author.name)
            return _done(request, post, said)
    return _page(request, post, invite=form, status=status)


def _set_due_date(request: HttpRequest, post: Post, by: "User", at: dt.datetime) -> HttpResponse:
    form = DueForm(request.POST)
    status = UNPROCESSABLE
    if form.is_valid():
        try:
            proof.set_due_date(post=post, due_date=form.cleaned_data["proof_due_date"], by=by, at=at)
        except EditorialRefusal as refusal:
            status = note_refusal(form, refusal)
        else:
            return _done(request, post, _("The day is set."))
    return _page(request, post, due=form, status=status)


def _done(request: HttpRequest, post: Post, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("admin:blog_post_names", post.pk)


def _refused(request: HttpRequest, post: Post, refusal: EditorialRefusal, *, by: "User") -> HttpResponse:
    return _page(request, piece_or_404(post.pk, by=by), refusal=str(refusal), status=CONFLICT)


def _page(
    request: HttpRequest,
    post: Post,
    *,
    invite: CoAuthorForm | None = None,
    due: DueForm | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    invite = invite or CoAuthorForm()
    due = due or DueForm(initial={"proof_due_date": post.proof_due_date})
    rows = post.ordered_bylines()
    signed = {signature.author.pk: signature for signature in proof.signatures(post=post)}
    today = timezone.localdate()
    context: dict[str, Any] = {
        "post": post,
        "names": [
            (row, signed[row.author_id], hasattr(row.author, "identity")) for row in rows if row.author_id in signed
        ],
        "byline_hash": bylines.hash_of(rows),
        "waits": bylines.waits_for_answers([one.author.name for one in signed.values() if one.is_invited]),
        "invite": invite,
        "invite_errors": errors_of(invite) if invite.is_bound else {},
        "due": due,
        "due_errors": errors_of(due) if due.is_bound else {},
        "is_in_proof": post.state == State.IN_PROOF,
        "is_late": bool(post.proof_due_date and post.proof_due_date < today),
        "refusal": refusal,
        "has_errors": status != 200,
    }
    return show(request, "admin/names.html", context, status=status)
