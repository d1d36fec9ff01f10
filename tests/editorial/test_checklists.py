"""What is left to do before a piece goes out: seen by the machine, ticked by people, recorded when left undone."""

import pytest
from django.core.exceptions import PermissionDenied

from blog.editorial import drafting, publishing
from blog.editorial.noting import checklists
from blog.models import ChecklistItem, LeftUndone, Post
from blog.models.checklists import DependsOn
from blog.states import State
from tests.factories import NOW, CategoryFactory, UserFactory, make_piece

pytestmark = pytest.mark.django_db

WITH_PICTURE = '<p>A word.</p><figure><img src="/media/a.png" alt="A wall"></figure>'


@pytest.fixture(autouse=True)
def _only_these() -> None:
    ChecklistItem.objects.all().delete()


def item(question="It keeps the house rules", **fields) -> ChecklistItem:
    return ChecklistItem.objects.create(question=question, **fields)


def line(post: Post, question: ChecklistItem) -> checklists.Line | None:
    post = Post.objects.get(pk=post.pk)
    return next((one for one in checklists.before_it_goes_out(post=post, at=NOW) if one.item == question), None)


def change(post: Post, editor, body: str) -> None:
    post.refresh_from_db()
    drafting.save_text(post=post, text=drafting.Text(body=body), by=editor, at=NOW, based_on=post.working_id)


def test_a_question_is_ticked_and_the_tick_taken_off(editor):
    post, question = make_piece(State.SUBMITTED, editor=editor), item()
    assert not line(post, question).is_done
    checklists.tick(post=post, item=question, is_ticked=True, by=editor, at=NOW)
    assert line(post, question).is_done
    assert line(post, question).ticked == "Tom Ashby, 11 March"
    checklists.tick(post=post, item=question, is_ticked=False, by=editor, at=NOW)
    assert not line(post, question).is_done
    assert post.checks.count() == 2


def test_pressing_twice_ticks_once(editor):
    post, question = make_piece(State.SUBMITTED, editor=editor), item()
    for _ in range(2):
        checklists.tick(post=post, item=question, is_ticked=True, by=editor, at=NOW)
    assert post.checks.count() == 1


def test_only_editors_tick(editor, writer):
    post, question = make_piece(State.SUBMITTED, editor=editor, writer=writer), item()
    for stranger in (writer, UserFactory()):
        with pytest.raises(PermissionDenied):
            checklists.tick(post=post, item=question, is_ticked=True, by=stranger, at=NOW)


def test_a_later_edit_keeps_the_tick_and_says_so_where_that_matters(editor):
    post = make_piece(State.SUBMITTED, editor=editor, body=WITH_PICTURE)
    about = {depends: item(depends_on=depends) for depends in DependsOn.values}
    for question in about.values():
        checklists.tick(post=post, item=question, is_ticked=True, by=editor, at=NOW)
    change(post, editor, WITH_PICTURE + "<p>More.</p>")
    assert [line(post, about[one]).doubt for one in ("nothing", "pictures")] == ["", ""]
    assert line(post, about["text"]).doubt == "ticked on an earlier text"
    change(post, editor, WITH_PICTURE + '<figure><img src="/media/b.png" alt="B"></figure>')
    assert line(post, about["pictures"]).doubt == "ticked before a picture was added"
    assert line(post, about["pictures"]).is_done
    change(post, editor, "<p>No picture.</p>")
    assert line(post, about["pictures"]) is None


def test_a_category_has_questions_of_its_own_and_one_out_of_use_is_not_asked(editor):
    category = CategoryFactory()
    post = make_piece(State.SUBMITTED, editor=editor, category=category)
    own, of_all = item(category=category), item()
    others = [item(category=CategoryFactory()), item(is_active=False)]
    assert line(post, own)
    assert line(post, of_all)
    assert not any(line(post, one) for one in others)


def test_writers_see_the_questions_meant_for_them(writer):
    post = make_piece(State.DRAFTING, writer=writer, brief_words=900)
    item("For editors")
    item("For writers", is_for_writers=True)
    words = [one.words for one in checklists.before_it_is_sent(post=post)]
    assert words == ["Pictures have descriptions", "156 words of about 900", "For writers"]


def test_what_was_left_undone_is_recorded_and_stops_nothing(editor, writer):
    post = make_piece(State.READY, editor=editor, writer=writer)
    ticked, left = item("The rights are settled"), item("The figures are right")
    checklists.tick(post=post, item=ticked, is_ticked=True, by=editor, at=NOW)
    made = publishing.publish(post=post, by=editor, at=NOW)
    assert post.is_visible_at(NOW)
    assert LeftUndone.objects.get(move=made).words == f"A category\n{left}"


def test_with_everything_done_nothing_is_recorded(editor):
    post = make_piece(State.READY, editor=editor, category=CategoryFactory())
    publishing.publish(post=post, by=editor, at=NOW)
    assert not LeftUndone.objects.exists()


def test_a_new_blog_has_a_list_to_begin_with():
    from importlib import import_module

    from django.apps import apps

    from blog.models import SavedReply

    SavedReply.objects.all().delete()
    import_module("blog.migrations.0015_notes").make(apps, None)
    assert ChecklistItem.objects.filter(category=None).count() == 5
    assert SavedReply.objects.exists()
