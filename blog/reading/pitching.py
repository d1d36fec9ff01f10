"""The form for a pitch, and the page behind the link in a pitch's letters. No account is needed for either.

Both are personal, so neither is kept anywhere; opening the link changes nothing.
"""

from typing import Any, cast

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blog.desk.links import kept_close
from blog.editorial.correspondence import TooManyLettersError
from blog.editorial.letters.writing import absolute
from blog.editorial.pitching import pitches
from blog.editorial.pitching.answering import answer_days
from blog.editorial.pitching.form import TypedPitch, open_slots
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.models import Pitch, PitchState, Post, SeriesSlot

UNPROCESSABLE, TOO_MANY, CONFLICT, GONE = 422, 429, 409, 410


class PitchForm(forms.Form):
    """What somebody pitches. What is missing or wrong is said by `pitches.send_in`."""

    name = forms.CharField(
        label=gettext_lazy("Your name"), required=False, help_text=gettext_lazy("A pen name will do.")
    )
    email = forms.CharField(
        label=gettext_lazy("Your mail address"),
        required=False,
        help_text=gettext_lazy("We write to it once, to see that it is yours. Readers never see it."),
    )
    title = forms.CharField(
        label=gettext_lazy("A title for it"), required=False, help_text=gettext_lazy("It can change later.")
    )
    text = forms.CharField(
        label=gettext_lazy("What would you write, and why now?"),
        help_text=gettext_lazy("Three sentences will do. Leave out who you are: that comes next."),
        required=False,
        widget=forms.Textarea,
    )
    about = forms.CharField(
        label=gettext_lazy("Who are you? (if you like)"),
        help_text=gettext_lazy("Where you work, and how you come to know about this. Editors alone read it."),
        required=False,
        widget=forms.Textarea,
    )
    slot = forms.ChoiceField(label=gettext_lazy("For a part of a series?"), required=False)
    reply = forms.CharField(required=False, widget=forms.HiddenInput)
    # People don't see this field; programs that fill in every field they find do
    website = forms.CharField(required=False)

    def __init__(self, *args: Any, slots: list[SeriesSlot], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.slots = {str(slot.pk): slot for slot in slots}
        field = cast("forms.ChoiceField", self.fields["slot"])
        field.error_messages["invalid_choice"] = _("This part is no longer free. Choose another, or none.")
        field.choices = [("", _("No")), *((pk, _name_of(slot)) for pk, slot in self.slots.items())]

    def typed(self, answered: Post | None) -> TypedPitch:
        """Return what was typed, for the editorial room."""
        given = self.cleaned_data
        names = ("name", "email", "title", "text", "about")
        slot = self.slots.get(given.get("slot", ""))
        return TypedPitch(**{name: given.get(name, "") for name in names}, in_reply_to=answered, slot=slot)


def _name_of(slot: SeriesSlot) -> str:
    name = _("Part {number} of “{series}”").format(number=slot.part_number, series=slot.series.title)
    return f"{name}: {slot.working_title}" if slot.is_title_shown else name


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest) -> HttpResponse:
    """Show the form, or take in a pitch. A known address and an unknown one are answered alike."""
    slots, at = open_slots(), timezone.now()
    if request.method != "POST":
        initial = {"slot": request.GET.get("part", ""), "reply": request.GET.get("reply", "")}
        return _form_page(request, PitchForm(initial=initial, slots=slots), _answered(initial["reply"]))
    filled = PitchForm(request.POST, slots=slots)
    answered = _answered(request.POST.get("reply", ""))
    is_valid = filled.is_valid()
    if request.POST.get("website"):
        return HttpResponseRedirect(reverse("reading:pitch_sent"))
    refusal, status = "", UNPROCESSABLE
    try:
        if is_valid:
            pitches.send_in(typed=filled.typed(answered), at=at)
            return HttpResponseRedirect(reverse("reading:pitch_sent"))
    except IncompleteError as error:
        for field, sentence in error.errors.items():
            filled.add_error(field if field in filled.fields else None, sentence)
    except TooManyLettersError as error:
        refusal, status = str(error), TOO_MANY
    return _form_page(request, filled, answered, refusal=refusal, status=status)


def _answered(slug: str) -> Post | None:
    """Return the piece that a pitch answers, if readers can see one at this address."""
    if not slug or "\x00" in slug or len(slug) > 200:
        return None
    return Post.objects.visible_at(timezone.now()).filter(slug=slug).select_related("live").first()


def _form_page(
    request: HttpRequest, filled: PitchForm, answered: Post | None, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "form": filled,
        "answered": answered,
        "refusal": refusal,
        "answer_time": answer_days().sentence,
        # One page for search engines, whatever it is opened from
        "canonical": absolute(reverse("reading:pitch_form")),
    }
    return render(request, "blog/pitch_form.html", context, status=status)


@kept_close
@require_safe
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show what has become of a pitch, with what its writer can do now. Nothing changes."""
    return _page(request, _find(token), token)


@kept_close
@require_POST
def act(request: HttpRequest, token: str, act: str) -> HttpResponse:
    """Confirm the address, answer a question, or withdraw the pitch."""
    pitch, at = _find(token), timezone.now()
    text = request.POST.get("text", "")
    try:
        if act == "confirm":
            pitches.confirm(pitch=pitch, at=at)
        elif act == "answer":
            pitches.answer(pitch=pitch, text=text, at=at)
        elif act == "withdraw":
            pitches.withdraw(pitch=pitch, at=at)
        else:
            raise Http404
    except IncompleteError as error:
        return _page(request, pitch, token, error=error.errors["text"], text=text, status=UNPROCESSABLE)
    except EditorialRefusal as refusal:
        return _page(request, _find(token), token, refusal=str(refusal), text=text, status=CONFLICT)
    return redirect("reading:pitch", token)


def _find(token: str) -> Pitch:
    pitch = pitches.find(token=token)
    if pitch is None:
        raise Http404
    return pitch


def _page(
    request: HttpRequest,
    pitch: Pitch,
    token: str,
    *,
    refusal: str = "",
    error: str = "",
    text: str = "",
    status: int = 200,
) -> HttpResponse:
    has_run_out = pitches.has_run_out(pitch, timezone.now())
    kinds = ("ask", "answer", "decline")
    context = {
        "pitch": pitch,
        "token": token,
        "has_run_out": has_run_out,
        "is_open": pitch.state in {PitchState.WAITING, PitchState.ASKED},
        "said": [event for event in pitch.events.select_related("by") if event.kind in kinds],
        "answer_time": answer_days().sentence,
        "refusal": "" if has_run_out else refusal,
        "error": error,
        "text": text,
    }
    return render(request, "blog/pitch.html", context, status=GONE if has_run_out and status == 200 else status)
