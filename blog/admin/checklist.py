"""The checklist in the admin: what is asked before a piece goes out, for every piece or for those of a category."""

from django.contrib import admin

from blog.admin.access import EditorsAdmin
from blog.admin.saved_replies import CleanForm
from blog.models import ChecklistItem


@admin.register(ChecklistItem)
class ChecklistItemAdmin(EditorsAdmin[ChecklistItem]):
    """The checklist. A question out of use stays with the pieces that it was ticked for."""

    form = CleanForm
    list_display = ("question", "category", "depends_on", "is_for_writers", "position", "is_active")
    list_filter = ("category", "is_active")
    search_fields = ("question",)
    list_select_related = ("category",)
    fields = ("question", "help", "category", "depends_on", "is_for_writers", "position", "is_active")
