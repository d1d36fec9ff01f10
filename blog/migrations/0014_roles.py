import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

BEFORE, PUBLISHERS, CONTRIBUTORS = "Editors", "Publishers", "Contributors"


def name_the_roles(apps, schema_editor):
    """Let everybody do what they could: who edited also published, and so is a publisher now; guests contribute.

    The masthead is the administrators' from now on. Those who could change it keep that, each as a permission of
    their own. The permission is made here, because Django makes it only after all migrations.
    """
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    User = apps.get_model(settings.AUTH_USER_MODEL)
    before = Group.objects.filter(name=BEFORE).first()
    if before:
        of_pieces, _ = ContentType.objects.get_or_create(app_label="blog", model="post")
        runs_blog, _ = Permission.objects.get_or_create(
            content_type=of_pieces,
            codename="run_blog",
            defaults={"name": "Can change the masthead and the templates of letters"},
        )
        publishers, _ = Group.objects.get_or_create(name=PUBLISHERS)
        publishers.permissions.add(*before.permissions.all())
        for user in User.objects.filter(groups=before):
            user.groups.add(publishers)
            user.user_permissions.add(runs_blog)
        before.delete()
    guests = User.objects.filter(identities__isnull=False, groups__isnull=True, is_staff=False).distinct()
    if guests.exists():
        contributors, _ = Group.objects.get_or_create(name=CONTRIBUTORS)
        for user in guests:
            user.groups.add(contributors)


def name_the_one_role(apps, schema_editor):
    """Call those who publish editors again."""
    Group = apps.get_model("auth", "Group")
    Group.objects.filter(name=BEFORE).delete()
    Group.objects.filter(name=PUBLISHERS).update(name=BEFORE)


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('blog', '0013_letters'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='post',
            options={'ordering': ('-created_at', '-pk'), 'permissions': [('write_pieces', 'Can begin pieces of their own'), ('edit_pieces', 'Can invite, review and edit pieces'), ('publish_pieces', 'Can publish, correct and retract pieces'), ('run_blog', 'Can change the masthead and the templates of letters')], 'verbose_name': 'piece', 'verbose_name_plural': 'pieces'},
        ),
        migrations.CreateModel(
            name='Remit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remits', to='blog.category', verbose_name='category')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='remits', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'limit to a category',
                'verbose_name_plural': 'limits to categories',
                'ordering': ('user_id', 'category_id'),
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('user', 'category'), name='account_is_limited_to_a_category_once')],
            },
        ),
        migrations.RunPython(name_the_roles, name_the_one_role),
    ]
