"""The form with which anybody writes to the editors. The one page here that sets a cookie: its form is protected."""

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from blog.editorial import correspondence
from blog.editorial.refusals import EditorialRefusal, IncompleteError


class ContactForm(forms.Form):
    """What somebody writes to the editors. What is missing or wrong is said by `write_to_editors`."""

    name = forms.CharField(label=_("Your name"), required=False, help_text=_("A pen name will do."))
    email = forms.CharField(label=_("Your mail address"), required=False, help_text=_("So that we can answer."))
    text = forms.CharField(label=_("Your letter"), required=False, widget=forms.Textarea)
    # People don't see this field; programs that fill in every field they find do
    website = forms.CharField(required=False)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """Show the form, or send what was written to the editors."""
    if request.method != "POST":
        return render(request, "blog/contact.html", {"form": ContactForm()})
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
    return render(request, "blog/contact.html", {"form": form, "refusal": refusal}, status=status)
