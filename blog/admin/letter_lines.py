"""What is shown of a letter: to whom and what about, or that it is hidden."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.editorial.letters.kinds import KINDS as WORDED
from blog.editorial.names.identity import is_under_pen_name
from blog.models import Invitation, Letter, PitchState

HIDDEN = gettext_lazy("hidden, because the piece is under a pen name")
UNTOLD = gettext_lazy("hidden: sent through an account")
KEPT_CLOSE = gettext_lazy("hidden: when somebody signs in or has news could tell what they write")
# How the kinds begin of letters to those who reported a comment
TO_REPORTERS = "to_reader/report_"
KINDS = {
    "to_writer": gettext_lazy("To a writer"),
    "to_editor": gettext_lazy("To an editor"),
    "to_reader": gettext_lazy("To a reader"),
}


def is_masked(letter: Letter, *, sees_identities: bool) -> bool:
    """Whether a letter's words could give away who is behind a pen name.

    Letters to editors too: those written before the writer chose the pen name hold the name they were invited by. And
    a letter about a pitch that nobody has confirmed is nobody's to read: its address may be somebody else's. Nor is one
    to somebody who reported a comment: whoever wrote that may be an editor.
    """
    if letter.kind.startswith(TO_REPORTERS):
        return True
    if letter.pitch is not None and letter.pitch.state == PitchState.UNCONFIRMED:
        return True
    return not sees_identities and letter.post is not None and is_under_pen_name(letter.post)


def is_through_account(letter: Letter) -> bool:
    """Whether editors know whoever gets it by an account alone, because it was invited so; also once they write.

    One query, unless the row says it already (`with_accounts_hidden`).
    """
    if letter.kind.startswith("to_editor/"):
        return False
    if letter.invitation and letter.invitation.is_address_hidden:
        return True
    if hasattr(letter, "is_address_hidden"):
        return bool(letter.is_address_hidden)
    whose = Q(email=letter.to_address) | Q(accepted_by=letter.to_user_id, accepted_by__isnull=False)
    return Invitation.objects.filter(whose, is_address_hidden=True).exists()


def with_accounts_hidden(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """Say of each letter, as `is_address_hidden`, whether its address was invited through an account."""
    whose = Q(email=OuterRef("to_address")) | Q(accepted_by=OuterRef("to_user"))
    return letters.annotate(is_address_hidden=Exists(Invitation.objects.filter(whose, is_address_hidden=True)))


def recipient_of(letter: Letter, *, sees_identities: bool) -> str:
    """Return name and address, or that they are hidden. An editor's own are never hidden.

    Codes to sign in and letters of the day belong to no piece, but they go out as a piece is written or talked about.
    Of readers, who comment under a name, editors are never told the address.
    """
    if is_through_account(letter):
        return str(UNTOLD)
    if letter.kind.startswith(TO_REPORTERS):
        return str(KEPT_CLOSE)
    if is_masked(letter, sees_identities=sees_identities) and not letter.kind.startswith("to_editor/"):
        return str(HIDDEN)
    if letter.is_confidential and not sees_identities:
        return str(KEPT_CLOSE)
    if letter.kind.startswith("to_reader/") and not sees_identities:
        return letter.to_name or str(KEPT_CLOSE)
    return f"{letter.to_name} <{letter.to_address}>" if letter.to_name else letter.to_address


def subject_for(letter: Letter, *, sees_identities: bool) -> str:
    """Return the subject, or what stands in for it where it might hold a name."""
    if is_masked(letter, sees_identities=sees_identities):
        if letter.post is None:
            return _("A pitch that is not confirmed")
        return _("A letter about “{title}”").format(title=letter.post.title if letter.post else "")
    return letter.subject


def about(kind: str) -> str:
    """Say what kind of letter it is: as the page of its words does, or by its name."""
    if kind in WORDED:
        return str(WORDED[kind].label)
    side, _slash, what = kind.partition("/")
    words = (what or side).replace("_", " ")
    return f"{KINDS[side]}: {words}" if side in KINDS else words.capitalize()
