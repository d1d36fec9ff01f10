"""Series, categories and tags: stock forms, with names and descriptions cleaned like every other text."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from blog.admin import series_parts
from blog.admin.access import EditorsAdmin, user_of
from blog.editorial import topics
from blog.editorial.permissions import is_publisher
from blog.editorial.upkeep import addresses
from blog.models import Category, Series, Tag
from blog.prose import clean_line, clean_text

if TYPE_CHECKING:
    TopicForm = forms.ModelForm[Any]
else:
    TopicForm = forms.ModelForm


class CleanForm(TopicForm):
    """A form whose one-line fields and descriptions are cleaned before they are checked for anything else."""

    lines = ("name", "title")
    texts = ("description",)

    def clean(self) -> dict[str, Any] | None:
        """Clean the texts, and refuse a name of which nothing is left."""
        cleaned = super().clean() or self.cleaned_data
        for field in self.lines:
            if field in cleaned:
                cleaned[field] = clean_line(cleaned[field])
                if not cleaned[field]:
                    self.add_error(field, ValidationError(_("Write a name that readers can see.")))
        kind = self._meta.model._meta.model_name or ""  # noqa: SLF001  Django’s own name for it
        if addresses.is_kept_by_other(kind=kind, slug=cleaned.get("slug", ""), target=self.instance.pk):
            self.add_error("slug", ValidationError(addresses.kept_by_another()))
        for field in self.texts:
            if field in cleaned:
                cleaned[field] = clean_text(cleaned[field])
        return cleaned


class TopicAdmin(EditorsAdmin[Any]):
    """What series, categories and tags have in common."""

    form = CleanForm

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let those who may publish remove one that no piece is in; the database refuses the others."""
        return is_publisher(user_of(request))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001  Django passes it so
        """Write the row in the editorial room."""
        topics.keep(topic=obj, by=user_of(request), at=timezone.now())

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Remove the row in the editorial room."""
        topics.remove(topic=obj, by=user_of(request), at=timezone.now())

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Remove the chosen rows in the editorial room, all or none."""
        by, at = user_of(request), timezone.now()
        with transaction.atomic():
            for topic in queryset:
                topics.remove(topic=topic, by=by, at=at)


@admin.register(Series)
class SeriesAdmin(TopicAdmin):
    """Series."""

    list_display = ("title", "slug", "planned_parts", "parts")
    search_fields = ("title",)
    prepopulated_fields = {"slug": ("title",)}

    @admin.display(description=gettext_lazy("parts"))
    def parts(self, series: Series) -> SafeString:
        """Lead to the page on which its parts are planned and numbered."""
        address = reverse("admin:blog_series_parts", args=[series.pk])
        return format_html('<a href="{}">{}<span class="vh"> {}</span></a>', address, _("Plan the parts"), series.title)

    def get_urls(self) -> list[URLPattern]:
        """Add the page of the parts."""
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/parts/", wrap(series_parts.parts_view), name="blog_series_parts"),
            path(
                "<int:pk>/parts/renumber/", wrap(require_POST(series_parts.renumber_view)), name="blog_series_renumber"
            ),
            *super().get_urls(),
        ]


@admin.register(Category)
class CategoryAdmin(TopicAdmin):
    """Categories."""

    list_display = ("name", "slug")
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Tag)
class TagAdmin(TopicAdmin):
    """Tags."""

    list_display = ("name", "slug")
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}
