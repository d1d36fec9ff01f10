"""The rules of moderation, blocks, reports and formal complaints."""

import datetime as dt
from typing import TypeAlias

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.comments import Comment, CommentDecision


class ModerationRules(models.Model):
    """The one row that says which comments wait for an editor, edited in the admin."""

    trusted_after = models.PositiveSmallIntegerField(
        _("trusted after"),
        default=1,
        help_text=_("So many approved comments under the same name; until then each one waits. 0: nobody waits."),
    )
    most_links = models.PositiveSmallIntegerField(
        _("links"), default=2, help_text=_("A comment with more links than this waits, whoever wrote it.")
    )
    account_a_minute = models.PositiveSmallIntegerField(
        _("comments a minute from one account"),
        default=5,
        help_text=_("Further ones wait; four times as many are refused."),
    )
    site_a_minute = models.PositiveSmallIntegerField(
        _("comments a minute from all accounts"),
        default=30,
        help_text=_("Further ones wait; of four times as many, those of newcomers are refused until it is calmer."),
    )
    reports_to_hold = models.PositiveSmallIntegerField(
        _("reports that hold a comment"), default=3, help_text=_("From so many different accounts.")
    )
    reporter_days = models.PositiveSmallIntegerField(
        _("age of a reporter’s account, in days"),
        default=1,
        help_text=_("Reports of younger accounts reach you, and hold nothing by themselves."),
    )
    complaint_hours = models.PositiveSmallIntegerField(
        _("hours for a formal complaint"),
        default=48,
        help_text=_("Counted on working days in England. The law gives operators of websites 48 hours."),
    )

    class Meta:
        verbose_name = _("rules of moderation")
        verbose_name_plural = _("rules of moderation")
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="there_is_one_set_of_rules"),
            models.CheckConstraint(
                condition=Q(
                    account_a_minute__gte=1, site_a_minute__gte=1, reports_to_hold__gte=1, complaint_hours__gte=1
                ),
                name="rules_let_something_happen",
            ),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @classmethod
    def current(cls) -> "ModerationRules":
        """Return the row, or one with the defaults if none is saved yet."""
        return next(iter(cls.objects.filter(pk=1)), None) or cls(pk=1)


class ListedWord(models.Model):
    """A word, or a few in a row, with which a comment waits."""

    words = models.CharField(
        _("word"), max_length=80, help_text=_("One word, or up to four in a row. Capitals and accents don’t matter.")
    )
    # As `commenting.screening.folded` writes them
    folded = models.CharField(max_length=200, unique=True, editable=False)

    class Meta:
        ordering = ("folded",)
        verbose_name = _("listed word")
        verbose_name_plural = _("listed words")
        constraints = [models.CheckConstraint(condition=~Q(folded=""), name="listed_word_is_a_word")]

    def __str__(self) -> str:
        return self.words


class AccountBlockQuerySet(models.QuerySet["AccountBlock"]):
    """Blocks, with the question which of them hold."""

    def holding_at(self, moment: dt.datetime) -> "AccountBlockQuerySet":
        """Return the blocks that hold at a moment; one with a last day ends by the clock alone."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=moment), ended_at__isnull=True)


class AccountBlock(models.Model):
    """That an account can’t comment, for a time or for good. Rows are added, ended once, and never removed."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="blocks", verbose_name=_("account")
    )
    reason = models.TextField(_("reason"), max_length=500)
    at = models.DateTimeField(_("from"))
    until = models.DateTimeField(_("until"), null=True, blank=True, help_text=_("Empty: for good."))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    ended_at = models.DateTimeField(_("lifted"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("lifted by")
    )

    objects = AccountBlockQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name = _("block")
        verbose_name_plural = _("blocks")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="block_has_a_reason"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("at")), name="block_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("at")), name="block_is_lifted_after_it_began"
            ),
            models.UniqueConstraint(fields=["user"], condition=Q(ended_at__isnull=True), name="one_block_at_a_time"),
        ]

    def __str__(self) -> str:
        return self.reason[:60]


class ReportKind(models.TextChoices):
    """What a reader says is wrong with a comment."""

    ABUSE = "abuse", _("It attacks or insults somebody")
    PRIVATE = "private", _("It tells what should stay private")
    SPAM = "spam", _("It is an advertisement")
    UNLAWFUL = "unlawful", _("It may be against the law")
    OTHER = "other", _("Something else")


class ReportOutcome(models.TextChoices):
    """What became of a report."""

    UPHELD = "upheld", _("Upheld")
    NOT_UPHELD = "not_upheld", _("Not upheld")
    GONE = "gone", _("Removed by its writer")


class Report(models.Model):
    """That a reader reported a comment. Who did is for those who moderate alone."""

    Kind: TypeAlias = ReportKind
    Outcome: TypeAlias = ReportOutcome

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="reports",
        verbose_name=_("reported by"),
    )
    kind = models.CharField(_("what is wrong"), max_length=10, choices=Kind)
    words = models.TextField(_("in their words"), max_length=1000, blank=True)
    at = models.DateTimeField(_("reported"))
    # Whether it counts towards holding the comment, as it was when it came
    counts = models.BooleanField(_("counts"), default=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    decision = models.ForeignKey(
        CommentDecision, on_delete=models.CASCADE, null=True, blank=True, related_name="reports"
    )

    class Meta:
        ordering = ("at", "pk")
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        indexes = [models.Index(fields=["at"], condition=Q(outcome=""), name="report_open")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ReportKind.values), name="report_kind_is_known"),
            models.CheckConstraint(
                condition=Q(outcome="", closed_at__isnull=True, decision__isnull=True)
                | Q(outcome__in=ReportOutcome.values, closed_at__isnull=False),
                name="report_is_open_or_closed",
            ),
            models.UniqueConstraint(
                fields=["comment", "reporter"], condition=Q(outcome=""), name="one_open_report_by_account"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class ComplaintKind(models.TextChoices):
    """What a formal complaint is about."""

    DEFAMATION = "defamation", _("It is untrue and harms a reputation")
    PRIVACY = "privacy", _("It tells private or personal things")
    COPYRIGHT = "copyright", _("It uses work of somebody else without leave")
    OTHER = "other", _("Something else")


class ComplaintState(models.TextChoices):
    """Where a formal complaint stands."""

    OPEN = "open", _("Open")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed without an answer")


class Complaint(models.Model):
    """A formal complaint about a piece or a comment, with the moment by which it is to be answered."""

    Kind: TypeAlias = ComplaintKind
    State: TypeAlias = ComplaintState

    post = models.ForeignKey("blog.Post", on_delete=models.PROTECT, related_name="complaints", verbose_name=_("piece"))
    comment = models.ForeignKey(
        Comment, on_delete=models.SET_NULL, null=True, blank=True, related_name="complaints", verbose_name=_("comment")
    )
    kind = models.CharField(_("what is wrong"), max_length=12, choices=Kind)
    name = models.CharField(_("name"), max_length=120)
    address = models.EmailField(_("mail address"))
    passage = models.TextField(_("which words"), max_length=2000)
    why = models.TextField(_("why"), max_length=5000)
    at = models.DateTimeField(_("arrived"))
    due_at = models.DateTimeField(_("to be answered by"))
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    ended_at = models.DateTimeField(_("answered or closed"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    answer = models.TextField(
        _("answer"), max_length=5000, blank=True, help_text=_("Goes to the complainant by letter.")
    )
    note = models.TextField(
        _("why closed"), max_length=1000, blank=True, help_text=_("For the editors; nobody is sent it.")
    )

    class Meta:
        ordering = ("due_at", "pk")
        verbose_name = _("formal complaint")
        verbose_name_plural = _("formal complaints")
        indexes = [models.Index(fields=["due_at"], condition=Q(state="open"), name="complaint_open")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ComplaintKind.values), name="complaint_kind_is_known"),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(address="") & ~Q(passage="") & ~Q(why=""), name="complaint_says_who_what_why"
            ),
            models.CheckConstraint(condition=Q(due_at__gt=F("at")), name="complaint_is_due_later"),
            models.CheckConstraint(
                condition=Q(state="open", ended_at__isnull=True, answer="", note="")
                | Q(state="answered", ended_at__isnull=False, note="") & ~Q(answer="")
                | Q(state="closed", ended_at__isnull=False, answer="") & ~Q(note=""),
                name="complaint_is_open_answered_or_closed",
            ),
        ]

    def __str__(self) -> str:
        return self.name
