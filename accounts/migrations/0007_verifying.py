"""Verified public servants: the list of domains, with what it begins with, badges, and codes.

The list begins with the names that are given to public bodies alone, as the guidance "Get a .gov.uk domain name"
(https://www.gov.uk/guidance/check-if-your-organisation-can-get-a-govuk-domain-name) says who may have one and which
others are used where it is not: gov.scot, gov.wales and llyw.cymru, nhs.uk, police.uk, mod.uk. `docs/decisions/26` says
what was left out, and why: nhs.net, ac.uk, sch.uk, parliament.uk.
"""

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

BEGINNING = {
    "gov.uk": "Government departments, agencies, councils, fire services, and their partnerships",
    "gov.scot": "The Scottish Government and its agencies",
    "gov.wales": "The Welsh Government",
    "llyw.cymru": "The Welsh Government, in Welsh",
    "nhs.uk": "Trusts and boards of the NHS",
    "nhs.scot": "The NHS in Scotland",
    "nhs.wales": "The NHS in Wales",
    "hscni.net": "Health and social care in Northern Ireland",
    "police.uk": "Police forces",
    "mod.uk": "The Ministry of Defence and the armed forces",
}


def begin_the_list(apps, schema_editor):
    model = apps.get_model("accounts", "ListedDomain")
    at = timezone.now()
    model.objects.bulk_create(model(domain=domain, note=note, listed_at=at) for domain, note in BEGINNING.items())


class Migration(migrations.Migration):
    dependencies = [
        ("account", "0009_emailaddress_unique_primary_email"),
        ("accounts", "0006_own_data"),
    ]

    operations = [
        migrations.CreateModel(
            name="ListedDomain",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("domain", models.CharField(max_length=253, unique=True, verbose_name="domain")),
                ("note", models.TextField(blank=True, max_length=500, verbose_name="who has an address there")),
                ("listed_at", models.DateTimeField(verbose_name="listed")),
                ("taken_off_at", models.DateTimeField(blank=True, null=True, verbose_name="taken off the list")),
            ],
            options={
                "verbose_name": "domain of public bodies",
                "verbose_name_plural": "domains of public bodies",
                "ordering": ("domain",),
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("domain", django.db.models.functions.text.Lower("domain")),
                            ("domain__contains", "."),
                            models.Q(("domain__contains", "@"), _negated=True),
                        ),
                        name="listed_domain_is_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BadgeCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code_hash", models.CharField(max_length=64)),
                ("sent_at", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                (
                    "address",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="account.emailaddress"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "code for a badge",
                "verbose_name_plural": "codes for badges",
                "default_permissions": (),
                "indexes": [models.Index(fields=["user", "-sent_at"], name="badge_code_of_an_account")],
            },
        ),
        migrations.CreateModel(
            name="Badge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mailbox", models.EmailField(max_length=254, unique=True)),
                ("confirmed_at", models.DateTimeField()),
                ("lapses_at", models.DateTimeField()),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "address",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="account.emailaddress"
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="badge", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "domain",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.listeddomain"
                    ),
                ),
            ],
            options={
                "verbose_name": "badge",
                "verbose_name_plural": "badges",
                "default_permissions": (),
                "indexes": [models.Index(fields=["lapses_at"], name="badge_by_its_end")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("lapses_at__gt", models.F("confirmed_at"))),
                        name="badge_lapses_once_confirmed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("mailbox", django.db.models.functions.text.Lower("mailbox"))),
                        name="mailbox_is_lower_case",
                    ),
                ],
            },
        ),
        migrations.RunPython(begin_the_list, migrations.RunPython.noop),
    ]
