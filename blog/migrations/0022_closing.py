from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0021_what_accounts_keep"),
    ]

    operations = [
        migrations.AddField(
            model_name="category",
            name="comments_close_after",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Counted from a piece’s publication. Empty: as the masthead has it. 0: never.",
                null=True,
                verbose_name="comments close after, in days",
            ),
        ),
        migrations.AddField(
            model_name="masthead",
            name="comments_close_after",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text=(
                    "Counted from a piece’s publication. Empty: never. "
                    "A category or a piece can have a number of its own."
                ),
                null=True,
                verbose_name="comments close after, in days",
            ),
        ),
        migrations.AddField(
            model_name="post",
            name="comment_pages",
            field=models.PositiveSmallIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="post",
            name="comments_close_after",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Empty: as its category and the blog have it. 0: never.",
                null=True,
                verbose_name="comments close after, in days",
            ),
        ),
        migrations.AddField(
            model_name="post",
            name="comments_closed_at",
            field=models.DateTimeField(
                blank=True, editable=False, help_text="When an editor closed the comments by hand.", null=True
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(("comments_open", False), ("comments_closed_at__isnull", True), _connector="OR"),
                name="open_comments_are_not_closed",
            ),
        ),
    ]
