from django.db import migrations, models
from django.db.models import F, Q


def let_the_worker_make_them(apps, schema_editor):
    """Pictures that were taken in before have no renditions yet."""
    apps.get_model("blog", "Picture").objects.update(renditions_due_at=F("uploaded_at"))


class Migration(migrations.Migration):

    dependencies = [
        ("blog", "0006_the_four_pages"),
    ]

    operations = [
        migrations.AddField("picture", "renditions", models.JSONField(default=dict, editable=False)),
        migrations.AddField("picture", "renditions_due_at", models.DateTimeField(editable=False, null=True)),
        migrations.AddField("picture", "claimed_until", models.DateTimeField(editable=False, null=True)),
        migrations.AddField("picture", "attempts", models.PositiveSmallIntegerField(default=0, editable=False)),
        migrations.AddField("picture", "last_error", models.CharField(blank=True, editable=False, max_length=1000)),
        migrations.AddIndex("picture", models.Index(fields=["file"], name="picture_by_file")),
        migrations.AddIndex(
            "picture",
            models.Index(
                condition=Q(renditions_due_at__isnull=False),
                fields=["renditions_due_at"],
                name="picture_by_due_renditions",
            ),
        ),
        migrations.RunPython(let_the_worker_make_them, migrations.RunPython.noop),
    ]
