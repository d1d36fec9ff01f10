"""Every place in the database that leads to an account or holds an address: what its archive says of it, and its end.

The archive (`archive`) and the erasure (`erasing`) both go through this table, so it is what they do. A test walks all
models of all apps and fails for a key to an account, or a field with an address, that has no row here.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Model, Q, QuerySet

if TYPE_CHECKING:
    from accounts.models import User


class Fate(Enum):
    """What erasing the account does with the rows."""

    GONE = "the rows go"
    CUT = "the rows stay, and lead to nobody"
    PASSED_ON = "the rows stay, with the account of all former readers"
    BY_ITSELF = "what belongs to it says what becomes of it"
    KEPT = "the rows stay as they are"


@dataclass(frozen=True)
class Holding:
    """One field. `why` says why the rows end as they do, or aren’t in the archive (then `section` is empty).

    With `columns` the archive lists these of each row; without, `sections` has a function of the section's name. What
    somebody did for the blog is listed as `work`, by the name of the rows and the moment in the column `at`.
    """

    model: str
    name: str
    fate: Fate
    section: str = ""
    columns: tuple[str, ...] = ()
    at: str = ""
    why: str = ""

    @property
    def is_there(self) -> bool:
        """Whether its app is installed: some ways of signing in are only where they are configured."""
        app = self.model.partition(".")[0]
        return any(config.label == app for config in apps.get_app_configs())

    def rows(self, user: "User", addresses: Collection[str]) -> QuerySet[Model]:
        """Return the rows that lead to an account, or hold one of its confirmed addresses."""
        return self.plain_rows().filter(self.condition(user, addresses))

    def condition(self, user: "User", addresses: Collection[str]) -> Q:
        """Return what is asked of the rows."""
        is_key = self.model_class()._meta.get_field(self.name).is_relation  # noqa: SLF001  The public API by name
        return Q(**{self.name: user.pk}) if is_key else Q(**{f"{self.name}__in": list(addresses)})

    def model_class(self) -> type[Model]:
        """Return the model."""
        return apps.get_model(self.model)

    def plain_rows(self) -> QuerySet[Model]:
        """Return all rows, by the plain manager: no rule about who sees what may hide them from their owner."""
        found: QuerySet[Model] = self.model_class()._base_manager.all()  # noqa: SLF001  Documented, in spite of its name
        return found


GONE, CUT, PASSED_ON, BY_ITSELF, KEPT = Fate


def _work(model: str, name: str, at: str = "at", **more: Any) -> Holding:
    """Return a row for what somebody did for the blog: the record stays, and names nobody any more."""
    why = "Says what was done to the work of others; the record is the blog’s, the name in it is taken out."
    return Holding(model, name, CUT, "work", at=at, **{"why": why, **more})


HOLDINGS: tuple[Holding, ...] = (
    # The account, and signing in
    Holding("accounts.User", "email", GONE, "account"),
    Holding("accounts.User_groups", "user", GONE, "account"),
    Holding("accounts.User_user_permissions", "user", GONE, "account"),
    Holding("blog.Remit", "user", GONE, "account"),
    Holding("account.EmailAddress", "user", GONE, "addresses", ("email", "verified", "primary")),
    Holding("account.EmailAddress", "email", GONE, why="The same rows as above."),
    Holding(
        "usersessions.UserSession", "user", GONE, "sessions", ("created_at", "last_seen_at", "ip", "user_agent"),
    ),
    Holding("mfa.Authenticator", "user", GONE, "second_factors", ("type", "created_at", "last_used_at")),
    Holding(
        "socialaccount.SocialAccount", "user", GONE, "sign_ins_by_providers",
        ("provider", "uid", "date_joined", "last_login", "extra_data"),
    ),
    Holding(
        "accounts.Badge", "user", GONE, "badge",
        ("address__email", "domain__domain", "confirmed_at", "lapses_at", "reminded_at"),
    ),
    Holding("accounts.Badge", "mailbox", GONE, why="The same rows as above."),
    Holding("accounts.BadgeCode", "user", GONE, why="The hash of a code that is good for minutes: a secret."),
    Holding("accounts.AccountPicture", "user", GONE, "picture"),
    Holding("accounts.PictureTakenAway", "user", GONE, "pictures_taken_away", ("at", "reason")),
    # Comments
    Holding(
        "accounts.Comment", "user", PASSED_ON, "comments",
        why="As the owner chooses (`commenting.leaving`); what stays is one with those of all former readers.",
    ),
    Holding(
        "accounts.ArchivedName", "address", BY_ITSELF, "comments_of_archives",
        why="What waits goes the way of the account’s own comments; of what was left, the address is taken out.",
    ),
    Holding("accounts.ArchivedName", "user", GONE, why="Leads to a placeholder, which is nobody’s account."),
    Holding("accounts.TakenOver", "user", GONE, "comments_of_archives"),
    Holding(
        "accounts.AccountBlock", "user", GONE, "blocks", ("at", "until", "reason", "ended_at"),
        why="While it holds, a keyed hash of the address is kept (`kept_blocks`).",
    ),
    Holding(
        "accounts.Report", "reporter", CUT, "reports",
        ("at", "kind", "words", "comment__post__slug", "outcome", "closed_at"),
        why="What was reported is looked into all the same, without a name.",
    ),
    Holding(
        "accounts.Complaint", "address", KEPT, "complaints",
        ("at", "kind", "name", "address", "post__slug", "passage", "why", "due_at", "state", "ended_at", "answer"),
        why="Made without an account, and a record of a legal claim: UK GDPR, article 17(3)(e).",
    ),
    # Pieces
    Holding("blog.Identity", "user", BY_ITSELF, "names", why="`blog.editorial.leaving` cuts it once it has used it."),
    Holding("blog.Revision", "written_by", CUT, "pieces", why="A published text stays, under its byline."),
    Holding("blog.Move", "by", CUT, "pieces", why="The history of a piece stays, without the account."),
    Holding("blog.Message", "by", CUT, "pieces", why="Correspondence that editors have received."),
    Holding("blog.Note", "by", CUT, "pieces", why="Part of the work on a piece that others have read."),
    Holding("blog.NoteAnswer", "by", CUT, "pieces", why="Part of the work on a piece that others have read."),
    Holding("blog.WordFile", "brought_by", CUT, "pieces", why="Says which text came from a file; the file isn’t kept."),
    Holding(
        "blog.Proposal", "by", CUT, "corrections_proposed",
        ("at", "post__slug", "wrong", "wanted", "answer", "answered_at", "reason"),
        why="Correspondence that editors have received.",
    ),
    Holding(
        "blog.Picture", "uploaded_by", CUT, "pictures", why="Part of pieces and of bylines, which stay as agreed.",
    ),
    Holding("blog.Invitation", "accepted_by", CUT, "invitations"),
    Holding("blog.Invitation", "email", BY_ITSELF, "invitations", why="Name and address are taken out."),
    Holding("blog.Pitch", "email", BY_ITSELF, "pitches", why="Name and address are taken out."),
    Holding("blog.Reminder", "user", GONE, "reminders", ("at", "kind", "due", "post__working__title")),
    # Letters and following
    Holding("blog.LetterChoice", "user", GONE, "letter_choices", ("group", "how_often", "chosen_at")),
    Holding("blog.News", "user", GONE, "news", ("at", "sentence", "path")),
    Holding("blog.Digest", "user", GONE, "letters_of_the_day", ("day",)),
    # After what leads to them
    Holding("blog.Letter", "to_user", GONE, "letters"),
    Holding("blog.Letter", "to_address", GONE, "letters"),
    Holding(
        "blog.Subscription", "address", GONE, "subscriptions",
        (
            "address", "subject_kind", "series__title", "author__name", "category__name", "how_often", "state",
            "asked_at", "confirmed_at", "ended_at", "ended_how",
        ),
    ),
    Holding("blog.Subscription", "user", CUT, why="The same rows, found by the address."),
    Holding(
        "blog.Delivery", "address", GONE, "letters_to_subscribers",
        ("mailing__kind", "mailing__post__slug", "mailing__day", "state", "sent_at"),
    ),
    # What somebody did for the blog
    _work("accounts.CommentDecision", "by"),
    _work("accounts.AccountBlock", "by"),
    _work("accounts.AccountBlock", "ended_by", "ended_at"),
    _work("accounts.PictureTakenAway", "by"),
    _work("accounts.Complaint", "ended_by", "ended_at"),
    _work("blog.Check", "by"),
    _work("blog.Withholding", "by"),
    _work("blog.Withholding", "given_back_by", "given_back_at"),
    _work("blog.Hold", "made_by", "made_at"),
    _work("blog.HoldExemption", "by"),
    _work("blog.IdentityLook", "by"),
    _work("blog.Invitation", "invited_by", "sent_at"),
    _work("blog.LetterAct", "by"),
    _work("blog.LetterWording", "written_by", "written_at"),
    _work("blog.MailingAct", "by"),
    _work("blog.Merger", "by"),
    _work("blog.Note", "settled_by", "settled_at"),
    _work("blog.Pitch", "editor", "state_since"),
    _work("blog.PitchEvent", "by"),
    _work("blog.PlainPageVersion", "written_by", "written_at"),
    _work("blog.Post", "editor", "created_at"),
    _work("blog.Proposal", "answered_by", "answered_at"),
    _work("blog.Subscription", "ended_by", "ended_at"),
    _work("blog.Suggestion", "decided_by", "decided_at"),
    Holding(
        "admin.LogEntry", "user", PASSED_ON, "work", at="action_time", why="The log of the admin has no gaps.",
    ),
)  # fmt: skip
