"""Several pieces at once: what will happen to each, said before it happens, and what became of each afterwards."""

import datetime as dt
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from blog.admin.access import editor_of
from blog.admin.pages import CONFLICT, UNPROCESSABLE, show
from blog.desk.keys import key_in
from blog.desk.words import listed, short_day, time_of
from blog.editorial import together
from blog.editorial.letters.writing import editors
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.editorial.together import MOST, Act, Outcome, Prospect
from blog.models import Post

if TYPE_CHECKING:
    from accounts.models import User

HEADINGS = {
    Act.HAND_OVER: gettext_lazy("Hand pieces over"),
    Act.UNSCHEDULE: gettext_lazy("Take pieces off the schedule"),
    Act.WITHDRAW: gettext_lazy("Withdraw pieces"),
}
DONE = {
    Act.HAND_OVER: gettext_lazy("Handed over to {name}."),
    Act.UNSCHEDULE: gettext_lazy("Off the schedule, and ready again."),
    Act.WITHDRAW: gettext_lazy("Withdrawn. It can be reopened."),
}


def to_confirmation(act: Act, posts: QuerySet[Post]) -> HttpResponse:
    """Lead from the list to the page that says what will happen to the chosen pieces, in the order of the list.

    Of a whole list with thousands, one more than can be done at once says enough.
    """
    keys = list(posts.values_list("pk", flat=True)[: MOST + 1])
    return redirect(f"{reverse('admin:blog_post_together', args=[act])}?{urlencode([('piece', key) for key in keys])}")


def together_view(request: HttpRequest, act: str) -> HttpResponse:
    """Say what will happen to the chosen pieces; with the button, do it and say what became of each."""
    by, at = editor_of(request), timezone.now()
    if act not in Act.values:
        raise Http404
    kind = Act(act)
    if request.method != "POST":
        chosen = _keys(request.GET.getlist("piece"))
        return _page(request, kind, chosen, by=by, at=at)
    chosen = _keys(request.POST.getlist("piece"))
    typed = {"to": request.POST.get("to", ""), "reason": request.POST.get("reason", "")}
    to = next((one for one in editors() if one.pk == key_in(typed["to"])), None)
    states = {key: request.POST.get(f"was-{key}", "") for key in chosen}
    try:
        outcomes = together.do(states=states, act=kind, by=by, at=at, to=to, reason=typed["reason"])
    except EditorialRefusal as refusal:
        errors = refusal.errors if isinstance(refusal, IncompleteError) else {}
        sentence = "" if errors else str(refusal)
        status = UNPROCESSABLE if errors else CONFLICT
        return _page(request, kind, chosen, by=by, at=at, typed=typed, errors=errors, sentence=sentence, status=status)
    return _report(request, kind, outcomes, to)


def _keys(chosen: list[str]) -> list[int]:
    """Return the keys among what came with the address or the form, each once."""
    return list(dict.fromkeys(key for text in chosen if (key := key_in(text)) is not None))


def _page(
    request: HttpRequest,
    act: Act,
    keys: list[int],
    *,
    by: "User",
    at: dt.datetime,
    typed: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
    sentence: str = "",
    status: int = 200,
) -> HttpResponse:
    is_too_much = len(keys) > MOST
    found = [] if is_too_much else together.prospects(keys=keys, act=act, by=by, at=at)
    can, cannot = [one for one in found if not one.refusal], [one for one in found if one.refusal]
    context: dict[str, Any] = {
        "title": HEADINGS[act],
        "act": act,
        "can": [_line(one, act, at) for one in can],
        "cannot": [_line(one, act, at) for one in cannot],
        "missing": 0 if is_too_much else len(keys) - len(found),
        "most": MOST if is_too_much else 0,
        "letters": _letters_in_all(can, act),
        "button": _button(act, len(can)),
        "editors": [(one.pk, one.display_name, str(one.pk) == (typed or {}).get("to")) for one in editors()]
        if act is Act.HAND_OVER
        else [],
        "by": by,
        "typed": typed or {},
        "errors": errors or {},
        "sentence": sentence,
    }
    return show(request, "admin/bulk.html", context, status=status)


def _report(request: HttpRequest, act: Act, outcomes: list[Outcome], to: "User | None") -> HttpResponse:
    done = [one for one in outcomes if not one.refusal]
    context = {
        "title": HEADINGS[act],
        "done": done,
        "done_sentence": str(DONE[act]).format(name=to.display_name if to else ""),
        "refused": [one for one in outcomes if one.refusal],
        "total": len(outcomes),
    }
    return show(request, "admin/bulk_done.html", context)


def _line(one: Prospect, act: Act, at: dt.datetime) -> dict[str, Any]:
    """Return what the page says of one piece."""
    post = one.post
    today = timezone.localdate(at)
    if act is Act.HAND_OVER:
        looks_after = _("Nobody looks after it now.")
        if post.editor:
            looks_after = _("{name} looks after it now.").format(name=post.editor.display_name)
        effect = looks_after
    elif act is Act.UNSCHEDULE and post.published_at:
        effect = _("It would come out on {day} at {time} (UK time). It is ready again then.").format(
            day=short_day(post.published_at, today), time=time_of(post.published_at)
        )
    else:
        effect = _("“{state}” since {day}. It is withdrawn, and can be reopened.").format(
            state=post.get_state_display(), day=short_day(post.state_since, today)
        )
    if one.takes_back_invitation:
        effect = _("{effect} The invitation is taken back.").format(effect=effect)
    return {
        "pk": post.pk,
        "was": post.state,
        "title": post.title,
        "names": listed([byline.author.name for byline in post.ordered_bylines()]),
        "effect": "" if one.refusal else effect,
        "letters": "" if one.refusal or act is Act.HAND_OVER else _told(one),
        "refusal": one.refusal,
    }


def _told(one: Prospect) -> str:
    if not one.told:
        return _("Nobody gets a letter.")
    if one.letters_wait and settings.LETTER_MINUTES:
        words = ngettext(
            "{names} gets a letter in {minutes} minutes.", "{names} get a letter in {minutes} minutes.", len(one.told)
        )
        return words.format(names=listed(one.told), minutes=settings.LETTER_MINUTES)
    return ngettext("{names} gets a letter now.", "{names} get a letter now.", len(one.told)).format(
        names=listed(one.told)
    )


def _letters_in_all(can: list[Prospect], act: Act) -> str:
    """Say how many letters go to how many people.

    Counted by public names, for a count of accounts would tell that two of them are one person.
    """
    if not can:
        return ""
    if act is Act.HAND_OVER:
        sentence = ngettext(
            "Whoever you choose gets one letter. If you take it yourself, nobody gets one.",
            "Whoever you choose gets {count} letters, one for each piece. If you take them yourself, nobody gets one.",
            len(can),
        )
        return sentence.format(count=len(can))
    letters = sum(len(one.told) for one in can)
    if not letters:
        return _("Nobody gets a letter.")
    people = len({name for one in can for name in one.told})
    to = ngettext("{people} person", "{people} people", people).format(people=people)
    return ngettext("{letters} letter, to {to}.", "{letters} letters, to {to}.", letters).format(letters=letters, to=to)


def _button(act: Act, count: int) -> str:
    words = {
        Act.HAND_OVER: ngettext("Hand {count} piece over", "Hand {count} pieces over", count),
        Act.UNSCHEDULE: ngettext("Take {count} piece off the schedule", "Take {count} pieces off the schedule", count),
        Act.WITHDRAW: ngettext("Withdraw {count} piece", "Withdraw {count} pieces", count),
    }
    return words[act].format(count=count)
