import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_signing_in"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptBlock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("blocked_at", models.DateTimeField(verbose_name="blocked")),
                ("until", models.DateTimeField(blank=True, null=True, verbose_name="until")),
                ("reason", models.TextField(max_length=500, verbose_name="reason")),
            ],
            options={
                "verbose_name": "block of an erased account",
                "verbose_name_plural": "blocks of erased accounts",
                "ordering": ("blocked_at", "pk"),
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="kept_block_has_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("address_hash", ""), _negated=True), name="kept_block_has_a_hash"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountPicture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.FileField(upload_to="faces", verbose_name="file")),
                ("taken_in_at", models.DateTimeField(verbose_name="uploaded")),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="picture",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
            ],
            options={
                "verbose_name": "picture of an account",
                "verbose_name_plural": "pictures of accounts",
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("file", ""), _negated=True), name="account_picture_has_a_file"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PictureTakenAway",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField(max_length=1000, verbose_name="reason")),
                ("at", models.DateTimeField(verbose_name="when")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pictures_taken_away",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
            ],
            options={
                "verbose_name": "picture taken away",
                "verbose_name_plural": "pictures taken away",
                "ordering": ("at", "pk"),
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="picture_taken_away_has_a_reason"
                    )
                ],
            },
        ),
    ]
