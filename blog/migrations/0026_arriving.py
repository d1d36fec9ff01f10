from django.db import migrations, models

STATES = [
    "drafting",
    "submitted",
    "changes_requested",
    "in_proof",
    "ready",
    "published",
    "retracted",
    "withdrawn",
    "declined",
]


class Migration(migrations.Migration):
    dependencies = [("blog", "0025_archive")]

    operations = [
        migrations.RemoveConstraint(model_name="move", name="only_the_beginning_comes_from_no_state"),
        migrations.AddConstraint(
            model_name="move",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_state", ""), ("kind__in", ["begin", "bring_in"]))
                | models.Q(models.Q(("kind", "begin"), _negated=True), ("from_state__in", STATES)),
                name="only_the_beginning_comes_from_no_state",
            ),
        ),
    ]
