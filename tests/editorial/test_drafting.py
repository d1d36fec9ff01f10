"""Writing: every save is a revision, and nothing that anyone typed is lost."""

import pytest
from django.core.exceptions import PermissionDenied

from blog.editorial import drafting
from blog.editorial.drafting import ConflictError, Text
from blog.editorial.refusals import IncompleteError, MoveNotAllowedError
from blog.models import Revision
from blog.models.revisions import RevisionIsFinalError
from blog.states import State
from tests.factories import NOW, UserFactory, make_author, make_piece

pytestmark = pytest.mark.django_db


def save(post, text, by, based_on):
    return drafting.save_text(post=post, text=text, by=by, at=NOW, based_on=based_on)


def test_a_save_makes_a_revision_and_keeps_the_earlier_one(writer, editor):
    post = make_piece(writer=writer, editor=editor)
    before = post.working

    after = save(post, Text(title="Another title"), writer, before.pk)

    assert (after.title, after.body, after.number) == ("Another title", before.body, before.number + 1)
    assert Revision.objects.get(pk=before.pk).title == "Who closes a row?"


def test_saving_the_same_text_makes_no_revision(writer, editor):
    post = make_piece(writer=writer, editor=editor)

    assert save(post, Text(title=post.working.title), writer, post.working_id).pk == post.working_id


def test_two_tabs_never_overwrite_each_other(writer, editor):
    post = make_piece(writer=writer, editor=editor)
    opened = post.working_id
    first = save(post, Text(body="<p>From the first tab.</p>"), writer, opened)

    with pytest.raises(ConflictError) as conflict:
        save(post, Text(body="<p>From the second tab.</p>"), writer, opened)

    post.refresh_from_db()
    assert post.working == first
    assert conflict.value.working == first
    assert Revision.objects.get(pk=conflict.value.kept.pk).body == "<p>From the second tab.</p>"


def test_the_same_text_from_two_tabs_is_no_conflict(writer, editor):
    post = make_piece(writer=writer, editor=editor)
    opened = post.working_id
    first = save(post, Text(title="Same"), writer, opened)

    assert save(post, Text(title="Same"), writer, opened) == first


def test_a_co_author_who_opened_an_earlier_text_gets_both(writer, editor):
    post = make_piece(writer=writer, editor=editor)
    co_author = UserFactory()
    post.bylines.create(author=make_author(co_author, name="Dennis Okafor"), position=2)
    opened = post.working_id
    save(post, Text(title="Hers"), writer, opened)

    with pytest.raises(ConflictError):
        save(post, Text(title="His"), co_author, opened)

    assert {"Hers", "His"} <= set(post.revisions.values_list("title", flat=True))


def test_a_revision_of_another_piece_is_not_taken_as_the_basis(writer, editor):
    post, other = make_piece(writer=writer, editor=editor), make_piece(editor=editor, body="<p>Secret.</p>")

    with pytest.raises(ConflictError) as conflict:
        save(post, Text(title="Mine"), writer, other.working_id)

    assert "Secret" not in conflict.value.kept.body


def test_a_writer_cannot_write_while_the_editor_has_the_piece(writer, editor):
    post = make_piece(State.SUBMITTED, writer=writer, editor=editor)

    with pytest.raises(MoveNotAllowedError):
        save(post, Text(title="Late"), writer, post.working_id)


def test_an_editor_cannot_write_while_the_writer_has_the_piece(writer, editor):
    post = make_piece(State.CHANGES_REQUESTED, writer=writer, editor=editor)

    with pytest.raises(MoveNotAllowedError):
        save(post, Text(title="Early"), editor, post.working_id)


def test_a_writer_cannot_write_the_editors_introduction(writer, editor):
    post = make_piece(writer=writer, editor=editor)

    with pytest.raises(PermissionDenied):
        save(post, Text(introduction="<p>I am great.</p>"), writer, post.working_id)


def test_a_stranger_cannot_write(writer, editor, reader):
    post = make_piece(writer=writer, editor=editor)

    with pytest.raises(PermissionDenied):
        save(post, Text(title="Mine now"), reader, post.working_id)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        (Text(title="T" * 301), "title"),
        (Text(standfirst="S" * 1001), "standfirst"),
        (Text(body="<p>" + "B" * 1_000_001 + "</p>"), "body"),
    ],
)
def test_a_text_that_is_too_long_is_refused_whole_and_never_cut(text, field, writer, editor):
    post = make_piece(writer=writer, editor=editor)

    with pytest.raises(IncompleteError) as refusal:
        save(post, text, writer, post.working_id)

    assert set(refusal.value.errors) == {field}
    assert post.revisions.count() == 2


def test_nul_bytes_and_lone_surrogates_are_dropped(writer, editor):
    post = make_piece(writer=writer, editor=editor)

    saved = save(post, Text(title="A\x00B\ud800C", body="<p>a\x00\udfffb</p>"), writer, post.working_id)

    assert (saved.title, saved.body) == ("ABC", "<p>ab</p>")


@pytest.mark.parametrize(
    ("text", "field"),
    [
        (Text(title=""), "title"),
        (Text(body=""), "body"),
        (Text(body='<p>Words.</p><figure><img src="/media/pictures/a.jpg" alt=""></figure>'), "body"),
    ],
)
def test_an_incomplete_piece_is_not_sent(text, field, writer, editor):
    post = make_piece(writer=writer, editor=editor)
    save(post, text, writer, post.working_id)

    with pytest.raises(IncompleteError) as refusal:
        drafting.submit_for_review(post=post, by=writer, at=NOW)

    assert field in refusal.value.errors
    post.refresh_from_db()
    assert post.state == State.DRAFTING


def test_a_revision_can_be_neither_changed_nor_removed(writer, editor):
    revision = make_piece(writer=writer, editor=editor).working
    revision.title = "Other"

    for attempt in (
        revision.save,
        revision.delete,
        Revision.objects.all().delete,
        lambda: Revision.objects.update(title="Other"),
    ):
        with pytest.raises(RevisionIsFinalError):
            attempt()


def test_the_hash_covers_everything_a_reader_would_see(writer, editor):
    base = make_piece(State.SUBMITTED, writer=writer, editor=editor).working
    author = make_author(name="Tom Ashby")
    changes = {"title": "x", "standfirst": "x", "body": "x", "introduction": "x", "introduced_by": author}

    hashes = set()
    for name, value in changes.items():
        changed = Revision.objects.get(pk=base.pk)
        setattr(changed, name, value)
        hashes.add(changed.hash_of_content())

    assert len(hashes | {base.content_hash}) == len(changes) + 1
