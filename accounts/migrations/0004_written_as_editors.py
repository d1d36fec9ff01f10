"""Comments keep whether their writer was an editor then; those that are there take it from what is so now."""

from django.db import migrations, models
from django.db.models import Q


def mark_editors(apps, schema_editor):
    granted = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="blog", codename="edit_pieces"
    )
    users = apps.get_model("accounts", "User").objects.filter(is_active=True).filter(
        Q(groups__permissions__in=granted) | Q(user_permissions__in=granted) | Q(is_superuser=True)
    )
    comments = apps.get_model("accounts", "Comment").objects.filter(author__isnull=True)
    comments.filter(user__in=users.values("pk")).update(is_by_editor=True)


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0003_comments_by_time"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.AddField(
            model_name="comment",
            name="is_by_editor",
            field=models.BooleanField(
                default=False, help_text="When it was written.", verbose_name="by an editor"
            ),
        ),
        migrations.RunPython(mark_editors, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(("author__isnull", True), ("is_by_editor", False), _connector="OR"),
                name="byline_says_nothing_else",
            ),
        ),
    ]
