"""The rules of moderation, the listed words, and the logs of decisions and blocks."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.commenting.permissions import is_moderator, sets_rules
from accounts.commenting.screening import MOST_WORDS, folded
from accounts.models import AccountBlock, Comment, CommentDecision, ListedWord, ModerationRules, User
from blog.admin.access import EditorsAdmin, ReadOnlyAdmin, user_of
from blog.editorial.permissions import in_limits
from blog.prose import clean_line

if TYPE_CHECKING:
    RulesModelForm = forms.ModelForm[ModerationRules]
    WordModelForm = forms.ModelForm[ListedWord]
else:
    RulesModelForm = WordModelForm = forms.ModelForm

MOST_FOLDED = 200  # What the column takes
AT_LEAST_ONE = ("account_a_minute", "site_a_minute", "reports_to_hold", "complaint_hours")


class RulesForm(RulesModelForm):
    """The rules, each a number."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in AT_LEAST_ONE:
            field = self.fields[name]
            field.min_value = 1  # type: ignore[attr-defined]  # Of an IntegerField
            field.widget.attrs["min"] = 1

    def clean(self) -> dict[str, Any]:
        """Refuse a nought where nothing would happen any more."""
        cleaned = super().clean() or self.cleaned_data
        for name in AT_LEAST_ONE:
            if cleaned.get(name) == 0:
                self.add_error(name, ValidationError(_("Write a number from 1 on.")))
        return cleaned


@admin.register(ModerationRules)
class ModerationRulesAdmin(EditorsAdmin[ModerationRules]):
    """One row, changed by those who look after all comments; until they do, it shows the defaults."""

    form = RulesForm
    fieldsets = (
        (gettext_lazy("Which comments wait"), {"fields": ("trusted_after", "most_links")}),
        (gettext_lazy("Floods"), {"fields": ("account_a_minute", "site_a_minute")}),
        (gettext_lazy("Reports and complaints"), {"fields": ("reports_to_hold", "reporter_days", "complaint_hours")}),
    )

    def lets_in(self, user: User) -> bool:
        """Show it to those whose work is not limited to some categories."""
        return sets_rules(user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let nobody add to it. Every page of the admin asks, so nothing is looked up."""
        return False

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> ModerationRules | None:
        """Return the row, or the defaults while none is saved."""
        return ModerationRules.current() if object_id == "1" else None

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Lead to the one row."""
        if request.method in {"GET", "HEAD"} and self.has_view_permission(request):
            return redirect("admin:accounts_moderationrules_change", 1)
        return super().changelist_view(request, extra_context)

    def save_model(self, request: HttpRequest, obj: ModerationRules, form: Any, change: bool) -> None:  # noqa: FBT001  Django passes it so
        """Keep it as the one row."""
        obj.pk = 1
        super().save_model(request, obj, form, change)


class WordForm(WordModelForm):
    """A listed word, cleaned, and compared as comments are."""

    def clean_words(self) -> str:
        """Return the words; refuse what is none, too many, or listed already."""
        words = clean_line(self.cleaned_data["words"])
        found = folded(words)
        if not found:
            raise ValidationError(_("Write a word with letters or figures in it."))
        if len(found) > MOST_WORDS:
            raise ValidationError(_("Write at most {most} words in a row.").format(most=MOST_WORDS))
        together = " ".join(found)
        if len(together) > MOST_FOLDED:
            raise ValidationError(_("This is too long."))
        if ListedWord.objects.filter(folded=together).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("This is on the list already."))
        self.instance.folded = together
        return words


@admin.register(ListedWord)
class ListedWordAdmin(EditorsAdmin[ListedWord]):
    """Words with which a comment waits. Whole words are compared, whatever their capitals and accents."""

    form = WordForm
    list_display = ("words",)
    search_fields = ("words",)
    empty_words = gettext_lazy("No words yet. A comment with a word from this list waits for an editor.")

    def lets_in(self, user: User) -> bool:
        """Show it to those whose work is not limited to some categories."""
        return sets_rules(user)

    def has_delete_permission(self, request: HttpRequest, obj: ListedWord | None = None) -> bool:
        """Let them remove a word: nothing refers to it."""
        return self.has_module_permission(request)


@admin.register(CommentDecision)
class CommentDecisionAdmin(ReadOnlyAdmin[CommentDecision]):
    """The log: who decided what about which comment, when and why."""

    list_display = ("at", "kind", "comment_line", "was", "reason", "by")
    list_display_links = None
    list_filter = ("kind", "at")
    search_fields = ("reason",)
    search_help_text = gettext_lazy("Words of the reason")
    ordering = ("-at", "-pk")
    empty_words = gettext_lazy("Nothing was decided yet. Every decision about a comment is written down here.")

    def lets_in(self, user: User) -> bool:
        """Show it to moderators."""
        return is_moderator(user)

    def get_queryset(self, request: HttpRequest) -> QuerySet[CommentDecision]:
        """Bring along what a line shows, within the editor's limits."""
        rows = CommentDecision.objects.select_related("by", "comment__user", "comment__author")
        return rows.filter(in_limits(user_of(request), of="comment__post"))

    def get_urls(self) -> list[URLPattern]:
        """Give the list alone."""
        return [path("", self.admin_site.admin_view(self.changelist_view), name="accounts_commentdecision_changelist")]

    @admin.display(description=gettext_lazy("comment"))
    def comment_line(self, decision: CommentDecision) -> str:
        """Show the beginning of the comment under the name that readers see, and lead to its page."""
        comment = decision.comment
        url = reverse("admin:accounts_comment_change", args=[comment.pk])
        words = _("{name}: “{words}”").format(name=comment.public_name, words=Truncator(comment.text).chars(80))
        return format_html('<a href="{}">{}</a>', url, words)


@admin.register(AccountBlock)
class AccountBlockAdmin(ReadOnlyAdmin[AccountBlock]):
    """Every block: of whom, from when until when, why, by whom, and who lifted it."""

    list_display = ("account_line", "at", "until", "reason", "by", "ended_at", "ended_by")
    list_display_links = None
    list_filter = ("at",)
    ordering = ("-at", "-pk")
    list_select_related = ("user", "by", "ended_by")
    empty_words = gettext_lazy("Nobody was blocked yet. An account is blocked beside a comment of its own.")

    def lets_in(self, user: User) -> bool:
        """Show it to moderators."""
        return is_moderator(user)

    def get_urls(self) -> list[URLPattern]:
        """Give the list alone."""
        return [path("", self.admin_site.admin_view(self.changelist_view), name="accounts_accountblock_changelist")]

    def get_queryset(self, request: HttpRequest) -> QuerySet[AccountBlock]:
        """Bring along the last comment under the account's own name, beside which a block is lifted."""
        own = Comment.objects.filter(in_limits(user_of(request), of="post"), user=OuterRef("user"), author=None)
        return super().get_queryset(request).annotate(beside=Subquery(own.order_by("-pk").values("pk")[:1]))

    @admin.display(description=gettext_lazy("account"))
    def account_line(self, block: AccountBlock) -> str:
        """Show the name, and lead to a comment beside which the block can be lifted, if the editor may see one."""
        beside = getattr(block, "beside", None)
        if beside is None:
            return str(block.user)
        return format_html('<a href="{}">{}</a>', reverse("admin:accounts_comment_change", args=[beside]), block.user)
