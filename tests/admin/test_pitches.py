"""Pitches in the desk: the list, the page, and what stays hidden once a guest has chosen a pen name."""

import datetime as dt

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from accounts.models import User
from blog.editorial import invitations
from blog.editorial.names import identity
from blog.editorial.names.identity import BylineDetails
from blog.editorial.pitching import pitches
from blog.editorial.pitching.form import TypedPitch
from blog.models import Letter, Pitch, PitchState, SavedReply
from tests.factories import UserFactory, make_editor
from tests.people import signed_in

pytestmark = pytest.mark.django_db
LIST = "/admin/blog/pitch/"
NAME, ADDRESS = "Quentin Onlyhere", "zebra.crossing@council.example"


def pitched(name: str = NAME, email: str = ADDRESS, *, is_confirmed: bool = True, days: int = 0) -> Pitch:
    at = timezone.now() - dt.timedelta(days=days)
    typed = TypedPitch(name, email, "Who closes a row?", "What happens to a finished row?", "I work for Anderby.")
    pitch = pitches.send_in(typed=typed, at=at)
    if is_confirmed:
        pitches.confirm(pitch=pitch, at=at)
    return pitch


@pytest.fixture
def tom(db) -> User:
    return make_editor(display_name="Tom Ashby")


@pytest.fixture
def desk(tom: User) -> Client:
    return signed_in(tom)


def act(desk: Client, pitch: Pitch, name: str, **typed: str):
    return desk.post(f"{LIST}{pitch.pk}/{name}/", typed)


def test_the_first_page_shows_what_waits_and_what_is_late(desk: Client):
    pitched(days=9)
    text = desk.get("/admin/").text
    assert "Quentin Onlyhere, waiting for 9 days." in text
    assert "The answer was due 2 days ago." in text


def test_what_is_not_confirmed_is_nowhere(desk: Client):
    pitch = pitched(is_confirmed=False)
    assert desk.get(f"{LIST}{pitch.pk}/change/").status_code == 404
    assert act(desk, pitch, "ask", text="Why?").status_code == 404
    letter = Letter.objects.get()
    for path in (
        "/admin/",
        LIST,
        f"{LIST}?q=Quentin",
        "/admin/blog/letter/",
        f"/admin/blog/letter/{letter.pk}/change/",
    ):
        text = desk.get(path).text
        assert NAME not in text
        assert ADDRESS not in text


def test_a_pitch_is_found_by_its_words_its_writer_and_its_state(desk: Client):
    pitched()
    for query in ("q=row", "q=finished", "q=Quentin", "state__exact=waiting"):
        assert "Who closes a row?" in desk.get(f"{LIST}?{query}").text
    for query in ("q=drains", "state__exact=declined"):
        assert "Who closes a row?" not in desk.get(f"{LIST}?{query}").text


def test_one_button_makes_it_an_invitation(desk: Client):
    pitch = pitched()
    page = desk.get(f"{LIST}{pitch.pk}/change/").text
    assert "I work for Anderby." in page
    response = act(desk, pitch, "accept", title=pitch.title, brief=pitch.text)
    pitch.refresh_from_db()
    assert response["Location"] == f"/admin/blog/post/{pitch.post_id}/change/"
    assert "Accepted" in desk.get(f"{LIST}{pitch.pk}/change/").text
    assert act(desk, pitch, "accept", title="x").status_code == 409


def test_a_refusal_keeps_what_was_typed(desk: Client):
    SavedReply.objects.create(title="Not now", text="We have just run one like it.")
    pitch = pitched()
    page = desk.get(f"{LIST}{pitch.pk}/change/").text
    assert "Dear Quentin Onlyhere," in page
    assert "We have just run one like it." in page
    assert act(desk, pitch, "decline", text=" ").status_code == 422
    response = act(desk, pitch, "accept", title="A new title", due_date="soon")
    assert response.status_code == 422
    assert "A new title" in response.text
    assert act(desk, pitch, "accept", title="A new title", due_date="2020-03-01").status_code == 422
    assert act(desk, pitch, "hand-over", to="x").status_code == 422
    assert act(desk, pitch, "decline", text="Dear Quentin,\n\nnot now.").status_code == 302
    late = act(desk, pitch, "ask", text="What I had typed.")
    assert late.status_code == 409
    assert "What I had typed." in late.text
    assert Pitch.objects.get().state == PitchState.DECLINED


@pytest.mark.parametrize("text", ["nul\x00", "x" * 1_000_000])
def test_bad_input_is_no_fault_of_ours(desk: Client, text: str):
    pitch = pitched()
    for name in ("ask", "decline"):
        assert act(desk, pitch, name, text=text).status_code in {302, 422, 409}
    assert act(desk, pitch, "publish").status_code == 404
    assert desk.get(f"{LIST}?q=%00").status_code == 400


def under_pen_name(tom: User) -> Pitch:
    pitch = pitched()
    pitches.ask(pitch=pitch, text="Quentin, which council?", by=tom, at=timezone.now())
    pitches.answer(pitch=pitch, text="Quentin says: Anderby.", at=timezone.now())
    post = pitches.accept(
        pitch=pitch, assignment=pitches.Assignment(pitch.title, pitch.text), by=tom, at=timezone.now()
    )
    guest = UserFactory(email=ADDRESS, display_name=NAME)
    invitations.accept(invitation=post.invitations.get(), by=guest, at=timezone.now())
    identity.set_byline(
        post=post,
        author=post.bylines.get().author,
        details=BylineDetails("The Mole", is_pen_name=True),
        by=guest,
        at=timezone.now(),
    )
    return pitch


def test_once_the_guest_has_a_pen_name_the_pitch_hides_who_they_are(desk: Client, tom: User):
    pitch = under_pen_name(tom)
    letters = [f"/admin/blog/letter/{letter.pk}/change/" for letter in Letter.objects.all()]
    for path in ("/admin/", LIST, f"{LIST}{pitch.pk}/change/", f"/admin/blog/post/{pitch.post_id}/change/",
                 "/admin/blog/letter/", *letters):  # fmt: skip
        text = desk.get(path).text
        for secret in ("Quentin", "zebra.crossing", "I work for Anderby."):
            assert secret not in text, path
    for query in ("q=Quentin", "q=zebra"):
        assert "Who closes a row?" not in desk.get(f"{LIST}?{query}").text


def test_whoever_may_look_behind_pen_names_sees_it(tom: User):
    pitch = under_pen_name(tom)
    tom.user_permissions.add(Permission.objects.get(codename="see_identities"))
    desk = signed_in(User.objects.get(pk=tom.pk))
    assert NAME in desk.get(LIST).text
    assert ADDRESS in desk.get(f"{LIST}{pitch.pk}/change/").text
    assert "Who closes a row?" in desk.get(f"{LIST}?q=Quentin").text


def test_the_list_costs_the_same_for_one_row_and_for_three(desk: Client, django_assert_num_queries):
    pitched()
    desk.get(LIST)
    with django_assert_num_queries(8):
        desk.get(LIST)
    for number in range(2):
        pitched(email=f"p{number}@council.example")
    with django_assert_num_queries(8):
        desk.get(LIST)


def test_no_state_is_offered_in_which_editors_see_none(desk: Client):
    pitched()
    page = desk.get(LIST).text
    assert "?state__exact=waiting" in page
    assert "?state__exact=unconfirmed" not in page


def test_without_script_a_saved_reply_comes_after_the_letter_as_it_was_typed(desk: Client):
    reply = SavedReply.objects.create(title="Not now", text="We have just run one like it.")
    pitch = pitched()
    before = Letter.objects.count()
    page = act(desk, pitch, "fill", text="Dear Quentin,", saved_reply=str(reply.pk))
    assert page.status_code == 200
    assert "Dear Quentin,\n\nWe have just run one like it.</textarea>" in page.text
    assert "There is a problem" not in page.text
    assert Letter.objects.count() == before
    pitch.refresh_from_db()
    assert pitch.state == PitchState.WAITING
