from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0022_closing"),
    ]

    operations = []
