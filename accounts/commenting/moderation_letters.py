"""The letters about reports and formal complaints: the words that editors can fill in, and what people choose."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.commenting.letter_words import COMMENT, COMMENTER
from accounts.models import Complaint
from blog.editorial.letters import choices as letter_choices
from blog.editorial.letters.choices import Group, HowOften
from blog.editorial.letters.kinds import (
    BLOG,
    LIVE_TITLE,
    TO_NAME,
    Given,
    Kind,
    Word,
    link_word,
    quoted,
    register,
    uk_time,
)

REPORTS, REPORTED = "report_outcomes", "comments_reported"
ANSWER = Word(
    "answer",
    gettext_lazy("what the editor wrote to those who reported it, if anything, set apart as their own words."),
    "> We have asked the writer to keep to the piece.",
    lambda given: quoted(given.text("answer")),
    is_long=True,
    is_optional=True,
)
EDITOR_WRITES = Word(
    "editor_writes",
    gettext_lazy("“The editor writes:”, if the editor wrote anything."),
    gettext_lazy("The editor writes:"),
    lambda given: _("The editor writes:") if given.text("answer") else "",
    is_optional=True,
)
HELD_NOW = Word(
    "held_now",
    gettext_lazy("the sentence that says that readers don’t see it until somebody decides, if reports held it."),
    gettext_lazy("So many readers reported it that nobody sees it until an editor decides."),
    lambda given: (
        _("So many readers reported it that nobody sees it until an editor decides.")
        if given.more.get("is_held")
        else ""
    ),
    is_optional=True,
)


def _complaint(given: Given) -> Complaint | None:
    found = given.more.get("complaint")
    return found if isinstance(found, Complaint) else None


def _due(given: Given) -> str:
    complaint = _complaint(given)
    return uk_time(complaint.due_at) if complaint else ""


def _complaint_page(given: Given) -> str:
    complaint = _complaint(given)
    return reverse("admin:accounts_complaint_change", args=[complaint.pk]) if complaint else ""


def _reference(given: Given) -> str:
    complaint = _complaint(given)
    return str(complaint.pk) if complaint else ""


REFERENCE = Word("reference", gettext_lazy("the number of the complaint."), "12", _reference)
DUE_BY = Word(
    "due",
    gettext_lazy("the moment by which the complaint is to be answered."),
    "Wednesday 18 March 2026 at 10.30 (UK time)",
    _due,
)
THE_ANSWER = Word(
    "answer",
    gettext_lazy("the answer to the complaint, as the editor wrote it."),
    "We have taken the two sentences out, and said so under the piece.",
    lambda given: given.text("answer"),
    is_long=True,
)
REPORT_PAGE = link_word(
    "/accounts/report/12/",
    lambda given: reverse("accounts:report", args=[given.more["comment"].pk]) if given.more.get("comment") else "",
)
COMMENT_PAGE = link_word(
    "/admin/accounts/comment/12/change/",
    lambda given: (
        reverse("admin:accounts_comment_change", args=[given.more["comment"].pk]) if given.more.get("comment") else ""
    ),
)
COMPLAINT_PAGE = link_word("/admin/accounts/complaint/12/change/", _complaint_page)


def register_letters() -> None:
    """Add the letters about reports and complaints, and the choices about them. Once, at the start."""
    outcome = (TO_NAME, BLOG, LIVE_TITLE, EDITOR_WRITES, ANSWER, REPORT_PAGE)
    register(
        Kind(
            "to_reader/report_upheld",
            gettext_lazy("A report is upheld"),
            gettext_lazy("Sent to who reported a comment when an editor takes it down."),
            outcome,
            group=REPORTS,
        ),
        Kind(
            "to_reader/report_not_upheld",
            gettext_lazy("A report is not upheld"),
            gettext_lazy("Sent to who reported a comment when an editor leaves it where it is."),
            outcome,
            group=REPORTS,
        ),
        Kind(
            "to_reader/report_gone",
            gettext_lazy("A reported comment is gone"),
            gettext_lazy("Sent to who reported a comment when its writer takes it away before an editor decides."),
            (TO_NAME, BLOG, LIVE_TITLE, REPORT_PAGE),
            group=REPORTS,
        ),
        Kind(
            "to_editor/comment_reported",
            gettext_lazy("A comment is reported"),
            gettext_lazy("Sent to those who moderate when a reader reports a comment; at most one such letter a day."),
            (TO_NAME, BLOG, LIVE_TITLE, COMMENTER, COMMENT, HELD_NOW, COMMENT_PAGE),
            group=REPORTED,
        ),
        Kind(
            "to_reader/complaint_received",
            gettext_lazy("A formal complaint has arrived"),
            gettext_lazy("Sent to who complains, at once: when the editors will have answered."),
            (TO_NAME, BLOG, LIVE_TITLE, REFERENCE, DUE_BY),
            needs=("due",),
        ),
        Kind(
            "to_reader/complaint_answered",
            gettext_lazy("The answer to a formal complaint"),
            gettext_lazy("Sent to who complained when an editor answers."),
            (TO_NAME, BLOG, LIVE_TITLE, REFERENCE, THE_ANSWER),
            needs=("answer",),
        ),
        Kind(
            "to_editor/complaint",
            gettext_lazy("A formal complaint"),
            gettext_lazy("Sent to those who moderate when a formal complaint arrives, whatever else they chose."),
            (TO_NAME, BLOG, LIVE_TITLE, DUE_BY, COMPLAINT_PAGE),
            needs=("due", "link"),
        ),
        Kind(
            "to_editor/complaint_runs_out",
            gettext_lazy("A formal complaint is still open"),
            gettext_lazy("Sent to those who moderate when less than 12 hours are left, or none; once."),
            (TO_NAME, BLOG, LIVE_TITLE, DUE_BY, COMPLAINT_PAGE),
            needs=("due", "link"),
        ),
    )
    letter_choices.register(
        Group(
            REPORTS,
            gettext_lazy("What became of your reports"),
            gettext_lazy("What an editor decided about a comment that you reported."),
            (HowOften.AT_ONCE, HowOften.DAILY, HowOften.NEVER),
            HowOften.AT_ONCE,
        ),
        Group(
            REPORTED,
            gettext_lazy("Comments that readers report"),
            gettext_lazy("At once means: at most one such letter a day, and the others in the letter of the day."),
            (HowOften.AT_ONCE, HowOften.DAILY, HowOften.NEVER),
            HowOften.AT_ONCE,
            permission="accounts.moderate_comments",
        ),
    )
