"""What readers are told of changes: on the piece's page, in feeds, in the list of changes, where a piece was."""

import datetime as dt
import json

import pytest
from django.test import Client

from accounts.models import User
from blog.editorial import corrections, drafting, publishing
from blog.models import Post
from blog.states import TEXT_CHANGES, CorrectionKind
from tests.factories import CategoryFactory, make_published

pytestmark = pytest.mark.django_db
AT = dt.datetime(2013, 12, 10, 9, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
PATH = "/2013/12/10/who-closes-a-row/"
FEEDS = ("/feed/", "/feed/atom/", "/feed/json/")
TOLD = {
    CorrectionKind.CORRECTION: ("Correction, 11 December 2013.", "Corrected 11 December"),
    CorrectionKind.CLARIFICATION: ("Clarification, 11 December 2013.", "Clarified 11 December"),
    CorrectionKind.UPDATE: ("Update, 11 December 2013.", "Updated 11 December"),
}


@pytest.fixture
def post(editor: User) -> Post:
    return make_published(at=AT, title="Who closes a row?", body="<p>It said 214.</p>", category=CategoryFactory())


def change(post: Post, by: User, kind: CorrectionKind, *, at: dt.datetime = AT + DAY, note: str = "It was 241."):
    text = drafting.Text(body=f"<p>It said 241, {kind} of {note.rstrip('.')}</p>")
    drafting.save_text(post=post, text=text, by=by, at=at, based_on=post.working_id)
    corrections.publish_correction(post=post, note=note, by=by, at=at, kind=kind)
    return post.corrections.latest("pk")


@pytest.mark.parametrize("kind", TOLD)
def test_each_kind_is_told_with_its_date_everywhere(client: Client, post: Post, editor: User, kind: CorrectionKind):
    change(post, editor, kind)
    page = client.get(PATH).text
    assert all(words in page for words in (*TOLD[kind], "It was 241.", f'href="{PATH}earlier/1/"'))
    for feed in FEEDS:
        assert TOLD[kind][0] in client.get(feed).text, feed
    changes = client.get("/changes/").text
    assert all(words in changes for words in (TOLD[kind][0].split(",")[0], "It was 241.", f'href="{PATH}#corrections"'))
    assert "It said 214." in client.get(f"{PATH}earlier/1/").text


def test_a_typo_is_silent(client: Client, post: Post, editor: User):
    atom = "<updated>2013-12-10T09:00:00+00:00</updated>"
    change(post, editor, CorrectionKind.TYPO)
    assert "It said 241" in client.get(PATH).text
    for path in (PATH, "/changes/", *FEEDS):
        assert "It was 241." not in client.get(path).text, path
    assert client.get(f"{PATH}earlier/1/").status_code == 404
    assert atom in client.get("/feed/atom/").text


def test_the_numbers_of_earlier_texts_stay_whatever_is_silent(client: Client, post: Post, editor: User):
    for number, kind in enumerate(
        [CorrectionKind.TYPO, CorrectionKind.UPDATE, CorrectionKind.TYPO, CorrectionKind.UPDATE]
    ):
        change(post, editor, kind, at=AT + DAY * (number + 1), note=f"Note {number}")
    assert "typo of Note 0" in client.get(f"{PATH}earlier/1/").text
    assert "typo of Note 2" in client.get(f"{PATH}earlier/2/").text
    assert client.get(f"{PATH}earlier/3/").status_code == 404


def test_a_feeds_entry_was_updated_when_it_was_changed(client: Client, post: Post, editor: User):
    change(post, editor, CorrectionKind.CLARIFICATION)
    assert "<updated>2013-12-11T09:00:00+00:00</updated>" in client.get("/feed/atom/").text
    assert json.loads(client.get("/feed/json/").text)["items"][0]["date_modified"] == "2013-12-11T09:00:00+00:00"


def test_the_piece_stays_while_a_correction_is_under_way(client: Client, post: Post, editor: User):
    """A submitted correction took the live post away elsewhere (gutenberg#9554)."""
    text = drafting.Text(body="<p>Half a correction.</p>")
    drafting.save_text(post=post, text=text, by=editor, at=AT + DAY, based_on=post.working_id)
    response = client.get(PATH)
    assert response.status_code == 200
    assert "It said 214." in response.text
    assert "Half a correction." not in response.text


def test_a_withheld_text_is_gone_and_its_notice_stays(client: Client, post: Post, editor: User):
    correction = change(post, editor, CorrectionKind.CORRECTION)
    corrections.withhold(correction=correction, reason="Solicitors.", by=editor, at=AT + DAY)
    gone = client.get(f"{PATH}earlier/1/")
    assert gone.status_code == 410
    assert "It said 214." not in gone.text + client.get(PATH).text
    assert "Solicitors." not in gone.text + client.get(PATH).text
    assert "The earlier text is not shown." in client.get(PATH).text
    corrections.give_back(correction=correction, by=editor, at=AT + DAY)
    assert "It said 214." in client.get(f"{PATH}earlier/1/").text


@pytest.mark.parametrize("shows_title", [True, False])
def test_a_retraction_names_the_piece_only_where_it_may(client: Client, post: Post, editor: User, shows_title: bool):
    make_published(at=AT - DAY, title="Another one")
    publishing.retract(
        post=post, reason="Libel.", note="The figures were invented.", shows_title=shows_title, by=editor, at=AT + DAY
    )
    page = client.get(PATH)
    assert page.status_code == 410
    assert "Retraction, 11 December 2013." in page.text
    for path in (PATH, "/changes/"):
        text = client.get(path).text
        assert "The figures were invented." in text
        assert "Libel." not in text
        assert "It said 214." not in text
        assert ("Who closes a row?" in text) is shows_title, path
    for feed in FEEDS:
        text = client.get(feed).text
        assert ("Retracted: Who closes a row?" in text) is shows_title
        assert "It said 214." not in text
    publishing.reinstate(post=post, by=editor, at=AT + DAY)
    assert "invented" not in client.get(PATH).text + client.get("/changes/").text + client.get("/feed/").text


def test_a_feed_of_a_category_tells_of_its_own_pieces_alone(client: Client, post: Post, editor: User):
    elsewhere = make_published(at=AT - DAY, title="Another one", category=CategoryFactory())
    make_published(at=AT - DAY, title="Beside it", category=post.category)
    publishing.retract(post=post, reason="Libel.", shows_title=True, by=editor, at=AT + DAY)
    assert "Retracted: Who" in client.get(f"{post.category.get_absolute_url()}feed/").text
    assert "Retracted: Who" not in client.get(f"{elsewhere.category.get_absolute_url()}feed/").text


@pytest.mark.parametrize(("path", "status"), [("/changes/page/1/", 301), ("/changes/page/2/", 200),
                                              ("/changes/page/3/", 404), ("/changes/page/0/", 404)])  # fmt: skip
def test_the_list_comes_in_pages(client: Client, post: Post, editor: User, path: str, status: int):
    for number in range(21):
        change(post, editor, CorrectionKind.UPDATE, at=AT + DAY * (number + 1), note=f"Note {number}.")
    assert client.get(path).status_code == status
    assert "Note 20." in client.get("/changes/").text
    assert "Note 0." in client.get("/changes/page/2/").text


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_for_any_number(client, editor, django_assert_num_queries, count):
    for number in range(count):
        change(make_published(at=AT, title=f"Piece {number}"), editor, TEXT_CHANGES[1])
    with django_assert_num_queries(3):
        client.get("/changes/")


def test_an_editor_sees_a_notice_before_it_is_published(as_editor: Client, post: Post, editor: User):
    text = drafting.Text(body="<p>It says 241.</p>")
    drafting.save_text(post=post, text=text, by=editor, at=AT + DAY, based_on=post.working_id)
    path = f"/preview/{post.pk}/change/"
    page = as_editor.post(path, {"change": "clarification", "reason": "Not all of them."}).text
    assert all(words in page for words in ("Clarification, ", "Not all of them.", "It says 241."))
    page = as_editor.post(path, {"note": "It was invented.", "shows_title": "1"}).text
    assert all(words in page for words in ("has been retracted", "It was invented."))
    assert not post.corrections.exists()


def test_nobody_else_sees_it_before(as_reader: Client, client: Client, post: Post):
    path = f"/preview/{post.pk}/change/"
    assert as_reader.post(path, {"change": "update", "reason": "x"}).status_code == 404
    assert client.post(path, {"change": "update", "reason": "x"}).status_code == 403
