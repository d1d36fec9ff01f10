"""Blocks become rows of their own, which end by themselves; beside them rules, reports and complaints."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def keep_blocks(apps, schema_editor):
    users = apps.get_model("accounts", "User").objects.filter(blocked_at__isnull=False)
    apps.get_model("accounts", "AccountBlock").objects.bulk_create(
        apps.get_model("accounts", "AccountBlock")(
            user_id=user.pk, reason=user.blocked_reason, at=user.blocked_at, by_id=user.blocked_by_id
        )
        for user in users
    )
    if schema_editor.connection.vendor == "postgresql":
        # The tables are altered next, which nothing may wait for
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def take_blocks_back(apps, schema_editor):
    users = apps.get_model("accounts", "User").objects
    for block in apps.get_model("accounts", "AccountBlock").objects.filter(ended_at__isnull=True):
        users.filter(pk=block.user_id).update(
            blocked_at=block.at, blocked_reason=block.reason, blocked_by_id=block.by_id
        )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_comments"),
        ("blog", "0020_word_files"),
    ]

    operations = [
        migrations.CreateModel(
            name='AccountBlock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(max_length=500, verbose_name='reason')),
                ('at', models.DateTimeField(verbose_name='from')),
                ('until', models.DateTimeField(blank=True, help_text='Empty: for good.', null=True, verbose_name='until')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='lifted')),
            ],
            options={
                'verbose_name': 'block',
                'verbose_name_plural': 'blocks',
                'ordering': ('-at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='Complaint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('defamation', 'It is untrue and harms a reputation'), ('privacy', 'It tells private or personal things'), ('copyright', 'It uses work of somebody else without leave'), ('other', 'Something else')], max_length=12, verbose_name='what is wrong')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('address', models.EmailField(max_length=254, verbose_name='mail address')),
                ('passage', models.TextField(max_length=2000, verbose_name='which words')),
                ('why', models.TextField(max_length=5000, verbose_name='why')),
                ('at', models.DateTimeField(verbose_name='arrived')),
                ('due_at', models.DateTimeField(verbose_name='to be answered by')),
                ('state', models.CharField(choices=[('open', 'Open'), ('answered', 'Answered'), ('closed', 'Closed without an answer')], default='open', max_length=10, verbose_name='state')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='answered or closed')),
                ('answer', models.TextField(blank=True, help_text='Goes to the complainant by letter.', max_length=5000, verbose_name='answer')),
                ('note', models.TextField(blank=True, help_text='For the editors; nobody is sent it.', max_length=1000, verbose_name='why closed')),
            ],
            options={
                'verbose_name': 'formal complaint',
                'verbose_name_plural': 'formal complaints',
                'ordering': ('due_at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='ListedWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(help_text='One word, or up to four in a row. Capitals and accents don’t matter.', max_length=80, verbose_name='word')),
                ('folded', models.CharField(editable=False, max_length=200, unique=True)),
            ],
            options={
                'verbose_name': 'listed word',
                'verbose_name_plural': 'listed words',
                'ordering': ('folded',),
            },
        ),
        migrations.CreateModel(
            name='ModerationRules',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('trusted_after', models.PositiveSmallIntegerField(default=1, help_text='So many approved comments under the same name; until then each one waits. 0: nobody waits.', verbose_name='trusted after')),
                ('most_links', models.PositiveSmallIntegerField(default=2, help_text='A comment with more links than this waits, whoever wrote it.', verbose_name='links')),
                ('account_a_minute', models.PositiveSmallIntegerField(default=5, help_text='Further ones wait; four times as many are refused.', verbose_name='comments a minute from one account')),
                ('site_a_minute', models.PositiveSmallIntegerField(default=30, help_text='Further ones wait; of four times as many, those of newcomers are refused until it is calmer.', verbose_name='comments a minute from all accounts')),
                ('reports_to_hold', models.PositiveSmallIntegerField(default=3, help_text='From so many different accounts.', verbose_name='reports that hold a comment')),
                ('reporter_days', models.PositiveSmallIntegerField(default=1, help_text='Reports of younger accounts reach you, and hold nothing by themselves.', verbose_name='age of a reporter’s account, in days')),
                ('complaint_hours', models.PositiveSmallIntegerField(default=48, help_text='Counted on working days in England. The law gives operators of websites 48 hours.', verbose_name='hours for a formal complaint')),
            ],
            options={
                'verbose_name': 'rules of moderation',
                'verbose_name_plural': 'rules of moderation',
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('abuse', 'It attacks or insults somebody'), ('private', 'It tells what should stay private'), ('spam', 'It is an advertisement'), ('unlawful', 'It may be against the law'), ('other', 'Something else')], max_length=10, verbose_name='what is wrong')),
                ('words', models.TextField(blank=True, max_length=1000, verbose_name='in their words')),
                ('at', models.DateTimeField(verbose_name='reported')),
                ('counts', models.BooleanField(default=True, verbose_name='counts')),
                ('outcome', models.CharField(blank=True, choices=[('upheld', 'Upheld'), ('not_upheld', 'Not upheld'), ('gone', 'Removed by its writer')], max_length=10, verbose_name='outcome')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='closed')),
            ],
            options={
                'verbose_name': 'report',
                'verbose_name_plural': 'reports',
                'ordering': ('at', 'pk'),
            },
        ),
        migrations.RemoveConstraint(
            model_name='comment',
            name='comment_state_is_known',
        ),
        migrations.RemoveConstraint(
            model_name='commentdecision',
            name='decision_kind_is_known',
        ),
        migrations.AddField(
            model_name='comment',
            name='held_because',
            field=models.JSONField(blank=True, default=list, editable=False),
        ),
        migrations.AddField(
            model_name='commentdecision',
            name='was',
            field=models.CharField(blank=True, choices=[('held', 'With the editors'), ('approved', 'Approved'), ('hidden', 'Taken down'), ('spam', 'Spam'), ('deleted', 'Taken away by its writer')], max_length=10, verbose_name='was'),
        ),
        migrations.AddField(
            model_name='commentdecision',
            name='to_reporters',
            field=models.TextField(blank=True, max_length=1000, verbose_name='to those who reported it'),
        ),
        migrations.AlterField(
            model_name='comment',
            name='state',
            field=models.CharField(choices=[('held', 'With the editors'), ('approved', 'Approved'), ('hidden', 'Taken down'), ('spam', 'Spam'), ('deleted', 'Taken away by its writer')], default='held', max_length=10, verbose_name='state'),
        ),
        migrations.AlterField(
            model_name='commentdecision',
            name='kind',
            field=models.CharField(choices=[('approve', 'Approved'), ('hide', 'Taken down'), ('spam', 'Marked as spam'), ('keep', 'Left as it is after reports'), ('hold', 'Held after reports')], max_length=10, verbose_name='decision'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['held', 'approved', 'hidden', 'spam', 'deleted'])), name='comment_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='commentdecision',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['approve', 'hide', 'spam', 'keep', 'hold'])), name='decision_kind_is_known'),
        ),
        migrations.AddField(
            model_name='accountblock',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddField(
            model_name='accountblock',
            name='ended_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='lifted by'),
        ),
        migrations.AddField(
            model_name='accountblock',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='blocks', to=settings.AUTH_USER_MODEL, verbose_name='account'),
        ),
        migrations.AddField(
            model_name='complaint',
            name='comment',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='complaints', to='accounts.comment', verbose_name='comment'),
        ),
        migrations.AddField(
            model_name='complaint',
            name='ended_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddField(
            model_name='complaint',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='complaints', to='blog.post', verbose_name='piece'),
        ),
        migrations.AddConstraint(
            model_name='listedword',
            constraint=models.CheckConstraint(condition=models.Q(('folded', ''), _negated=True), name='listed_word_is_a_word'),
        ),
        migrations.AddConstraint(
            model_name='moderationrules',
            constraint=models.CheckConstraint(condition=models.Q(('pk', 1)), name='there_is_one_set_of_rules'),
        ),
        migrations.AddConstraint(
            model_name='moderationrules',
            constraint=models.CheckConstraint(condition=models.Q(('account_a_minute__gte', 1), ('complaint_hours__gte', 1), ('reports_to_hold__gte', 1), ('site_a_minute__gte', 1)), name='rules_let_something_happen'),
        ),
        migrations.AddField(
            model_name='report',
            name='comment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='accounts.comment'),
        ),
        migrations.AddField(
            model_name='report',
            name='decision',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='accounts.commentdecision'),
        ),
        migrations.AddField(
            model_name='report',
            name='reporter',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reports', to=settings.AUTH_USER_MODEL, verbose_name='reported by'),
        ),
        migrations.AddConstraint(
            model_name='accountblock',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='block_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='accountblock',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gt', models.F('at')), _connector='OR'), name='block_ends_after_it_began'),
        ),
        migrations.AddConstraint(
            model_name='accountblock',
            constraint=models.CheckConstraint(condition=models.Q(('ended_at__isnull', True), ('ended_at__gte', models.F('at')), _connector='OR'), name='block_is_lifted_after_it_began'),
        ),
        migrations.AddConstraint(
            model_name='accountblock',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('user',), name='one_block_at_a_time'),
        ),
        migrations.AddIndex(
            model_name='complaint',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['due_at'], name='complaint_open'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['defamation', 'privacy', 'copyright', 'other'])), name='complaint_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('address', ''), _negated=True), models.Q(('passage', ''), _negated=True), models.Q(('why', ''), _negated=True)), name='complaint_says_who_what_why'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.CheckConstraint(condition=models.Q(('due_at__gt', models.F('at'))), name='complaint_is_due_later'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('ended_at__isnull', True), ('note', ''), ('state', 'open')), models.Q(('ended_at__isnull', False), ('note', ''), ('state', 'answered'), models.Q(('answer', ''), _negated=True)), models.Q(('answer', ''), ('ended_at__isnull', False), ('state', 'closed'), models.Q(('note', ''), _negated=True)), _connector='OR'), name='complaint_is_open_answered_or_closed'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(condition=models.Q(('outcome', '')), fields=['at'], name='report_open'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['abuse', 'private', 'spam', 'unlawful', 'other'])), name='report_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('decision__isnull', True), ('outcome', '')), models.Q(('closed_at__isnull', False), ('outcome__in', ['upheld', 'not_upheld', 'gone'])), _connector='OR'), name='report_is_open_or_closed'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('comment', 'reporter'), name='one_open_report_by_account'),
        ),
        migrations.RunPython(keep_blocks, take_blocks_back),
        migrations.RemoveConstraint(
            model_name='user',
            name='blocked_account_has_a_reason',
        ),
        migrations.RemoveField(
            model_name='user',
            name='blocked_at',
        ),
        migrations.RemoveField(
            model_name='user',
            name='blocked_by',
        ),
        migrations.RemoveField(
            model_name='user',
            name='blocked_reason',
        ),
    ]
