"""Notes on a piece, saved replies, and the checklist, with questions and replies to begin with."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


# Questions that hold for any blog of this kind; editors change them
QUESTIONS = [
    # position, question, help, depends on, whether writers see it
    (10, "We may show every picture", "Taken by the writer, or with a licence or a letter that allows it. The credit stands beside it.", "pictures", True),
    (20, "Nobody is named who did not choose to be", "No residents, no colleagues, no casework; not in the pictures either.", "text", True),
    (30, "It says that the views are the writer’s own", "Where the employer’s name stands beside the writer’s, or can be guessed.", "text", True),
    (40, "It keeps the house rules", "Nothing confidential, no accusation that could not be proved, no advertising.", "text", True),
    (50, "Figures and links have been looked up", "Each figure has its source, and each link opens.", "text", False),
]
REPLIES = [
    ("Thank you, nearly there", "Thank you, this reads well. There is little left to do; it stands in the notes beside the text."),
    ("Who and by when?", "Could you say who does this, and by when? Readers will want to try it themselves."),
    ("Shorter, please", "It is longer than we can carry. Please look for what a colleague would skip, and take it out."),
    ("Picture rights", "Who took the picture, and may we show it? If you are not sure, send us another or we go without."),
    ("Not for us, kindly", "Thank you for letting us read it. It is not what our readers come for, and we would rather say so early than keep you waiting."),
]


def make(apps, schema_editor):
    """Give a new blog a checklist and some saved replies to begin with."""
    item, reply = apps.get_model("blog", "ChecklistItem"), apps.get_model("blog", "SavedReply")
    for position, question, about, depends_on, is_for_writers in QUESTIONS:
        item.objects.create(
            position=position, question=question, help=about, depends_on=depends_on, is_for_writers=is_for_writers
        )
    for title, text in REPLIES:
        reply.objects.create(title=title, text=text)


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('blog', '0014_roles'),
    ]

    operations = [
        migrations.CreateModel(
            name='ChecklistItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.CharField(help_text='“The picture rights are settled”', max_length=120, verbose_name='what must be true')),
                ('help', models.CharField(blank=True, max_length=300, verbose_name='how to see it')),
                ('depends_on', models.CharField(choices=[('nothing', 'nothing in the text'), ('text', 'the text'), ('pictures', 'the pictures')], default='text', help_text='A tick stays, but is marked when this has changed since. About pictures: asked only with some.', max_length=10, verbose_name='depends on')),
                ('is_for_writers', models.BooleanField(default=False, help_text='Under “Before you send it”, beside their text.', verbose_name='writers see it')),
                ('position', models.PositiveSmallIntegerField(default=10, verbose_name='place in the list')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                ('category', models.ForeignKey(blank=True, help_text='Empty: asked for every piece.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='checklist', to='blog.category', verbose_name='category')),
            ],
            options={
                'verbose_name': 'question of the checklist',
                'verbose_name_plural': 'questions of the checklist',
                'ordering': ('position', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Check',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_ticked', models.BooleanField(verbose_name='ticked')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='blog.post')),
                ('revision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='blog.revision')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='blog.checklistitem')),
            ],
            options={
                'verbose_name': 'tick',
                'verbose_name_plural': 'ticks',
                'ordering': ('at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='LeftUndone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField(verbose_name='left undone')),
                ('move', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='left_undone', to='blog.move')),
            ],
            options={
                'verbose_name': 'left undone',
                'verbose_name_plural': 'left undone',
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('block', models.PositiveIntegerField(blank=True, null=True, verbose_name='paragraph')),
                ('passage', models.TextField(blank=True, verbose_name='the paragraph’s words')),
                ('quote', models.CharField(blank=True, max_length=300, verbose_name='words it is about')),
                ('text', models.TextField(blank=True, max_length=4000, verbose_name='note')),
                ('old', models.CharField(blank=True, max_length=300, verbose_name='words to replace')),
                ('new', models.TextField(blank=True, max_length=1000, verbose_name='suggested words')),
                ('is_by_writer', models.BooleanField(default=False, verbose_name='by a writer')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('outcome', models.CharField(choices=[('open', 'Open'), ('done', 'Done'), ('taken', 'Taken'), ('left', 'Left as it was')], default='open', max_length=10, verbose_name='outcome')),
                ('settled_at', models.DateTimeField(null=True, verbose_name='settled')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='blog.post')),
                ('revision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='blog.revision')),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'note',
                'verbose_name_plural': 'notes',
                'ordering': ('at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='NoteAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('text', models.TextField(max_length=4000, verbose_name='answer')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('note', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='blog.note')),
            ],
            options={
                'verbose_name': 'answer to a note',
                'verbose_name_plural': 'answers to notes',
                'ordering': ('at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='SavedReply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(help_text='What you choose it by.', max_length=80, unique=True, verbose_name='title')),
                ('text', models.TextField(max_length=2000, verbose_name='text')),
            ],
            options={
                'verbose_name': 'saved reply',
                'verbose_name_plural': 'saved replies',
                'ordering': ('title',),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('text', ''), _negated=True)), name='saved_reply_has_a_title_and_a_text')],
            },
        ),
        migrations.AddConstraint(
            model_name='checklistitem',
            constraint=models.CheckConstraint(condition=models.Q(('question', ''), _negated=True), name='checklist_item_asks_something'),
        ),
        migrations.AddConstraint(
            model_name='checklistitem',
            constraint=models.CheckConstraint(condition=models.Q(('depends_on__in', ['nothing', 'text', 'pictures'])), name='checklist_item_depends_on_something_known'),
        ),
        migrations.AddConstraint(
            model_name='leftundone',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='left_undone_says_what'),
        ),
        migrations.AddConstraint(
            model_name='note',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['open', 'done', 'taken', 'left'])), name='note_outcome_is_known'),
        ),
        migrations.AddConstraint(
            model_name='note',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), models.Q(('old', ''), _negated=True), _connector='OR'), name='note_says_something'),
        ),
        migrations.AddConstraint(
            model_name='note',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('block__isnull', True), ('old', ''), ('passage', ''), ('quote', '')), models.Q(('block__isnull', False), ('revision__isnull', False)), _connector='OR'), name='note_on_words_has_a_paragraph'),
        ),
        migrations.AddConstraint(
            model_name='note',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('new', ''), ('old', '')), models.Q(models.Q(('old', ''), _negated=True), models.Q(('old', models.F('new')), _negated=True)), _connector='OR'), name='suggestion_changes_some_words'),
        ),
        migrations.AddConstraint(
            model_name='note',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome__in', ['taken', 'left']), _negated=True), models.Q(('old', ''), _negated=True), _connector='OR'), name='only_a_suggestion_is_taken_or_left'),
        ),
        migrations.AddConstraint(
            model_name='note',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'open'), ('settled_at__isnull', True)), models.Q(models.Q(('outcome', 'open'), _negated=True), ('settled_at__isnull', False)), _connector='OR'), name='note_has_a_date_once_it_is_settled'),
        ),
        migrations.AddConstraint(
            model_name='noteanswer',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='answer_to_a_note_says_something'),
        ),
        migrations.RunPython(make, migrations.RunPython.noop),
    ]

