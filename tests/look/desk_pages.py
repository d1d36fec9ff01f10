"""The pages of the editors' desk that are looked at: each kind of page once, and its views."""

import datetime as dt

from django.urls import reverse

from accounts.commenting import editing, moderation, reporting
from accounts.models import Comment
from tests.addresses import path_of
from tests.world import World

LISTS = [
    "post", "letter", "author", "series", "pitch", "hold", "letterwording", "savedreply", "checklistitem", "mailing",
    "subscription", "archive",
]  # fmt: skip
ROUTES = [
    "post_calendar", "post_day", "post_invite", "post_names", "post_particulars", "post_versions", "post_compare",
    "post_corrections", "hold_add", "hold_change", "pitch_change", "series_change", "series_parts", "letter_change",
    "letterwording_page", "savedreply_change", "checklistitem_change", "author_change", "author_merge", "post_edit",
    "mailing_change", "archive_change",
]  # fmt: skip
OF_MODERATION = [
    "comment_changelist", "commentdecision_changelist", "accountblock_changelist", "complaint_changelist",
    "complaint_change", "listedword_changelist", "listedword_add", "listeddomain_changelist", "listeddomain_change",
    "moderationrules_change", "comment_picture", "user_second_factors",
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


def make_decided(world: World, *, at: dt.datetime) -> None:
    """Have comments of the world changed, reported and decided about, so that every part of their pages is there."""
    editor, other = world.users["editor"], world.users["other guest"]
    words = {"words": "It is no fact.", "at": at}
    reporting.report_comment(comment=world.comment, kind="abuse", by=world.users["guest"], **words)
    moderation.keep(comment=world.comment, by=editor, to_reporters="It is an opinion.", at=at)
    Comment.objects.filter(pk=world.comment.pk).update(written_at=at)
    world.comment.refresh_from_db()
    editing.edit(comment=world.comment, text="So did they.", seen=0, by=world.reader, at=at)
    reporting.report_comment(comment=world.comment, kind="other", by=other, **words)


def pages_of_moderation(world: World) -> list[str]:
    """Return the addresses of what editors do about comments, complaints and accounts."""
    waiting = Comment.objects.get(user=world.users["blocked"])
    pages = [reverse("admin:accounts_comment_change", args=[one.pk]) for one in (world.comment, waiting)]
    return [
        *(f"{page}?queue=1" for page in pages),
        *(path_of(f"admin:accounts_{name}", world) for name in OF_MODERATION),
        f"{reverse('admin:accounts_commentdecision_changelist')}?q=nothinglikeit",
    ]
