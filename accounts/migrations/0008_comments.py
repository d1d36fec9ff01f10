"""Threads that remember what is answered, edits, deletion by the writer, and the pages of long discussions."""

import django.db.models.deletion
from django.db import migrations, models

FULL = 100  # As `accounts.commenting.placing` has it


def give_pages(apps, schema_editor):
    """Give the comments of long discussions their pages. Elsewhere none means the first."""
    comments = apps.get_model("accounts", "Comment").objects.filter(state="approved").order_by("written_at", "pk")
    posts = apps.get_model("blog", "Post").objects
    for post in posts.filter(comment_count__gt=FULL).values_list("pk", flat=True):
        sizes, pages = {1: 0}, {}
        rows = list(comments.filter(post=post).values_list("pk", "parent_id"))
        replies = {}
        for pk, parent in rows:
            replies.setdefault(parent, []).append(pk)
        tops = dict.fromkeys(parent or pk for pk, parent in rows)
        for top in tops:
            page = max(sizes)
            page += sizes[page] >= FULL
            thread = [top, *replies.get(top, [])]
            sizes[page] = sizes.get(page, 0) + len(thread)
            pages.setdefault(page, []).extend(thread)
        for page, pks in pages.items():
            for start in range(0, len(pks), 500):
                comments.model.objects.filter(pk__in=pks[start : start + 500]).update(page=page)
        posts.filter(pk=post).update(comment_pages=max(pages))


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_verifying"),
        ("blog", "0022_closing"),
    ]

    operations = [
        migrations.CreateModel(
            name="CommentEdit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=5000, verbose_name="earlier text")),
                ("at", models.DateTimeField(verbose_name="replaced")),
            ],
            options={
                "verbose_name": "earlier text of a comment",
                "verbose_name_plural": "earlier texts of comments",
                "ordering": ("at", "pk"),
            },
        ),
        migrations.RemoveConstraint(
            model_name="comment",
            name="comment_state_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="comment",
            name="comment_has_a_text",
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "deleted"), models.Q(("text", ""), _negated=True), _connector="OR"),
                name="comment_has_a_text",
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="deleted_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="taken away by its writer"),
        ),
        migrations.AddField(
            model_name="comment",
            name="edited_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="edited"),
        ),
        migrations.AddField(
            model_name="comment",
            name="page",
            field=models.PositiveSmallIntegerField(blank=True, editable=False, null=True, verbose_name="page"),
        ),
        migrations.AddField(
            model_name="comment",
            name="replied_to",
            field=models.ForeignKey(
                blank=True,
                help_text="The reply that this one answers, under the same comment.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answers",
                to="accounts.comment",
            ),
        ),
        migrations.AlterField(
            model_name="comment",
            name="state",
            field=models.CharField(
                choices=[
                    ("held", "With the editors"),
                    ("approved", "Approved"),
                    ("hidden", "Taken down"),
                    ("deleted", "Taken away by its writer"),
                ],
                default="held",
                max_length=10,
                verbose_name="state",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["held", "approved", "hidden", "deleted"])),
                name="comment_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(("replied_to__isnull", True), ("parent__isnull", False), _connector="OR"),
                name="answer_stands_under_a_comment",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("deleted_at__isnull", False), ("state", "deleted")),
                    models.Q(models.Q(("state", "deleted"), _negated=True), ("deleted_at__isnull", True)),
                    _connector="OR",
                ),
                name="deleted_comment_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("edited_at__isnull", True), ("edited_at__gte", models.F("written_at")), _connector="OR"
                ),
                name="edited_after_written",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(("page__isnull", True), ("page__gte", 1), _connector="OR"),
                name="comment_page_counts_from_one",
            ),
        ),
        migrations.AddField(
            model_name="commentedit",
            name="comment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="edits", to="accounts.comment"
            ),
        ),
        migrations.AddConstraint(
            model_name="commentedit",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="earlier_comment_has_a_text"
            ),
        ),
        migrations.RunPython(give_pages, migrations.RunPython.noop),
    ]
