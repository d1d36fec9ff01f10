"""The pages of the editors' desk that are looked at: each kind of page once, and its views."""

from django.urls import reverse

from tests.addresses import World, path_of

LISTS = [
    "post", "letter", "author", "series", "pitch", "hold", "letterwording", "savedreply", "checklistitem", "mailing",
    "subscription",
]  # fmt: skip
ROUTES = [
    "post_calendar", "post_day", "post_invite", "post_names", "post_particulars", "post_versions", "post_compare",
    "post_corrections", "hold_add", "hold_change", "pitch_change", "series_change", "series_parts", "letter_change",
    "letterwording_page", "savedreply_change", "checklistitem_change", "author_change", "author_merge", "post_edit",
    "mailing_change",
]  # fmt: skip


def pages_of_the_editors_desk(world: World) -> list[str]:
    """Return their addresses in this world, the review page with each of its views."""
    review = [reverse("admin:blog_post_change", args=[post.pk]) for post in (world.submitted, world.proof, world.out)]
    return [
        reverse("admin:index"),
        *review,
        *(f"{review[1]}?view={view}" for view in ("readers", "side")),
        *(reverse(f"admin:blog_{name}_changelist") for name in LISTS),
        *(path_of(f"admin:blog_{name}", world) for name in ROUTES),
        reverse("admin:accounts_user_changelist"),
        path_of("admin:accounts_user_change", world),
        f"{reverse('admin:blog_post_changelist')}?q=nothinglikeit",
    ]
