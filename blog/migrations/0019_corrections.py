import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('blog', '0018_calendar'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Merger',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('slug', models.CharField(max_length=140, verbose_name='address')),
                ('pieces', models.PositiveIntegerField(verbose_name='pieces')),
                ('at', models.DateTimeField(verbose_name='when')),
            ],
            options={
                'verbose_name': 'merger of names',
                'verbose_name_plural': 'mergers of names',
                'ordering': ('-at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='Withholding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(max_length=1000, verbose_name='reason')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('given_back_at', models.DateTimeField(null=True, verbose_name='given back')),
            ],
            options={
                'verbose_name': 'withheld text',
                'verbose_name_plural': 'withheld texts',
                'ordering': ('at', 'pk'),
            },
        ),
        migrations.AlterModelOptions(
            name='correction',
            options={'ordering': ('at', 'pk'), 'verbose_name': 'correction', 'verbose_name_plural': 'corrections'},
        ),
        migrations.RemoveConstraint(
            model_name='correction',
            name='correction_has_a_note',
        ),
        migrations.AddField(
            model_name='correction',
            name='is_withheld',
            field=models.BooleanField(default=False, verbose_name='earlier text withheld'),
        ),
        migrations.AddField(
            model_name='correction',
            name='kind',
            field=models.CharField(choices=[('typo', 'Typo'), ('correction', 'Correction'), ('clarification', 'Clarification'), ('update', 'Update'), ('retraction', 'Retraction')], default='correction', editable=False, max_length=20, verbose_name='kind'),
        ),
        migrations.AddField(
            model_name='correction',
            name='lifted_at',
            field=models.DateTimeField(null=True, verbose_name='lifted'),
        ),
        migrations.AddField(
            model_name='correction',
            name='shows_title',
            field=models.BooleanField(default=True, verbose_name='names the piece'),
        ),
        migrations.AlterField(
            model_name='correction',
            name='corrected',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='blog.revision'),
        ),
        migrations.AlterField(
            model_name='correction',
            name='earlier',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='blog.revision'),
        ),
        migrations.AlterField(
            model_name='correction',
            name='note',
            field=models.TextField(blank=True, max_length=1000, verbose_name='note to readers'),
        ),
        migrations.AddIndex(
            model_name='correction',
            index=models.Index(fields=['-at', '-id'], name='correction_by_age'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('note', ''), _negated=True), ('kind', 'retraction'), _connector='OR'), name='correction_has_a_note'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['typo', 'correction', 'clarification', 'update', 'retraction'])), name='correction_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('corrected__isnull', True), ('earlier__isnull', True), ('kind', 'retraction')), models.Q(models.Q(('kind', 'retraction'), _negated=True), ('corrected__isnull', False), ('earlier__isnull', False)), _connector='OR'), name='retraction_alone_changes_no_text'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(('lifted_at__isnull', True), ('kind', 'retraction'), _connector='OR'), name='retraction_alone_is_lifted'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'retraction'), ('lifted_at__isnull', True)), fields=('post',), name='piece_is_retracted_once_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(('is_withheld', False), ('kind__in', ['clarification', 'correction', 'update']), _connector='OR'), name='only_a_readable_text_is_withheld'),
        ),
        migrations.AddField(
            model_name='merger',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='merger',
            name='kept',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mergers', to='blog.author', verbose_name='merged into'),
        ),
        migrations.AddField(
            model_name='withholding',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='withholding',
            name='correction',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='withholdings', to='blog.correction'),
        ),
        migrations.AddField(
            model_name='withholding',
            name='given_back_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='merger',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('slug', ''), _negated=True)), name='merger_says_which_name_is_gone'),
        ),
        migrations.AddConstraint(
            model_name='withholding',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='withholding_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='withholding',
            constraint=models.UniqueConstraint(condition=models.Q(('given_back_at__isnull', True)), fields=('correction',), name='earlier_text_is_withheld_once_at_a_time'),
        ),
    ]
