"""What is looked at before a piece goes out: the questions, who answered them, and what was left undone."""

from typing import TypeAlias

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DependsOn(models.TextChoices):
    """Which change of the text makes an earlier answer doubtful."""

    NOTHING = "nothing", _("nothing in the text")
    TEXT = "text", _("the text")
    PICTURES = "pictures", _("the pictures")


class ChecklistItem(models.Model):
    """A question that an editor answers by looking. What the machine can see is not asked (`editorial.checklists`)."""

    Depends: TypeAlias = DependsOn

    category = models.ForeignKey(
        "blog.Category",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="checklist",
        verbose_name=_("category"),
        help_text=_("Empty: asked for every piece."),
    )
    question = models.CharField(_("what must be true"), max_length=120, help_text=_("“The picture rights are settled”"))
    help = models.CharField(_("how to see it"), max_length=300, blank=True)
    depends_on = models.CharField(
        _("depends on"),
        max_length=10,
        choices=DependsOn,
        default=DependsOn.TEXT,
        help_text=_("A tick stays, but is marked when this has changed since. About pictures: asked only with some."),
    )
    is_for_writers = models.BooleanField(
        _("writers see it"), default=False, help_text=_("Under “Before you send it”, beside their text.")
    )
    position = models.PositiveSmallIntegerField(_("place in the list"), default=10)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("question of the checklist")
        verbose_name_plural = _("questions of the checklist")
        constraints = [
            models.CheckConstraint(condition=~Q(question=""), name="checklist_item_asks_something"),
            models.CheckConstraint(
                condition=Q(depends_on__in=DependsOn.values), name="checklist_item_depends_on_something_known"
            ),
        ]

    def __str__(self) -> str:
        return self.question


class Check(models.Model):
    """Somebody ticked a question for a piece, or took the tick off. The newest row holds."""

    post = models.ForeignKey("blog.Post", on_delete=models.PROTECT, related_name="checks")
    item = models.ForeignKey(ChecklistItem, on_delete=models.PROTECT, related_name="checks")
    revision = models.ForeignKey("blog.Revision", on_delete=models.PROTECT, null=True, related_name="+")
    is_ticked = models.BooleanField(_("ticked"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ("at", "pk")
        verbose_name = _("tick")
        verbose_name_plural = _("ticks")

    def __str__(self) -> str:
        return str(self.item)


class LeftUndone(models.Model):
    """What was still to do when a piece was published all the same."""

    move = models.OneToOneField("blog.Move", on_delete=models.PROTECT, related_name="left_undone")
    words = models.TextField(_("left undone"))

    class Meta:
        verbose_name = _("left undone")
        verbose_name_plural = _("left undone")
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="left_undone_says_what")]

    def __str__(self) -> str:
        return self.words[:60]
