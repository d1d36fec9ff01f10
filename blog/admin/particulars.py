"""Particulars of a piece and how its writers appear: what an editor settles beside the text."""

import datetime as dt
from dataclasses import asdict
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.admin.access import editor_of
from blog.admin.forms import AuthorForm, Choices, PieceForm, errors_of, note_refusal
from blog.admin.pages import UNPROCESSABLE, show
from blog.admin.pieces import author_on, piece_or_404
from blog.editorial import particulars
from blog.editorial.names import identity
from blog.editorial.particulars import Particulars
from blog.editorial.publishing import suggest_slug
from blog.editorial.refusals import EditorialRefusal
from blog.models import Post, Tag

MOST_DAYS = 10_000
NEWEST = 50


class ParticularsForm(PieceForm):
    """Everything about a piece that isn't its text."""

    field_order = ("series", "part_number", "category", "tags")

    slug = forms.CharField(
        label=gettext_lazy("Address"),
        help_text=gettext_lazy(
            "The last part of it. Left empty, it is made from the title on publication. The address that a piece had "
            "before leads to the new one for ever."
        ),
        max_length=200,
        required=False,
    )
    tags = Choices(
        label=gettext_lazy("Tags"), queryset=Tag.objects.all(), required=False, widget=forms.CheckboxSelectMultiple
    )
    in_reply_to = forms.CharField(
        label=gettext_lazy("In reply to"),
        help_text=gettext_lazy(
            "The address of the piece that this one answers. Choose one of the newest, or paste it."
        ),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"list": "newest-pieces"}),
    )
    comments_open = forms.BooleanField(label=gettext_lazy("Readers can comment"), required=False)
    comments_close_after = forms.IntegerField(
        label=gettext_lazy("Comments close after, in days"),
        help_text=gettext_lazy("Counted from publication. Empty: as the category and the masthead have it. 0: never."),
        min_value=0,
        max_value=MOST_DAYS,
        required=False,
    )


def particulars_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the particulars and settle them."""
    by, at = editor_of(request), timezone.now()
    post = piece_or_404(pk, by=by)
    if request.method != "POST":
        return _page(request, post)
    form = ParticularsForm(request.POST)
    status = UNPROCESSABLE
    if form.is_valid():
        try:
            wanted = Particulars(**{**form.cleaned_data, "tags": list(form.cleaned_data["tags"])})
            particulars.settle(post=post, particulars=wanted, by=by, at=at)
        except EditorialRefusal as refusal:
            status = note_refusal(form, refusal)
        else:
            messages.success(request, _("The particulars are settled."))
            return redirect("admin:blog_post_change", pk)
    return _page(request, post, form=form, status=status)


def byline_view(request: HttpRequest, pk: int, author_pk: int) -> HttpResponse:
    """Change how one of the writers appears on the piece."""
    by, at = editor_of(request), timezone.now()
    post = piece_or_404(pk, by=by)
    author = author_on(post, author_pk)
    form = byline_form(post, author_pk, request)
    status = UNPROCESSABLE
    if form.is_valid():
        details, portrait = form.appearance()
        try:
            identity.set_byline(post=post, author=author, details=details, portrait=portrait, by=by, at=at)
        except EditorialRefusal as refusal:
            status = note_refusal(form, refusal)
        else:
            messages.success(request, _("The byline is as readers will see it."))
            return redirect("admin:blog_post_particulars", pk)
    return _page(request, post, byline=form, author_pk=author_pk, status=status)


def byline_form(post: Post, author_pk: int, request: HttpRequest | None = None) -> AuthorForm:
    """Return the form for one name on the byline, as typed or as it stands."""
    prefix = f"name-{author_pk}"
    if request is not None:
        return AuthorForm(request.POST, request.FILES, prefix=prefix)
    byline = next(one for one in post.ordered_bylines() if one.author_id == author_pk)
    return AuthorForm(initial=asdict(identity.details_on(byline)), prefix=prefix)


def _initial(post: Post) -> dict[str, Any]:
    fields: tuple[str, ...] = ("slug", "category", "series", "part_number", "brief", "brief_words", "due_date")
    fields = (*fields, "comments_open", "comments_close_after")
    answers = post.in_reply_to
    return {
        **{field: getattr(post, field) for field in fields},
        "tags": list(post.tags.all()),
        "in_reply_to": answers.get_absolute_url() if answers and answers.published_at else "",
    }


def _newest(at: dt.datetime, *, besides: Post) -> list[Post]:
    """Return the newest pieces that readers see, to choose from."""
    visible = Post.objects.visible_at(at).exclude(pk=besides.pk).newest_first().select_related("live")
    return list(visible.only("state", "slug", "published_at", "live__title")[:NEWEST])


def _page(
    request: HttpRequest,
    post: Post,
    *,
    form: ParticularsForm | None = None,
    byline: AuthorForm | None = None,
    author_pk: int | None = None,
    status: int = 200,
) -> HttpResponse:
    form = form or ParticularsForm(initial=_initial(post))
    bylines = []
    for one in post.ordered_bylines():
        own = byline if byline is not None and one.author_id == author_pk else byline_form(post, one.author_id)
        bylines.append({"author": one.author, "form": own, "errors": errors_of(own)})
    context = {
        "post": post,
        "form": form,
        "errors": errors_of(form),
        "bylines": bylines,
        "suggested_slug": suggest_slug(post=post),
        "newest": _newest(timezone.now(), besides=post),
        "has_errors": status != 200,
    }
    return show(request, "admin/particulars.html", context, status=status)
