import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F


def replies_are_known(apps, schema_editor):
    """Nobody gets a letter now about a reply that came out before such letters were written."""
    replies = apps.get_model("blog", "Post").objects.filter(in_reply_to__isnull=False, published_at__isnull=False)
    replies.update(reply_told_at=F("published_at"))


class Migration(migrations.Migration):

    dependencies = [
        ('blog', '0016_co_authors'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Pitch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('email', models.EmailField(max_length=254, verbose_name='mail address')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('text', models.TextField(max_length=4000, verbose_name='what it would say, and why now')),
                ('about', models.TextField(blank=True, max_length=1000, verbose_name='about the writer')),
                ('state', models.CharField(choices=[('unconfirmed', 'Address not confirmed'), ('waiting', 'With the editors'), ('asked', 'Waits for an answer from its writer'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], default='unconfirmed', editable=False, max_length=20, verbose_name='state')),
                ('state_since', models.DateTimeField(verbose_name='since')),
                ('sent_at', models.DateTimeField(verbose_name='sent')),
                ('confirmed_at', models.DateTimeField(null=True, verbose_name='confirmed')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='first answered')),
                ('nonce', models.CharField(editable=False, max_length=64)),
                ('token_hash', models.CharField(editable=False, max_length=64, unique=True)),
            ],
            options={
                'verbose_name': 'pitch',
                'verbose_name_plural': 'pitches',
                'ordering': ('-sent_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='PitchEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('confirm', 'Address confirmed'), ('ask', 'Asked'), ('answer', 'Answered'), ('hand_over', 'Handed over'), ('accept', 'Accepted'), ('decline', 'Declined'), ('withdraw', 'Withdrawn')], max_length=10, verbose_name='what')),
                ('is_by_editor', models.BooleanField(default=False)),
                ('at', models.DateTimeField(verbose_name='when')),
                ('text', models.TextField(blank=True, max_length=4000, verbose_name='words')),
            ],
            options={
                'verbose_name': 'event of a pitch',
                'verbose_name_plural': 'events of pitches',
                'ordering': ('at', 'pk'),
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='SeriesSlot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part_number', models.PositiveSmallIntegerField(verbose_name='part')),
                ('working_title', models.CharField(blank=True, max_length=200, verbose_name='working title')),
                ('is_title_shown', models.BooleanField(default=False, help_text='Otherwise they see “Planned” alone.', verbose_name='readers see the working title')),
                ('planned_for', models.DateField(blank=True, help_text='The first of the month. Readers see “Planned for April”.', null=True, verbose_name='month planned')),
                ('is_open', models.BooleanField(default=False, help_text='“Write for us” names the part, and a pitch can be for it.', verbose_name='open to pitches')),
            ],
            options={
                'verbose_name': 'planned part',
                'verbose_name_plural': 'planned parts',
                'ordering': ('series', 'part_number'),
            },
        ),
        migrations.AddField(
            model_name='invitation',
            name='is_address_hidden',
            field=models.BooleanField(default=False, editable=False, help_text='Sent to somebody’s account: editors are not told its address.'),
        ),
        migrations.AddField(
            model_name='post',
            name='reply_told_at',
            field=models.DateTimeField(blank=True, editable=False, help_text='When the writers of what it answers were told.', null=True),
        ),
        migrations.AddField(
            model_name='pitch',
            name='editor',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='looked after by'),
        ),
        migrations.AddField(
            model_name='pitch',
            name='in_reply_to',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='blog.post', verbose_name='in reply to'),
        ),
        migrations.AddField(
            model_name='pitch',
            name='post',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pitch', to='blog.post', verbose_name='piece'),
        ),
        migrations.AddField(
            model_name='letter',
            name='pitch',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='blog.pitch'),
        ),
        migrations.AddField(
            model_name='pitchevent',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='pitchevent',
            name='pitch',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='blog.pitch'),
        ),
        migrations.AddField(
            model_name='seriesslot',
            name='series',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slots', to='blog.series', verbose_name='series'),
        ),
        migrations.AddField(
            model_name='pitch',
            name='slot',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='pitches', to='blog.seriesslot', verbose_name='part of a series'),
        ),
        migrations.AddConstraint(
            model_name='pitchevent',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['confirm', 'ask', 'answer', 'hand_over', 'accept', 'decline', 'withdraw'])), name='pitch_event_is_known'),
        ),
        migrations.AddConstraint(
            model_name='pitchevent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['ask', 'answer', 'decline']), _negated=True), models.Q(('text', ''), _negated=True), _connector='OR'), name='what_is_said_about_a_pitch_has_words'),
        ),
        migrations.AddConstraint(
            model_name='seriesslot',
            constraint=models.UniqueConstraint(fields=('series', 'part_number'), name='part_is_planned_once'),
        ),
        migrations.AddConstraint(
            model_name='seriesslot',
            constraint=models.CheckConstraint(condition=models.Q(('part_number__gte', 1)), name='planned_part_has_a_number'),
        ),
        migrations.AddConstraint(
            model_name='seriesslot',
            constraint=models.CheckConstraint(condition=models.Q(('planned_for__isnull', True), ('planned_for__day', 1), _connector='OR'), name='part_is_planned_for_a_month'),
        ),
        migrations.AddConstraint(
            model_name='seriesslot',
            constraint=models.CheckConstraint(condition=models.Q(('is_title_shown', False), models.Q(('working_title', ''), _negated=True), _connector='OR'), name='shown_working_title_says_something'),
        ),
        migrations.AddIndex(
            model_name='pitch',
            index=models.Index(fields=['state', 'state_since'], name='pitch_by_wait'),
        ),
        migrations.AddIndex(
            model_name='pitch',
            index=models.Index(condition=models.Q(('answered_at__isnull', False)), fields=['-answered_at'], name='pitch_by_answer'),
        ),
        migrations.AddConstraint(
            model_name='pitch',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['unconfirmed', 'waiting', 'asked', 'accepted', 'declined', 'withdrawn'])), name='pitch_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='pitch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('email', ''), _negated=True), models.Q(('title', ''), _negated=True), models.Q(('text', ''), _negated=True)), name='pitch_says_what_and_from_whom'),
        ),
        migrations.AddConstraint(
            model_name='pitch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('state', 'unconfirmed')), models.Q(models.Q(('state', 'unconfirmed'), _negated=True), ('confirmed_at__isnull', False)), _connector='OR'), name='only_a_confirmed_pitch_gets_further'),
        ),
        migrations.AddConstraint(
            model_name='pitch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('post__isnull', False), ('state', 'accepted')), models.Q(models.Q(('state', 'accepted'), _negated=True), ('post__isnull', True)), _connector='OR'), name='accepted_pitch_leads_to_a_piece'),
        ),
        migrations.AddConstraint(
            model_name='pitch',
            constraint=models.CheckConstraint(condition=models.Q(('answered_at__isnull', False), models.Q(('state__in', ['asked', 'accepted', 'declined']), _negated=True), _connector='OR'), name='answered_pitch_has_a_date'),
        ),
        migrations.RunPython(replies_are_known, migrations.RunPython.noop),
    ]
