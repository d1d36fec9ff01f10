"""Whether those who moderate were reminded of a formal complaint whose clock runs out."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0009_moderation")]

    operations = [
        migrations.AddField(
            model_name="complaint",
            name="reminded_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="reminded"),
        ),
    ]
