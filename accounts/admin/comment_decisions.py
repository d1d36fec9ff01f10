"""What the buttons beside a comment do: each one call into `accounts.commenting`, and a sentence of what was done."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.commenting import blocking, moderation
from accounts.models import Comment, User
from blog.admin.saved_replies import ready_replies
from blog.desk.keys import key_in
from blog.editorial.refusals import EditorialRefusal

FOR_GOOD, A_WEEK = "", "7"
WRONG = 0  # Days that are no number: refused where it is decided


@dataclass(frozen=True)
class Typed:
    """What stands in the form of a decision."""

    reason: str = ""
    to_reporters: str = ""
    days: str = A_WEEK  # What a form offers at first: for good is to be chosen
    # How often the comment had been changed when its page was shown
    seen: str = ""

    @classmethod
    def on(cls, request: HttpRequest) -> "Typed":
        """Return what was sent."""
        return cls(
            reason=request.POST.get("reason", ""),
            to_reporters=request.POST.get("to_reporters", ""),
            days=request.POST.get("days", A_WEEK),
            seen=request.POST.get("seen", ""),
        )

    def with_reply(self, request: HttpRequest) -> "Typed":
        """Return the same with the chosen saved reply put after the words of the reason: for pages without script."""
        chosen = request.POST.get("saved_reply", "")
        reply = next((one.text for one in ready_replies(open_notes=0) if one.value == chosen), "")
        return replace(self, reason="\n\n".join(part for part in (self.reason.strip(), reply) if part))

    @property
    def days_blocked(self) -> int | None:
        """For how many days; None for good."""
        if self.days.strip() == FOR_GOOD:
            return None
        return key_in(self.days.strip()) or WRONG

    @property
    def times_changed(self) -> int | None:
        """How often it had been changed when it was read; None where that was not sent."""
        return (key_in(self.seen) or 0) if self.seen else None


Deciding = Callable[[Comment, Typed, User], str]


def _approve(comment: Comment, typed: Typed, by: User) -> str:
    seen = typed.times_changed
    moderation.approve(comment=comment, by=by, at=timezone.now(), to_reporters=typed.to_reporters, seen=seen)
    return _("Approved. Readers see it now.")


def _keep(comment: Comment, typed: Typed, by: User) -> str:
    seen = typed.times_changed
    moderation.keep(comment=comment, by=by, at=timezone.now(), to_reporters=typed.to_reporters, seen=seen)
    return _("It stays. Those who reported it hear of it.")


def _hide(comment: Comment, typed: Typed, by: User) -> str:
    moderation.hide(comment=comment, reason=typed.reason, by=by, at=timezone.now(), to_reporters=typed.to_reporters)
    if not comment.user.is_active:
        return _("Taken down. Nobody gets a letter.")
    return _("Taken down. Its writer gets a letter with the reason.")


def _spam(comment: Comment, typed: Typed, by: User) -> str:
    moderation.mark_as_spam(comment=comment, by=by, at=timezone.now(), to_reporters=typed.to_reporters)
    return _("Marked as spam. Its writer gets no letter.")


def _block(comment: Comment, typed: Typed, by: User) -> str:
    _require_own_name(comment)
    block = blocking.block(user=comment.user, reason=typed.reason, by=by, at=timezone.now(), days=typed.days_blocked)
    if block.until:
        return _("Blocked for {days} days. The account can read on, and comment no more.").format(
            days=typed.days_blocked
        )
    return _("Blocked. The account can read on, and comment no more.")


def _unblock(comment: Comment, typed: Typed, by: User) -> str:
    _require_own_name(comment)
    blocking.unblock(user=comment.user, by=by, at=timezone.now())
    return _("The account can comment again.")


def _require_own_name(comment: Comment) -> None:
    """Raise EditorialRefusal under a byline's name: which other comments are blocked too would tell whose it is."""
    if comment.author:
        raise EditorialRefusal(_("This comment stands under the name of a writer. Take it down instead."))


DECISIONS: dict[str, Deciding] = {
    "approve": _approve,
    "keep": _keep,
    "hide": _hide,
    "spam": _spam,
    "block": _block,
    "unblock": _unblock,
}
# After these there is nothing more to decide, so whoever goes through the queue comes to the next one
ENDS = {"approve", "keep", "hide", "spam"}
