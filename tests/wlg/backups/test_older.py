"""A backup of an earlier version comes up in this one, and one of a later version says so."""

from typing import Any

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from accounts.models import Comment, User
from blog.models import Archive, Post
from blog.progress import silent
from tests.factories import NOW
from tests.wlg.backups.databases import Databases
from wlg.backups import BackupError, schema
from wlg.backups.making import back_up
from wlg.backups.restoring import restore

# Before anything could come in from elsewhere
THEN = [("blog", "0024_mailings"), ("accounts", "0010_complaints_reminded")]


def migrations_until(leaves: list[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Return these migrations with what they follow, and those of other apps that follow nothing later."""
    graph = MigrationLoader(None).graph
    before = {key for leaf in leaves for key in graph.forwards_plan(leaf)}
    later = {key for key in graph.nodes if key[0] in dict(leaves)} - before
    return frozenset(key for key in graph.nodes if not later.intersection(graph.forwards_plan(key)))


def go_back_to(then: frozenset[tuple[str, str]]) -> Any:
    """Make the database what it was after these migrations, but for search; return the models of then."""
    earlier = schema._registry_after(then)
    with schema.one_transaction():
        schema._drop(schema.present())
        with connection.schema_editor() as editor:
            for model in earlier.get_models():
                if model._meta.label != schema.FILLED_BY_TRIGGERS:
                    editor.create_model(model)
        recorder = MigrationRecorder(connection)
        recorder.ensure_schema()
        for key in then:
            recorder.record_applied(*key)
    return earlier


def test_rows_of_an_earlier_version_come_up_in_this_one(databases: Databases, tmp_path):
    databases.fresh()
    then = migrations_until(THEN)
    earlier = go_back_to(then)
    users, posts = earlier.get_model("accounts.User").objects, earlier.get_model("blog.Post").objects
    user = users.create(email="dana@council.example", display_name="Dana Whitby")
    category = earlier.get_model("blog.Category").objects.create(name="Planning", slug="planning")
    post = posts.create(state="drafting", state_since=NOW, created_at=NOW, category=category)
    text = earlier.get_model("blog.Revision").objects.create(
        post=post, number=1, title="Who closes a row?", body="<p>We do.</p>", content_hash="0" * 64, written_at=NOW
    )
    posts.update(state="published", working=text, live=text, published_at=NOW, slug="who-closes-a-row")
    comments = earlier.get_model("accounts.Comment").objects
    comments.create(post=post, user=user, text="So did we.", state="approved", written_at=NOW, page=1)

    made = back_up(tmp_path, at=NOW, say=silent, with_media=False)
    users.create(email="later@council.example", display_name="Later")
    done = restore(made.path, at=NOW, say=silent, may_replace=lambda held: True)

    assert frozenset(made.manifest.migrations) == then
    assert done.migrated == len(MigrationLoader(None).graph.nodes) - len(then)
    assert schema.present().applied == frozenset(MigrationLoader(None).graph.nodes)
    assert User.objects.get().email == "dana@council.example"
    assert Comment.objects.get().text == "So did we."
    assert not Archive.objects.exists()
    answer = Client().get(Post.objects.get().get_absolute_url())
    assert answer.status_code == 200
    assert "Who closes a row?" in answer.content.decode()


def test_tables_are_made_by_the_migrations_of_the_backup_or_nothing_happens(databases: Databases):
    databases.fresh()
    before = set(connection.introspection.table_names())
    few = frozenset(key for key in MigrationLoader(None).graph.nodes if key[0] in {"contenttypes", "auth"})

    def bring_to_few() -> None:
        with schema.one_transaction():
            made = schema.bring_to(few, silent)
            wanted = {table.name for table in made.all_tables()} | {schema.RECORD}
            assert wanted == set(connection.introspection.table_names())
            assert not made.registry.get_model("auth", "Permission").objects.exists()
            raise InterruptedError

    with pytest.raises(InterruptedError):
        bring_to_few()

    assert set(connection.introspection.table_names()) == before


def test_a_later_version_is_named_and_nothing_is_done(databases: Databases, tmp_path, monkeypatch):
    databases.fresh()
    made = back_up(tmp_path, at=NOW, say=silent, with_media=False)
    known = MigrationLoader.build_graph

    def build(self: MigrationLoader) -> None:
        known(self)
        last = max(key for key in self.graph.nodes if key[0] == "accounts")
        del self.graph.nodes[last], self.graph.node_map[last]

    monkeypatch.setattr(MigrationLoader, "build_graph", build)

    with pytest.raises(BackupError, match=r"made by a later version of the software .it has accounts 00"):
        restore(made.path, at=NOW, say=silent, may_replace=lambda held: True)
    with pytest.raises(BackupError, match=r"migrated by a later version of the software .it has accounts 00"):
        back_up(tmp_path, at=NOW, say=silent)
