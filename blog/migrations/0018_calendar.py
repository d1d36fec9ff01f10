"""Holds, which pieces are exempt from them, and moving a scheduled piece to another time."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KINDS = [
    ('begin', 'Begun'), ('submit', 'Sent to the editor'), ('take_back', 'Taken back by the writer'), ('ask_for_changes', 'Changes asked for'), ('accept', 'Accepted, proof made'), ('decline', 'Declined'), ('reconsider', 'Decision taken back'), ('sign_off', 'Signed off'), ('go_ahead', 'Made ready without the sign-off'), ('ask_for_correction', 'Correction asked for'), ('sign_again', 'Byline changed, to be signed off again'), ('edit', 'Taken back for editing'), ('finish', 'Made ready'), ('publish', 'Published'), ('reschedule', 'Moved to another time'), ('unschedule', 'Unscheduled'), ('correct', 'Corrected'), ('retract', 'Retracted'), ('reinstate', 'Reinstated'), ('withdraw', 'Withdrawn'), ('reopen', 'Reopened'),
]


class Migration(migrations.Migration):

    dependencies = [
        ('blog', '0017_pitches'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='move',
            name='move_kind_is_known',
        ),
        migrations.AlterField(
            model_name='move',
            name='kind',
            field=models.CharField(choices=KINDS, max_length=20, verbose_name='move'),
        ),
        migrations.AddConstraint(
            model_name='move',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', [kind for kind, _label in KINDS])), name='move_kind_is_known'),
        ),
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('reason', models.TextField(help_text='Editors read it when they plan a piece.', max_length=1000, verbose_name='reason')),
                ('begins_at', models.DateTimeField(verbose_name='from')),
                ('ends_at', models.DateTimeField(help_text='The first moment that is no longer in it.', verbose_name='to')),
                ('covers_everything', models.BooleanField(default=True, verbose_name='all categories')),
                ('made_at', models.DateTimeField(verbose_name='made')),
                ('categories', models.ManyToManyField(blank=True, related_name='holds', to='blog.category', verbose_name='only these categories')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'hold',
                'verbose_name_plural': 'holds',
                'ordering': ('-begins_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='HoldExemption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(max_length=1000, verbose_name='reason')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('hold', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exemptions', to='blog.hold')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hold_exemptions', to='blog.post')),
            ],
            options={
                'verbose_name': 'exemption from a hold',
                'verbose_name_plural': 'exemptions from holds',
                'ordering': ('at', 'pk'),
                'default_permissions': (),
            },
        ),
        migrations.AddIndex(
            model_name='hold',
            index=models.Index(fields=['ends_at', 'begins_at'], name='hold_by_time'),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='hold_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='hold_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('begins_at'))), name='hold_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='holdexemption',
            constraint=models.UniqueConstraint(fields=('hold', 'post'), name='piece_is_exempt_from_a_hold_once'),
        ),
        migrations.AddConstraint(
            model_name='holdexemption',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='exemption_has_a_reason'),
        ),
    ]
