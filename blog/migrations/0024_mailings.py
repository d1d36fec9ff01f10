import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0023_subscriptions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Mailing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("announcement", "A new piece"), ("round_up", "Round-up of the week")],
                        max_length=15,
                        verbose_name="what",
                    ),
                ),
                ("day", models.DateField(null=True, verbose_name="day of the round-up")),
                ("since", models.DateTimeField(null=True, verbose_name="with the pieces since")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("sending", "Going out"),
                            ("done", "Gone out"),
                            ("held", "Held by an editor"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="goes out")),
                ("introduction", models.TextField(blank=True, max_length=2000, verbose_name="introduction")),
                ("prepared_at", models.DateTimeField(verbose_name="prepared")),
                ("queued_at", models.DateTimeField(null=True, verbose_name="begun")),
                ("done_at", models.DateTimeField(null=True, verbose_name="finished")),
                ("wait_until", models.DateTimeField(null=True, verbose_name="next try")),
                ("last_error", models.CharField(blank=True, max_length=300, verbose_name="last error")),
                ("recipients", models.PositiveIntegerField(default=0, verbose_name="recipients")),
                ("sent", models.PositiveIntegerField(default=0, verbose_name="sent")),
                ("skipped", models.PositiveIntegerField(default=0, verbose_name="not needed any more")),
                ("failed", models.PositiveIntegerField(default=0, verbose_name="failed")),
                ("unsure", models.PositiveIntegerField(default=0, verbose_name="unsure")),
                (
                    "post",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mailings",
                        to="blog.post",
                        verbose_name="piece",
                    ),
                ),
            ],
            options={
                "verbose_name": "mailing",
                "verbose_name_plural": "mailings",
                "ordering": ("-at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.EmailField(max_length=254, verbose_name="mail address")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Waiting"),
                            ("sending", "Being sent"),
                            ("sent", "Sent"),
                            ("skipped", "Not needed any more"),
                            ("failed", "Failed"),
                            ("unsure", "Sent or not"),
                        ],
                        default="queued",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="tries")),
                ("due_at", models.DateTimeField(verbose_name="next try")),
                ("claim", models.CharField(blank=True, editable=False, max_length=32)),
                ("claimed_until", models.DateTimeField(editable=False, null=True)),
                ("tried_at", models.DateTimeField(null=True, verbose_name="last try")),
                ("sent_at", models.DateTimeField(null=True, verbose_name="sent")),
                ("last_error", models.CharField(blank=True, max_length=300, verbose_name="last error")),
                (
                    "mailing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="deliveries", to="blog.mailing"
                    ),
                ),
            ],
            options={
                "verbose_name": "letter of a mailing",
                "verbose_name_plural": "letters of mailings",
                "ordering": ("pk",),
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="MailingAct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("hold", "Held"),
                            ("release", "Released"),
                            ("cancel", "Cancelled"),
                            ("change", "Changed"),
                            ("again", "Unsure and failed letters sent again"),
                            ("empty", "Cancelled, for there was nothing to send"),
                            ("late", "Cancelled, for it was too late"),
                        ],
                        max_length=10,
                        verbose_name="what",
                    ),
                ),
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
                    "mailing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="acts", to="blog.mailing"
                    ),
                ),
            ],
            options={
                "verbose_name": "act on a mailing",
                "verbose_name_plural": "acts on mailings",
                "ordering": ("at", "pk"),
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="MailingPiece",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="place")),
                ("is_left_out", models.BooleanField(default=False, verbose_name="left out")),
                (
                    "mailing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pieces", to="blog.mailing"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="blog.post"),
                ),
            ],
            options={
                "verbose_name": "piece in a round-up",
                "verbose_name_plural": "pieces in a round-up",
                "ordering": ("mailing_id", "position", "pk"),
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="RoundUpTime",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("weekday", models.PositiveSmallIntegerField(default=4, verbose_name="day")),
                ("hour", models.PositiveSmallIntegerField(default=9, verbose_name="hour")),
            ],
            options={
                "verbose_name": "time of the round-up",
                "verbose_name_plural": "time of the round-up",
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="there_is_one_round_up_time"),
                    models.CheckConstraint(
                        condition=models.Q(("hour__lte", 23), ("weekday__lte", 6)), name="round_up_time_exists"
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="mailing",
            index=models.Index(
                condition=models.Q(("state__in", ["planned", "sending"])),
                fields=["state", "at"],
                name="mailing_to_send",
            ),
        ),
        migrations.AddIndex(
            model_name="mailing",
            index=models.Index(fields=["-at", "-id"], name="mailing_by_date"),
        ),
        migrations.AddConstraint(
            model_name="mailing",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["planned", "sending", "done", "held", "cancelled"])),
                name="mailing_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="mailing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("day", None), ("kind", "announcement"), ("post__isnull", False), ("since", None)),
                    models.Q(("day__isnull", False), ("kind", "round_up"), ("post", None), ("since__isnull", False)),
                    _connector="OR",
                ),
                name="mailing_is_of_a_piece_or_of_a_week",
            ),
        ),
        migrations.AddConstraint(
            model_name="mailing",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "announcement")), fields=("post",), name="piece_is_announced_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="mailing",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "round_up")), fields=("day",), name="day_has_one_round_up"
            ),
        ),
        migrations.AddConstraint(
            model_name="mailing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["sending", "done"]), _negated=True),
                    ("queued_at__isnull", False),
                    _connector="OR",
                ),
                name="mailing_that_goes_out_has_begun",
            ),
        ),
        migrations.AddConstraint(
            model_name="mailing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at__isnull", False), ("state", "done")),
                    models.Q(models.Q(("state", "done"), _negated=True), ("done_at", None)),
                    _connector="OR",
                ),
                name="mailing_has_an_end_once_it_is_done",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["mailing", "state", "due_at"], name="delivery_to_send"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("tried_at__isnull", False)), fields=["tried_at"], name="delivery_by_try"
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["address"], name="delivery_by_address"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state", "sending")), fields=["claimed_until"], name="delivery_on_the_wire"
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["queued", "sending", "sent", "skipped", "failed", "unsure"])),
                name="delivery_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("address", ""), _negated=True), name="delivery_has_an_address"
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(fields=("mailing", "address"), name="address_gets_a_mailing_once"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sent_at__isnull", False), ("state", "sent")),
                    models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at", None)),
                    _connector="OR",
                ),
                name="delivery_has_a_date_once_it_is_sent",
            ),
        ),
        migrations.AddConstraint(
            model_name="mailingact",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["hold", "release", "cancel", "change", "again", "empty", "late"])),
                name="mailing_act_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="mailingpiece",
            constraint=models.UniqueConstraint(fields=("mailing", "post"), name="piece_is_once_in_a_round_up"),
        ),
    ]
