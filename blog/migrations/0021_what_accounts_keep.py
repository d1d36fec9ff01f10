from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0020_word_files"),
    ]

    operations = []
