"""The form with which anybody writes to the editors. The one page here that sets a cookie: its form is protected."""

import datetime as dt
import re

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from blog.editorial import correspondence
from blog.editorial.letters.writing import absolute
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.models import Post

PIECE = re.compile(r"/\d{4}/\d{2}/\d{2}/(?P<slug>[-a-zA-Z0-9_]{1,200})/")


class ContactForm(forms.Form):
    """What somebody writes to the editors. What is missing or wrong is said by `write_to_editors`."""

    name = forms.CharField(
        label=gettext_lazy("Your name"), required=False, help_text=gettext_lazy("A pen name will do.")
    )
    email = forms.CharField(
        label=gettext_lazy("Your mail address"), required=False, help_text=gettext_lazy("So that we can answer.")
    )
    text = forms.CharField(label=gettext_lazy("Your letter"), required=False, widget=forms.Textarea)
    # People don't see this field; programs that fill in every field they find do
    website = forms.CharField(required=False)


def about_piece(path: str, *, at: dt.datetime) -> str:
    """Return the beginning of a letter about a piece, or nothing if readers see none there.

    Of what the address says only which piece it is counts; the words are the piece's own.
    """
    found = PIECE.fullmatch(path)
    post = Post.objects.visible_at(at).filter(slug=found["slug"]).select_related("live").first() if found else None
    if post is None or post.live is None:
        return ""
    title, address = post.live.title, absolute(post.get_absolute_url())
    return _("About “{title}”, {address}").format(title=title, address=address) + "\n\n"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """Show the form, or send what was written to the editors."""
    if request.method != "POST":
        about = about_piece(request.GET.get("about", ""), at=timezone.now())
        return render(request, "blog/contact.html", _context(ContactForm(initial={"text": about})))
    form = ContactForm(request.POST)
    refusal = ""
    if form.is_valid():
        given = form.cleaned_data
        sent = HttpResponseRedirect(reverse("reading:contact_sent"))
        if given["website"]:
            return sent
        try:
            correspondence.write_to_editors(
                name=given["name"], email=given["email"], text=given["text"], at=timezone.now()
            )
        except IncompleteError as error:
            for field, sentence in error.errors.items():
                form.add_error(field, sentence)
        except EditorialRefusal as error:
            refusal = str(error)
        else:
            return sent
    status = 429 if refusal else 422
    return render(request, "blog/contact.html", _context(form, refusal), status=status)


def _context(form: ContactForm, refusal: str = "") -> dict[str, object]:
    # One page for search engines, whatever piece it is opened from
    return {"form": form, "refusal": refusal, "canonical": absolute(reverse("reading:contact"))}
