import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('blog', '0012_order_by_keys'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Digest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='day')),
            ],
            options={
                'verbose_name': 'digest',
                'verbose_name_plural': 'digests',
                'ordering': ('-day', 'pk'),
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='LetterAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('hold', 'Held'), ('release', 'Released'), ('hurry', 'Sent without waiting'), ('change', 'Changed'), ('cancel', 'Cancelled'), ('overtake', 'Cancelled, because the piece has moved on')], max_length=10, verbose_name='what')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('reason', models.TextField(blank=True, max_length=1000, verbose_name='reason')),
                ('earlier_subject', models.CharField(blank=True, max_length=250, verbose_name='subject before')),
                ('earlier_text', models.TextField(blank=True, verbose_name='text before')),
            ],
            options={
                'verbose_name': 'act on a letter',
                'verbose_name_plural': 'acts on letters',
                'ordering': ('at', 'pk'),
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='LetterChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('group', models.CharField(max_length=30)),
                ('how_often', models.CharField(choices=[('at_once', 'At once'), ('daily', 'In one letter a day'), ('never', 'Not at all')], max_length=10, verbose_name='how often')),
                ('chosen_at', models.DateTimeField(verbose_name='when')),
            ],
            options={
                'verbose_name': 'choice of letters',
                'verbose_name_plural': 'choices of letters',
                'ordering': ('user_id', 'group'),
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='LetterWording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40, verbose_name='about')),
                ('number', models.PositiveIntegerField(verbose_name='version')),
                ('subject', models.CharField(blank=True, max_length=250, verbose_name='subject')),
                ('text', models.TextField(blank=True, verbose_name='text')),
                ('written_at', models.DateTimeField(verbose_name='when')),
            ],
            options={
                'verbose_name': 'words of a letter',
                'verbose_name_plural': 'words of letters',
                'ordering': ('kind', '-number'),
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='News',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('group', models.CharField(max_length=30)),
                ('key', models.CharField(max_length=80)),
                ('sentence', models.CharField(max_length=500)),
                ('path', models.CharField(max_length=500)),
                ('at', models.DateTimeField()),
                ('dropped_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'news',
                'verbose_name_plural': 'news',
                'ordering': ('at', 'pk'),
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('text_soon', 'The text is due soon'), ('text_late', 'The text was due'), ('proof_soon', 'The sign-off is due soon'), ('proof_late', 'The sign-off was due'), ('answer_soon', 'The answer is due soon'), ('answer_late', 'The answer was due'), ('invitation_waits', 'The invitation waits for an answer'), ('invitation_ends', 'The invitation runs out soon'), ('by_hand', 'Reminded by an editor')], max_length=20, verbose_name='about')),
                ('turn_since', models.DateTimeField()),
                ('due', models.DateField(verbose_name='due')),
                ('at', models.DateTimeField(verbose_name='when')),
            ],
            options={
                'verbose_name': 'reminder',
                'verbose_name_plural': 'reminders',
                'ordering': ('at', 'pk'),
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='letter',
            name='group',
            field=models.CharField(blank=True, editable=False, help_text='What people choose about letters like this; none if it can’t be switched off.', max_length=30),
        ),
        migrations.AddField(
            model_name='letter',
            name='move',
            field=models.ForeignKey(blank=True, help_text='The decision that it reports.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='blog.move'),
        ),
        migrations.AddField(
            model_name='post',
            name='is_reminded',
            field=models.BooleanField(default=True, verbose_name='reminders go out'),
        ),
        migrations.AddField(
            model_name='digest',
            name='letter',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='digest', to='blog.letter'),
        ),
        migrations.AddField(
            model_name='digest',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='letteract',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='letteract',
            name='letter',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='acts', to='blog.letter'),
        ),
        migrations.AddField(
            model_name='letterchoice',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letter_choices', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='letterwording',
            name='written_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='news',
            name='letter',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='news', to='blog.letter'),
        ),
        migrations.AddField(
            model_name='news',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reminder',
            name='invitation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='blog.invitation'),
        ),
        migrations.AddField(
            model_name='reminder',
            name='letter',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reminder', to='blog.letter'),
        ),
        migrations.AddField(
            model_name='reminder',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='blog.post'),
        ),
        migrations.AddField(
            model_name='reminder',
            name='user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='digest',
            constraint=models.UniqueConstraint(fields=('user', 'day'), name='account_has_one_digest_a_day'),
        ),
        migrations.AddConstraint(
            model_name='letteract',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['hold', 'release', 'hurry', 'change', 'cancel', 'overtake'])), name='letter_act_is_known'),
        ),
        migrations.AddConstraint(
            model_name='letteract',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'change'), _negated=True), models.Q(('earlier_text', ''), _negated=True), _connector='OR'), name='changed_letter_keeps_its_words'),
        ),
        migrations.AddConstraint(
            model_name='letterchoice',
            constraint=models.UniqueConstraint(fields=('user', 'group'), name='account_chooses_once_for_a_group'),
        ),
        migrations.AddConstraint(
            model_name='letterchoice',
            constraint=models.CheckConstraint(condition=models.Q(('how_often__in', ['at_once', 'daily', 'never'])), name='choice_of_letters_is_known'),
        ),
        migrations.AddConstraint(
            model_name='letterwording',
            constraint=models.UniqueConstraint(fields=('kind', 'number'), name='wordings_of_a_letter_differ'),
        ),
        migrations.AddConstraint(
            model_name='letterwording',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('subject', ''), ('text', '')), models.Q(models.Q(('subject', ''), _negated=True), models.Q(('text', ''), _negated=True)), _connector='OR'), name='wording_has_subject_and_text'),
        ),
        migrations.AddIndex(
            model_name='news',
            index=models.Index(condition=models.Q(('dropped_at__isnull', True), ('letter__isnull', True)), fields=['user', 'at'], name='news_to_tell'),
        ),
        migrations.AddIndex(
            model_name='news',
            index=models.Index(fields=['key'], name='news_by_key'),
        ),
        migrations.AddConstraint(
            model_name='news',
            constraint=models.UniqueConstraint(fields=('user', 'key'), name='news_is_told_once'),
        ),
        migrations.AddConstraint(
            model_name='news',
            constraint=models.CheckConstraint(condition=models.Q(('letter__isnull', True), ('dropped_at__isnull', True), _connector='OR'), name='news_is_told_or_dropped'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['text_soon', 'text_late', 'proof_soon', 'proof_late', 'answer_soon', 'answer_late', 'invitation_waits', 'invitation_ends', 'by_hand'])), name='reminder_is_known'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.CheckConstraint(condition=models.Q(('user__isnull', True), ('invitation__isnull', True), _connector='OR'), name='reminder_is_to_one_person'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(condition=models.Q(('user__isnull', False), models.Q(('kind', 'by_hand'), _negated=True)), fields=('post', 'user', 'kind', 'turn_since', 'due'), name='reminded_once_in_a_turn'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(condition=models.Q(('invitation__isnull', False)), fields=('invitation', 'kind', 'due'), name='reminded_once_of_an_invitation'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'by_hand')), fields=('post', 'user', 'due'), name='reminded_by_hand_once_a_day'),
        ),
        migrations.RemoveConstraint(
            model_name='move',
            name='move_kind_is_known',
        ),
        migrations.AlterField(
            model_name='move',
            name='kind',
            field=models.CharField(choices=[('begin', 'Begun'), ('submit', 'Sent to the editor'), ('take_back', 'Taken back by the writer'), ('ask_for_changes', 'Changes asked for'), ('accept', 'Accepted, proof made'), ('decline', 'Declined'), ('reconsider', 'Decision taken back'), ('sign_off', 'Signed off'), ('go_ahead', 'Made ready without the sign-off'), ('ask_for_correction', 'Correction asked for'), ('edit', 'Taken back for editing'), ('finish', 'Made ready'), ('publish', 'Published'), ('unschedule', 'Unscheduled'), ('correct', 'Corrected'), ('retract', 'Retracted'), ('reinstate', 'Reinstated'), ('withdraw', 'Withdrawn'), ('reopen', 'Reopened')], max_length=20, verbose_name='move'),
        ),
        migrations.AddConstraint(
            model_name='move',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['begin', 'submit', 'take_back', 'ask_for_changes', 'accept', 'decline', 'reconsider', 'sign_off', 'go_ahead', 'ask_for_correction', 'edit', 'finish', 'publish', 'unschedule', 'correct', 'retract', 'reinstate', 'withdraw', 'reopen'])), name='move_kind_is_known'),
        ),
    ]
