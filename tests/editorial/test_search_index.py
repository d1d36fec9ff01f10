"""What is written to the index of search, and when."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models.signals import post_delete, post_save
from modelsearch.models import IndexEntry

from blog.editorial import publishing
from blog.editorial.upkeep import search_index
from blog.models import Post, Revision, SearchedWord
from blog.states import State
from blog.words import MOST_WORDS
from tests.factories import NOW, make_editor, make_piece, make_published

pytestmark = pytest.mark.django_db


def entries() -> list[str]:
    return sorted(IndexEntry.objects.values_list("object_id", flat=True))


def test_the_index_changes_with_the_piece_or_not_at_all(editor):
    post = make_published()
    with transaction.atomic():
        publishing.retract(post=post, reason="A slip.", by=editor, at=NOW)
        assert entries() == []
        transaction.set_rollback(True)
    assert entries() == [str(post.pk)]


def test_no_signal_writes_to_it():
    receivers = [*post_save._live_receivers(Post)[0], *post_delete._live_receivers(Post)[0]]
    assert not [receiver for receiver in receivers if "modelsearch" in receiver.__module__]


def test_the_command_writes_it_anew(capsys: pytest.CaptureFixture[str], editor):
    kept, gone = make_published(editor=editor), make_published(editor=editor, title="Another")
    make_piece(State.IN_PROOF)
    IndexEntry.objects.filter(object_id=str(kept.pk)).delete()
    SearchedWord.objects.create(word="stale")
    Post.objects.filter(pk=gone.pk).update(state=State.RETRACTED)
    call_command("reindex")
    assert capsys.readouterr().out == "1 pieces are in the index.\n"
    assert entries() == [str(kept.pk)]
    assert not SearchedWord.objects.filter(word="stale").exists()
    assert SearchedWord.objects.filter(word="closes").exists()


@pytest.mark.parametrize("count", [1, 3])
def test_rebuilding_costs_by_the_batch(count: int, editor, django_assert_num_queries):
    for number in range(count):
        make_published(editor=editor, title=f"Piece {number}")
    search_index.rebuild(at=NOW)
    # On SQLite an entry is removed and written again, on PostgreSQL written over
    with django_assert_num_queries(14 if connection.vendor == "sqlite" else 13):
        search_index.rebuild(at=NOW)


def test_a_text_of_more_words_than_search_keeps_can_be_published(editor):
    words = " ".join(f"{number:x}ö" for number in range(MOST_WORDS + 100))
    post = make_published(editor=editor, body=f"<p>{words}</p>")
    assert entries() == [str(post.pk)]


def test_a_piece_that_is_indexed_twice_is_there_once(editor):
    post = make_published(editor=make_editor())
    search_index.keep([post.pk, post.pk], at=NOW)
    search_index.keep([post.pk], at=NOW + dt.timedelta(days=1))
    assert entries() == [str(post.pk)]
    assert Revision.objects.count() == 2
