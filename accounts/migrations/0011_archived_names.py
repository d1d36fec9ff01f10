import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_complaints_reminded"),
        ("blog", "0025_archive"),
    ]

    operations = [
        migrations.CreateModel(
            name="ArchivedName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("address", models.EmailField(blank=True, max_length=254, verbose_name="mail address")),
                ("left_at", models.DateTimeField(blank=True, null=True, verbose_name="left as it is")),
                (
                    "archive",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="blog.archive",
                        verbose_name="archive",
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="archived_name",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="placeholder",
                    ),
                ),
            ],
            options={
                "verbose_name": "name from an archive",
                "verbose_name_plural": "names from archives",
                "ordering": ("archive_id", "name", "pk"),
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        condition=models.Q(("address", ""), _negated=True),
                        fields=["address"],
                        name="archived_by_address",
                    ),
                    models.Index(fields=["archive", "name"], name="archived_by_name"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="archived_name_is_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("address", django.db.models.functions.text.Lower("address"))),
                        name="archived_address_is_lower_case",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("address", ""), _negated=True),
                        fields=("archive", "name", "address"),
                        name="archived_once_by_address",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TakenOver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("comments", models.PositiveIntegerField(verbose_name="comments")),
                ("at", models.DateTimeField(verbose_name="when")),
                (
                    "archive",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="blog.archive",
                        verbose_name="archive",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="taken_over",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
            ],
            options={
                "verbose_name": "comments taken over",
                "verbose_name_plural": "comments taken over",
                "ordering": ("at", "pk"),
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="taken_over_from_a_name"
                    )
                ],
            },
        ),
    ]
