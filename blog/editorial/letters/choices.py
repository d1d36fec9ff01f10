"""Which letters people get, and how often: the groups they choose among, and ending a group by a link in a letter."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.editorial.refusals import IncompleteError
from blog.models import LetterChoice

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from accounts.models import User

    Words = str | _StrPromise

HowOften = LetterChoice.HowOften
# Stands in a link for all groups that come in the letter of the day
DIGEST = "digest"
SALT = "wlg.letters"


@dataclass(frozen=True)
class Group:
    """Letters that people choose about together: what they are, what can be chosen, and what holds until they do."""

    name: str
    label: "Words"
    explanation: "Words"
    options: tuple[HowOften, ...]
    default: HowOften
    permission: str = ""

    def is_for(self, user: "User") -> bool:
        """Whether the account can get such letters at all."""
        return not self.permission or (user.is_active and user.has_perm(self.permission))


GROUPS: dict[str, Group] = {}


def register(*groups: Group) -> None:
    """Add groups to the page on which people choose."""
    GROUPS.update({group.name: group for group in groups})


register(
    Group(
        "reminders",
        gettext_lazy("Reminders"),
        gettext_lazy(
            "Before and after the day on which a text, a sign-off or an answer of yours is due, and before your badge "
            "lapses."
        ),
        (HowOften.AT_ONCE, HowOften.NEVER),
        HowOften.AT_ONCE,
    ),
    Group(
        "unassigned",
        gettext_lazy("Pieces that nobody looks after"),
        gettext_lazy("What writers do with a piece that no editor has taken on."),
        (HowOften.AT_ONCE, HowOften.DAILY, HowOften.NEVER),
        HowOften.AT_ONCE,
        permission="blog.edit_pieces",
    ),
)


def choice_of(user: "User", group: str) -> HowOften:
    """Return how often an account wants the letters of a group."""
    chosen = LetterChoice.objects.filter(user=user, group=group).values_list("how_often", flat=True).first()
    return _allowed(GROUPS[group], chosen)


def choices_of(users: "Iterable[User]", group: str) -> "dict[int, HowOften]":
    """Return what several accounts want, by their keys, in one query."""
    keys = [user.pk for user in users]
    rows = LetterChoice.objects.filter(user__in=keys, group=group).values_list("user_id", "how_often")
    chosen = dict(rows)
    return {key: _allowed(GROUPS[group], chosen.get(key)) for key in keys}


def all_choices(user: "User") -> list[tuple[Group, HowOften]]:
    """Return every group that the account can get letters of, with what it wants."""
    chosen = dict(LetterChoice.objects.filter(user=user).values_list("group", "how_often"))
    return [(group, _allowed(group, chosen.get(name))) for name, group in GROUPS.items() if group.is_for(user)]


def _allowed(group: Group, chosen: str | None) -> HowOften:
    return HowOften(chosen) if chosen in group.options else group.default


def choose(*, user: "User", choices: dict[str, str], at: dt.datetime) -> None:
    """Write down how often somebody wants the letters of each group; one that is not named stays as it is.

    Raises IncompleteError, by group, for what can't be chosen; then nothing is changed.
    """
    offered = {group.name: group for group, _how_often in all_choices(user)}
    wanted = {name: how_often for name, how_often in choices.items() if name in offered}
    errors = {
        name: _("Choose one of the answers.") for name, often in wanted.items() if often not in offered[name].options
    }
    if errors:
        raise IncompleteError(errors)
    with transaction.atomic():
        for name, how_often in wanted.items():
            _write(user.pk, name, HowOften(how_often), at)


def token_for(user_id: int, group: str) -> str:
    """Return what stands in the link that ends a group of letters. It doesn't run out."""
    return signing.dumps([user_id, group], salt=SALT)


def end_link(user_id: int, group: str) -> str:
    """Return the full address that ends a group of letters for one account."""
    return settings.SITE_URL + reverse("accounts:end_letters", args=[token_for(user_id, group)])


@dataclass(frozen=True)
class Ending:
    """What a link ends, and for whom."""

    user: "User"
    labels: list[str]
    names: list[str]


def ending_of(token: str) -> Ending | None:
    """Return what a link ends; None for one that was made up. Changes nothing."""
    try:
        user_id, group = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    user = get_user_model().objects.filter(pk=user_id).first()
    if user is None or (group != DIGEST and group not in GROUPS):
        return None
    daily = [one for one, often in all_choices(user) if often == HowOften.DAILY]
    found = daily if group == DIGEST else [GROUPS[group]]
    return Ending(user, [str(one.label) for one in found], [one.name for one in found])


def end(*, ending: Ending, at: dt.datetime) -> None:
    """Send no more letters of these groups to the account; it can choose them again on its page."""
    with transaction.atomic():
        for name in ending.names:
            _write(ending.user.pk, name, HowOften.NEVER, at)


def _write(user_id: int, group: str, how_often: HowOften, at: dt.datetime) -> None:
    LetterChoice.objects.update_or_create(
        user_id=user_id, group=group, defaults={"how_often": how_often, "chosen_at": at}
    )
