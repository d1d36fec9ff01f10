"""Corrections that a writer proposes once the piece is published: answered either way, and the live text stays."""

import pytest
from django.core.exceptions import PermissionDenied

from blog.editorial import proposals
from blog.editorial.refusals import EditorialRefusal, IncompleteError, MoveNotAllowedError
from blog.models import Letter, Post, Proposal
from blog.states import State
from tests.factories import NOW, make_editor, make_piece, make_published

pytestmark = pytest.mark.django_db
BODY = "<p>We sent 214 chasers.</p><p>It held.</p>"


@pytest.fixture
def post(writer, editor) -> Post:
    return make_published(writer=writer, editor=editor, body=BODY)


def propose(post: Post, by, **fields) -> Proposal:
    return proposals.propose(post=post, by=by, at=NOW, **{"wrong": "It was 241.", "block": 0, **fields})


def test_the_editors_get_it_and_readers_see_the_piece_as_it_is(post, writer, editor):
    before = post.live_id, post.working_id

    proposal = propose(post, writer, wanted="We sent 241 chasers.")

    post.refresh_from_db()
    assert (post.live_id, post.working_id) == before
    assert post.state == State.PUBLISHED
    assert proposal.passage == "We sent 214 chasers."
    letter = Letter.objects.get(kind="to_editor/correction_proposed")
    assert letter.to_address == editor.email
    assert "> It was 241." in letter.text
    assert "It should say:\n\n> We sent 241 chasers." in letter.text


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"wrong": " "}, "wrong"), ({"wrong": "x" * 2001}, "wrong"), ({"wanted": "x" * 2001}, "wanted"),
     ({"block": 2}, "block"), ({"block": -1}, "block")],
)  # fmt: skip
def test_what_is_missing_is_said_beside_its_field(wrong, field, post, writer):
    with pytest.raises(IncompleteError) as refused:
        propose(post, writer, **wrong)

    assert set(refused.value.errors) == {field}


def test_only_a_writer_proposes_and_only_what_is_out(post, reader, writer, editor):
    with pytest.raises(PermissionDenied):
        propose(post, reader)
    with pytest.raises(EditorialRefusal, match="can’t see this piece now"):
        propose(make_piece(State.READY, writer=writer, editor=editor), writer)


def test_a_revision_of_another_piece_is_never_shown(post, writer, editor):
    other = make_published(editor=editor, body="<p>A secret.</p>", title="Another")

    assert propose(post, writer, seen=other.live_id).passage == "We sent 214 chasers."


@pytest.mark.parametrize("is_taken", [True, False])
def test_the_writer_hears_either_way_once(is_taken, post, writer, editor):
    proposal = propose(post, writer)
    act = proposals.take_up if is_taken else proposals.refuse

    act(proposal=proposal, reason="The minutes say so.", by=editor, at=NOW)

    kind = "to_writer/correction_taken" if is_taken else "to_writer/correction_refused"
    letter = Letter.objects.get(kind=kind)
    assert letter.to_address == writer.email
    assert "> It was 241." in letter.text
    assert "> The minutes say so." in letter.text
    with pytest.raises(MoveNotAllowedError):
        act(proposal=proposal, reason="Again.", by=make_editor(), at=NOW)
    assert Letter.objects.filter(kind=kind).count() == 1


def test_refusing_takes_a_reason_and_answering_an_editor(post, writer, editor):
    proposal = propose(post, writer)

    with pytest.raises(IncompleteError):
        proposals.refuse(proposal=proposal, reason=" ", by=editor, at=NOW)
    with pytest.raises(PermissionDenied):
        proposals.take_up(proposal=proposal, by=writer, at=NOW)


def test_nobody_has_to_answer_more_than_a_few_at_a_time(post, writer, monkeypatch):
    monkeypatch.setattr(proposals, "MOST_WAITING", 1)
    propose(post, writer)

    with pytest.raises(EditorialRefusal, match="to answer first"):
        propose(post, writer)


def test_the_review_page_shows_it_and_answers_it(post, writer, as_editor):
    proposal = propose(post, writer)
    page = as_editor.get(f"/admin/blog/post/{post.pk}/change/").content.decode()
    assert "Proposed after publication" in page
    assert "It was 241." in page

    refused = as_editor.post(f"/admin/blog/post/{post.pk}/proposals/{proposal.pk}/refuse/", {"reason": ""})
    assert refused.status_code == 422
    as_editor.post(f"/admin/blog/post/{post.pk}/proposals/{proposal.pk}/take-up/")

    proposal.refresh_from_db()
    assert proposal.answer == Proposal.Answer.TAKEN


def test_a_proposal_is_not_reached_through_another_piece(post, writer, editor, as_editor):
    proposal = propose(post, writer)
    other = make_published(editor=editor, title="Another")

    assert as_editor.post(f"/admin/blog/post/{other.pk}/proposals/{proposal.pk}/take-up/").status_code == 404
    assert as_editor.post(f"/admin/blog/post/{post.pk}/proposals/{proposal.pk}/x/").status_code == 404
