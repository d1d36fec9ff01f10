import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('blog', '0019_corrections'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='WordFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('brought_at', models.DateTimeField(verbose_name='brought in')),
                ('pictures', models.PositiveIntegerField(default=0, verbose_name='pictures')),
                ('left_out', models.JSONField(blank=True, default=list, verbose_name='left out')),
                ('brought_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='word_files', to='blog.post')),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='blog.revision')),
            ],
            options={
                'verbose_name': 'Word file',
                'verbose_name_plural': 'Word files',
                'ordering': ('-brought_at', '-pk'),
                'constraints': [models.UniqueConstraint(fields=('revision',), name='revision_comes_from_one_word_file')],
            },
        ),
    ]
