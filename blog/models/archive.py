"""What came in from other systems: which archives, what became of each thing, and where it had been."""

from typing import TypeAlias

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Archive(models.Model):
    """A blog that came in from elsewhere. Bringing it again goes on where it was, and brings what is new.

    Written by `blog.editorial.arriving` alone. `name` tells archives apart: the old blog's address, or what the owner
    called it.
    """

    name = models.CharField(_("archive"), max_length=200, unique=True)
    system = models.CharField(_("system"), max_length=30)
    begun_at = models.DateTimeField(_("first brought"))
    finished_at = models.DateTimeField(_("last finished"), null=True, blank=True)
    # Counts and lines of the last report, as `blog.archive.report` writes it
    report = models.JSONField(default=dict, editable=False)

    class Meta:
        ordering = ("-begun_at", "-pk")
        verbose_name = _("archive")
        verbose_name_plural = _("archives")
        default_permissions = ("view",)
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="archive_has_a_name")]

    def __str__(self) -> str:
        return self.name


class ArrivalKind(models.TextChoices):
    """What came in. The values are the names of the models, but for comments, which another app holds."""

    AUTHOR = "author", _("author")
    CATEGORY = "category", _("category")
    TAG = "tag", _("tag")
    SERIES = "series", _("series")
    PICTURE = "picture", _("picture")
    DOCUMENT = "document", _("document")
    POST = "post", _("piece")
    PLAIN_PAGE = "plainpage", _("plain page")
    COMMENT = "comment", _("comment")


class Arrival(models.Model):
    """That one thing of an archive is here: under which key over there, and what it is here.

    `digest` is a SHA-256 of what came, or parts of several, so that coming again with the same changes nothing.
    """

    Kind: TypeAlias = ArrivalKind

    archive = models.ForeignKey(Archive, on_delete=models.PROTECT, related_name="arrivals")
    kind = models.CharField(max_length=20, choices=ArrivalKind)
    key = models.CharField(max_length=255)
    target = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("arrival")
        verbose_name_plural = _("arrivals")
        default_permissions = ()
        indexes = [models.Index(fields=["kind", "target"], name="arrival_by_what_it_is")]
        constraints = [
            models.UniqueConstraint(fields=["archive", "kind", "key"], name="thing_of_an_archive_comes_once"),
            models.CheckConstraint(condition=Q(kind__in=ArrivalKind.values), name="arrival_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class OldPath(models.Model):
    """A whole path that something had over there, where it is none of ours; it leads on for ever.

    `path` begins with a slash, without the host and decoded, with the question where that alone tells things apart
    (`/?p=7`). What it leads to is a key of the table that `kind` names, or, where `kind` is empty, the path `to`.
    Written by `blog.editorial.upkeep.old_paths` alone.
    """

    path = models.CharField(max_length=500, unique=True)
    kind = models.CharField(max_length=20, choices=ArrivalKind, blank=True)
    target = models.PositiveBigIntegerField(null=True)
    to = models.CharField(max_length=500, blank=True)
    kept_at = models.DateTimeField()

    class Meta:
        verbose_name = _("path from elsewhere")
        verbose_name_plural = _("paths from elsewhere")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(path__startswith="/"), name="old_path_begins_with_a_slash"),
            models.CheckConstraint(
                condition=Q(kind="", target__isnull=True, to__startswith="/")
                | ~Q(kind="") & Q(target__isnull=False, to=""),
                name="old_path_leads_to_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.path


class Document(models.Model):
    """A file that texts link to, such as a report, as it came in. Offered for saving, never shown as a page."""

    file = models.FileField(_("file"), upload_to="documents/%Y/%m/", max_length=300)
    name = models.CharField(_("name"), max_length=200)
    size = models.PositiveBigIntegerField(_("size, in bytes"))
    sha256 = models.CharField(max_length=64)
    came_at = models.DateTimeField(_("came in"))

    class Meta:
        ordering = ("-came_at", "-pk")
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="document_has_a_name")]

    def __str__(self) -> str:
        return self.name


class SuggestionKind(models.TextChoices):
    """What an archive's pieces look like they should be."""

    SERIES = "series", _("A series")
    INTRODUCTION = "introduction", _("An introduction by the blog")


class Suggestion(models.Model):
    """Something that was recognised in what came in, for an editor to take or leave. Never carried out by itself."""

    Kind: TypeAlias = SuggestionKind

    archive = models.ForeignKey(Archive, on_delete=models.PROTECT, related_name="suggestions")
    kind = models.CharField(_("what"), max_length=20, choices=SuggestionKind)
    # What tells it apart within its archive, so that it is made once and a refusal holds
    key = models.CharField(max_length=255)
    # As `blog.editorial.arriving.suggestions` writes it, by kind
    what = models.JSONField(default=dict, editable=False)
    made_at = models.DateTimeField(_("made"))
    is_taken = models.BooleanField(_("taken"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("archive_id", "pk")
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["archive", "kind", "key"], name="suggestion_is_made_once"),
            models.CheckConstraint(condition=Q(kind__in=SuggestionKind.values), name="suggestion_kind_is_known"),
            models.CheckConstraint(
                condition=Q(is_taken__isnull=True, decided_at__isnull=True)
                | Q(is_taken__isnull=False, decided_at__isnull=False),
                name="suggestion_is_decided_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.key}"
