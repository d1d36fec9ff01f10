"""The form for a pitch, and the page behind its link."""

import re
from urllib.parse import urlencode

import pytest
from django.test import Client

from blog.editorial.letters import post_room
from blog.editorial.pitching import pitches
from blog.models import Letter, Pitch, PitchState, SeriesSlot
from blog.states import State
from tests.factories import NOW, SeriesFactory, UserFactory, make_editor, make_piece, make_published

pytestmark = pytest.mark.django_db
FORM = "/contribute/pitch/"
GIVEN = {"name": "Priya", "email": "priya@council.example", "title": "Rows", "text": "What happens to a row?"}


@pytest.fixture
def tom(db):
    return make_editor(email="tom@blog.example")


def pitched(client: Client, **changes: str) -> Pitch:
    assert client.post(FORM, {**GIVEN, **changes}).status_code == 302
    return Pitch.objects.latest("pk")


def path_of(pitch: Pitch) -> str:
    return pitches.link_of(pitch).removeprefix("http://blog.example")


def test_the_whole_way_of_a_pitch_to_the_invitation(client: Client, tom):
    response = client.post(FORM, GIVEN)
    assert response["Location"] == "/contribute/pitch/sent/"
    assert "One step is left" in client.get(response["Location"]).text
    message = post_room._message(Letter.objects.get())
    found = re.search(r"http\S+/pitch/[0-9a-f]{64}/", message.body)
    assert found
    link = "/pitch/" + found[0].partition("/pitch/")[2]

    for _ in range(2):  # As a scanner of mail would
        assert "Confirm the pitch" in client.get(link).text
    assert Pitch.objects.get().state == PitchState.UNCONFIRMED
    assert client.post(f"{link}confirm/").status_code == 302
    assert "Already confirmed" in client.get(link).text

    pitch = Pitch.objects.get()
    pitches.ask(pitch=pitch, text="Which council?", by=tom, at=NOW)
    assert "Which council?" in client.get(link).text
    assert client.post(f"{link}answer/", {"text": " "}).status_code == 422
    assert client.post(f"{link}answer/", {"text": "Anderby"}).status_code == 302
    pitches.accept(pitch=pitch, assignment=pitches.Assignment("Rows", "Rows"), by=tom, at=NOW)
    assert "accepted" in client.get(link).text
    assert client.post(f"{link}withdraw/").status_code == 409


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", " ", "Write your name. A pen name will do."),
        ("email", "priya at council", "Write a whole mail address, such as name@council.gov.uk."),
        ("title", "t" * 201, "Shorten this to 200 characters."),
        ("text", "\n", "Tell us what you would write, and why now."),
        ("text", "nul\x00", "Null characters are not allowed."),
        ("about", "a" * 1001, "Shorten this to 1000 characters."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_the_rest_kept(client: Client, field: str, value: str, sentence: str):
    response = client.post(FORM, {**GIVEN, field: value})
    assert response.status_code == 422
    assert response.text.count(sentence) == 2
    assert f'<a href="#id_{field}">' in response.text
    assert re.search(r"<title>\s*Error:", response.text)
    assert not Pitch.objects.exists()


@pytest.mark.parametrize("value", ["\ud800", "x" * 1_000_000, "\x00", "' OR 1=1", "9" * 40, "-1"])
@pytest.mark.parametrize("field", ["slot", "reply", "title"])
def test_bad_input_is_no_fault_of_ours(client: Client, field: str, value: str):
    sent = urlencode({**GIVEN, field: value}, errors="surrogatepass")
    assert client.post(FORM, sent, content_type="application/x-www-form-urlencoded").status_code in {302, 400, 422}


@pytest.mark.parametrize(
    "query", ["reply=%00", "reply=%ED%A0%80", "reply=" + "x" * 3000, "part=%00", "part=99999999999999"]
)
def test_bad_addresses_show_the_form(client: Client, query: str):
    assert client.get(f"{FORM}?{query}").status_code == 200


def test_a_program_that_fills_in_everything_is_thanked_and_ignored(client: Client):
    assert client.post(FORM, {**GIVEN, "website": "https://spam.example"}).status_code == 302
    assert not Pitch.objects.exists()


def test_a_known_address_and_an_unknown_one_are_answered_alike(client: Client, tom):
    UserFactory(email="dana@council.example")
    answers = [
        client.post(FORM, {**GIVEN, "email": email}) for email in ("dana@council.example", "new@council.example")
    ]
    assert len({(answer.status_code, answer["Location"]) for answer in answers}) == 1
    kinds = [letter.kind for letter in Letter.objects.all()]
    assert kinds == ["to_writer/pitch_confirm"] * 2


def test_too_many_from_one_address_are_told_so_and_keep_their_text(client: Client):
    for _ in range(3):
        pitched(client)
    response = client.post(FORM, GIVEN)
    assert response.status_code == 429
    assert "What happens to a row?" in response.text


def test_a_form_from_elsewhere_is_refused(client: Client):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(FORM, GIVEN).status_code == 403
    assert strict.post(path_of(pitched(client)) + "confirm/").status_code == 403


def test_the_link_stays_with_whoever_has_it(client: Client):
    response = client.get(path_of(pitched(client)))
    assert response["Referrer-Policy"] == "no-referrer"
    # Or a browser would send its form from nowhere, which is refused
    assert '<meta name="referrer" content="strict-origin">' in response.text
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize("token", ["none", "0" * 64, "%00", "%ED%A0%80", "x" * 3000])
def test_other_links_lead_nowhere(client: Client, token: str):
    assert client.get(f"/pitch/{token}/").status_code == 404
    assert client.post(f"/pitch/{token}/confirm/").status_code == 404


def test_an_act_that_does_not_exist_is_not_found(client: Client):
    assert client.post(path_of(pitched(client)) + "publish/").status_code == 404


def test_a_pitch_in_reply_to_a_piece_names_it_and_keeps_it(client: Client):
    post = make_published(title="What a row is for")
    assert "What a row is for" in client.get(f"{FORM}?reply={post.slug}").text
    assert pitched(client, reply=post.slug).in_reply_to == post


def test_a_draft_is_not_found_by_its_address(client: Client):
    draft = make_piece(State.RETRACTED, title="A secret row")
    assert "A secret row" not in client.get(f"{FORM}?reply={draft.slug}").text
    assert pitched(client, reply=draft.slug).in_reply_to is None


def test_free_parts_stand_on_the_page_and_can_be_pitched_for(client: Client):
    series = SeriesFactory(title="Small lists", planned_parts=4)
    free = SeriesSlot.objects.create(series=series, part_number=3, working_title="The third", is_open=True)
    closed = SeriesSlot.objects.create(series=series, part_number=4, working_title="The fourth")
    text = client.get("/contribute/").text
    assert "Part 3 of “Small lists”" in text
    assert "The third" not in text
    assert "Part 4" not in text
    assert f'<option value="{free.pk}" selected>' in client.get(f"{FORM}?part={free.pk}").text
    assert pitched(client, slot=str(free.pk)).slot == free
    assert client.post(FORM, {**GIVEN, "slot": str(closed.pk)}).status_code == 422


def test_the_answering_time_is_the_same_everywhere(client: Client):
    sentence = "We have not answered many yet; we try to answer within seven days."
    for path in ("/", "/contribute/", FORM):
        assert sentence in client.get(path).text
