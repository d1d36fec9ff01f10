from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_written_as_editors"),
    ]

    operations = []
