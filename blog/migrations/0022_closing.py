from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0021_own_data"),
    ]

    operations = []
