import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0022_closing"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.EmailField(max_length=254, verbose_name='mail address')),
                ('subject_kind', models.CharField(choices=[('everything', 'Everything'), ('series', 'A series'), ('author', 'A writer'), ('category', 'A category')], max_length=10, verbose_name='follows')),
                ('how_often', models.CharField(choices=[('at_once', 'Each piece as it comes out'), ('weekly', 'One letter a week')], default='at_once', max_length=10, verbose_name='how often')),
                ('state', models.CharField(choices=[('asked', 'Address not confirmed'), ('active', 'Active'), ('ended', 'Ended'), ('bounced', 'Ended, for letters came back')], default='asked', max_length=10, verbose_name='state')),
                ('asked_at', models.DateTimeField(verbose_name='asked')),
                ('confirmed_at', models.DateTimeField(null=True, verbose_name='confirmed')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='ended')),
                ('ended_how', models.CharField(blank=True, choices=[('reader', 'by its reader'), ('bounces', 'because letters came back'), ('complaint', 'because a letter was marked as unwanted'), ('administrator', 'by an administrator'), ('merged', 'because two names that it followed became one')], max_length=15, verbose_name='ended how')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                ('bounces', models.PositiveSmallIntegerField(default=0, verbose_name='letters that came back')),
                ('bounced_at', models.DateTimeField(null=True, verbose_name='last came back')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='subscriptions', to='blog.author', verbose_name='writer')),
                ('category', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='subscriptions', to='blog.category', verbose_name='category')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('series', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='subscriptions', to='blog.series', verbose_name='series')),
                ('user', models.ForeignKey(editable=False, help_text='Who was signed in, with this very address confirmed.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'subscription',
                'verbose_name_plural': 'subscriptions',
                'ordering': ('-asked_at', '-pk'),
                'indexes': [models.Index(fields=['address'], name='subscription_by_address'), models.Index(fields=['state', 'subject_kind', 'how_often'], name='subscription_by_state'), models.Index(condition=models.Q(('state', 'asked')), fields=['asked_at'], name='subscription_unconfirmed')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'active', 'ended', 'bounced'])), name='subscription_state_is_known'), models.CheckConstraint(condition=models.Q(('how_often__in', ['at_once', 'weekly'])), name='subscription_pace_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('address', ''), _negated=True), ('address', django.db.models.functions.text.Lower('address'))), name='subscription_has_a_plain_address'), models.CheckConstraint(condition=models.Q(models.Q(('author', None), ('category', None), ('series', None), ('subject_kind', 'everything')), models.Q(('author', None), ('category', None), ('series__isnull', False), ('subject_kind', 'series')), models.Q(('author__isnull', False), ('category', None), ('series', None), ('subject_kind', 'author')), models.Q(('author', None), ('category__isnull', False), ('series', None), ('subject_kind', 'category')), _connector='OR'), name='subscription_follows_one_subject'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'active'), _negated=True), ('confirmed_at__isnull', False), _connector='OR'), name='active_subscription_is_confirmed'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'asked'), _negated=True), ('confirmed_at', None), _connector='OR'), name='asked_subscription_is_not_confirmed'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', False), ('state__in', ('ended', 'bounced')), models.Q(('ended_how', ''), _negated=True)), models.Q(('ended_at', None), ('ended_how', ''), ('state__in', ('asked', 'active'))), _connector='OR'), name='subscription_that_is_over_says_when_and_how'), models.UniqueConstraint(condition=models.Q(('state__in', ('asked', 'active')), ('subject_kind', 'everything')), fields=('address',), name='address_follows_everything_once'), models.UniqueConstraint(condition=models.Q(('state__in', ('asked', 'active')), ('subject_kind', 'series')), fields=('address', 'series'), name='address_follows_series_once'), models.UniqueConstraint(condition=models.Q(('state__in', ('asked', 'active')), ('subject_kind', 'author')), fields=('address', 'author'), name='address_follows_author_once'), models.UniqueConstraint(condition=models.Q(('state__in', ('asked', 'active')), ('subject_kind', 'category')), fields=('address', 'category'), name='address_follows_category_once')],
            },
        ),
    ]
