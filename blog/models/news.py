"""What people hear of by letter: how often they want to, and each thing that they hear of, once."""

from typing import TypeAlias

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class HowOften(models.TextChoices):
    """When somebody wants to hear."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("In one letter a day")
    NEVER = "never", _("Not at all")


class LetterChoice(models.Model):
    """How often an account wants letters of one group. Without a row, what the group says holds."""

    HowOften: TypeAlias = HowOften

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="letter_choices")
    group = models.CharField(max_length=30)
    how_often = models.CharField(_("how often"), max_length=10, choices=HowOften)
    chosen_at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ("user_id", "group")
        verbose_name = _("choice of letters")
        verbose_name_plural = _("choices of letters")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["user", "group"], name="account_chooses_once_for_a_group"),
            models.CheckConstraint(condition=Q(how_often__in=HowOften.values), name="choice_of_letters_is_known"),
        ]

    def __str__(self) -> str:
        return self.get_how_often_display()


class News(models.Model):
    """One thing that one person hears of, once: in a letter of its own, or in the next digest.

    `key` names the thing, such as a comment; the fact that nobody hears of it twice is a constraint.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    group = models.CharField(max_length=30)
    key = models.CharField(max_length=80)
    sentence = models.CharField(max_length=500)
    path = models.CharField(max_length=500)
    at = models.DateTimeField()
    letter = models.ForeignKey("blog.Letter", on_delete=models.PROTECT, null=True, related_name="news")
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("at", "pk")
        verbose_name = _("news")
        verbose_name_plural = _("news")
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["user", "at"], condition=Q(letter__isnull=True, dropped_at__isnull=True), name="news_to_tell"
            ),
            models.Index(fields=["key"], name="news_by_key"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="news_is_told_once"),
            models.CheckConstraint(
                condition=Q(letter__isnull=True) | Q(dropped_at__isnull=True), name="news_is_told_or_dropped"
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Digest(models.Model):
    """That somebody has had the one letter of a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    day = models.DateField(_("day"))
    letter = models.OneToOneField("blog.Letter", on_delete=models.PROTECT, related_name="digest")

    class Meta:
        ordering = ("-day", "pk")
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="account_has_one_digest_a_day")]

    def __str__(self) -> str:
        return str(self.day)
