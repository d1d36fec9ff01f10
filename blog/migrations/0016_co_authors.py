"""Sign-offs that are bound to the byline as well, the day by which they are due, and corrections proposed by writers."""

import hashlib
import json

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def bind_sign_offs(apps, schema_editor):
    """Bind the sign-offs that there are to the byline as it is; what changed it before has removed those it voided."""
    posts = {}
    sign_off, byline = apps.get_model("blog", "SignOff"), apps.get_model("blog", "Byline")
    for given in sign_off.objects.order_by("pk").iterator():
        if given.post_id not in posts:
            rows = byline.objects.filter(post_id=given.post_id).select_related("author").order_by("position")
            # As blog.editorial.names.bylines.hash_of has it
            names = [[b.author_id, b.author.name, b.author.is_pen_name, b.role, b.organisation] for b in rows]
            posts[given.post_id] = hashlib.sha256(json.dumps(names).encode()).hexdigest()
        sign_off.objects.filter(pk=given.pk).update(byline_hash=posts[given.post_id])


KINDS = [
    ('begin', 'Begun'), ('submit', 'Sent to the editor'), ('take_back', 'Taken back by the writer'), ('ask_for_changes', 'Changes asked for'), ('accept', 'Accepted, proof made'), ('decline', 'Declined'), ('reconsider', 'Decision taken back'), ('sign_off', 'Signed off'), ('go_ahead', 'Made ready without the sign-off'), ('ask_for_correction', 'Correction asked for'), ('sign_again', 'Byline changed, to be signed off again'), ('edit', 'Taken back for editing'), ('finish', 'Made ready'), ('publish', 'Published'), ('unschedule', 'Unscheduled'), ('correct', 'Corrected'), ('retract', 'Retracted'), ('reinstate', 'Reinstated'), ('withdraw', 'Withdrawn'), ('reopen', 'Reopened'),
]


class Migration(migrations.Migration):

    dependencies = [
        ('blog', '0015_notes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='byline',
            name='is_confirmed',
            field=models.BooleanField(default=True, help_text='Empty until an invited writer has said how to appear.', verbose_name='chosen by the writer'),
        ),
        migrations.AddField(
            model_name='post',
            name='proof_due_date',
            field=models.DateField(blank=True, null=True, verbose_name='sign-off due'),
        ),
        migrations.AddField(
            model_name='post',
            name='has_former_names',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.CreateModel(
            name='FormerName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('left_at', models.DateTimeField(verbose_name='when')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='former_names', to='blog.author')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_names', to='blog.post')),
            ],
            options={
                'verbose_name': 'former name',
                'verbose_name_plural': 'former names',
                'ordering': ('left_at', 'pk'),
            },
        ),
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
        migrations.RemoveConstraint(
            model_name='signoff',
            name='author_signs_off_a_text_once',
        ),
        migrations.AddField(
            model_name='signoff',
            name='byline_hash',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='signoff',
            name='voided_at',
            field=models.DateTimeField(null=True, verbose_name='voided'),
        ),
        migrations.AddConstraint(
            model_name='signoff',
            constraint=models.UniqueConstraint(condition=models.Q(('voided_at__isnull', True)), fields=('author', 'revision'), name='author_signs_off_a_text_once'),
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('block', models.PositiveIntegerField(blank=True, null=True, verbose_name='paragraph')),
                ('passage', models.TextField(blank=True, verbose_name='the paragraph’s words')),
                ('wrong', models.TextField(max_length=2000, verbose_name='what is wrong')),
                ('wanted', models.TextField(blank=True, max_length=2000, verbose_name='what it should say')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('answer', models.CharField(choices=[('waiting', 'Waits for the editors'), ('taken', 'Taken up'), ('refused', 'Not taken up')], default='waiting', max_length=10, verbose_name='answer')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='answered')),
                ('reason', models.TextField(blank=True, max_length=2000, verbose_name='reason')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='blog.post')),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='blog.revision')),
            ],
            options={
                'verbose_name': 'proposed correction',
                'verbose_name_plural': 'proposed corrections',
                'ordering': ('at', 'pk'),
            },
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('wrong', ''), _negated=True), name='proposal_says_what_is_wrong'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('answer__in', ['waiting', 'taken', 'refused'])), name='proposal_answer_is_known'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', 'waiting'), ('answered_at__isnull', True)), models.Q(models.Q(('answer', 'waiting'), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='proposal_has_a_date_once_it_is_answered'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', 'refused'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='refused_proposal_has_a_reason'),
        ),
        migrations.RunPython(bind_sign_offs, migrations.RunPython.noop, elidable=True),
    ]
