"""Writing to the editors, and the addresses that programs don't find."""

import re

import pytest
from django.test import Client

from blog.editorial import correspondence
from blog.models import Letter, Masthead
from tests.factories import NOW, make_editor, make_published

pytestmark = pytest.mark.django_db
GIVEN = {"name": "Dana Whitby", "email": "dana@council.example", "text": "I would like to\n\nwrite <b>one</b> & two."}


@pytest.fixture
def two_editors(db) -> None:
    make_editor(email="tom@blog.example")
    make_editor(email="sam@blog.example")


def send(client: Client, **changes: str):
    return client.post("/contact/", {**GIVEN, **changes})


def test_every_editor_gets_the_letter(client: Client, two_editors):
    response = send(client)
    assert response.status_code == 302
    assert "Your letter is with the editors" in client.get(response["Location"]).text
    letters = Letter.objects.filter(kind="to_editor/contact")
    assert {letter.to_address for letter in letters} == {"tom@blog.example", "sam@blog.example"}
    letter = letters[0]
    assert letter.subject == "Dana Whitby writes to the editors"
    assert "write <b>one</b> & two." in letter.text
    assert "dana@council.example" in letter.text


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", " ", "Write your name. A pen name will do."),
        ("name", "n" * 121, "Shorten your name to 120 characters."),
        ("email", "", "Write your mail address, so that we can answer."),
        ("email", "dana at council", "Write a whole mail address, such as name@council.gov.uk."),
        ("text", "\n", "Write your letter first."),
        ("text", "t" * 5001, "Shorten your letter to 5000 characters."),
        ("text", "nul\x00", "Null characters are not allowed."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_the_rest_kept(client: Client, two_editors, field, value, sentence):
    response = send(client, **{field: value})
    assert response.status_code == 422
    assert response.text.count(sentence) == 2
    assert f'<a href="#id_{field}">' in response.text
    assert re.search(r"<title>\s*Error:", response.text)
    kept = {**GIVEN, field: value}
    assert ("Dana Whitby" in response.text) == (kept["name"] == GIVEN["name"])
    assert not Letter.objects.exists()


def test_line_breaks_in_a_name_stay_out_of_the_subject(client: Client, two_editors):
    send(client, name="Dana\r\nBcc: everyone@example.org")
    assert Letter.objects.first().subject == "Dana Bcc: everyone@example.org writes to the editors"


def test_a_program_that_fills_in_everything_is_thanked_and_ignored(client: Client, two_editors):
    assert send(client, website="https://spam.example").status_code == 302
    assert not Letter.objects.exists()


def test_the_sixth_letter_from_an_address_within_the_hour_is_refused(client: Client, two_editors):
    for _ in range(5):
        assert send(client).status_code == 302
    response = send(client, email="DANA@council.example")
    assert response.status_code == 429
    assert "send it again in an hour" in response.text
    assert "I would like to" in response.text
    assert send(client, email="other@council.example").status_code == 302


def test_made_up_addresses_do_not_flood_the_editors(two_editors, monkeypatch):
    monkeypatch.setattr(correspondence, "MOST_FROM_ALL", 2)
    for n in range(2):
        correspondence.write_to_editors(**{**GIVEN, "email": f"a{n}@x.example"}, at=NOW)
    with pytest.raises(correspondence.TooManyLettersError):
        correspondence.write_to_editors(**{**GIVEN, "email": "a3@x.example"}, at=NOW)


def test_a_form_from_elsewhere_is_refused():
    assert Client(enforce_csrf_checks=True).post("/contact/", GIVEN).status_code == 403


def test_people_can_read_the_addresses_and_programs_cannot(client: Client):
    Masthead.objects.create(
        pk=1,
        addresses="editors@aob.example\nLetters: guests@aob.example",
        colophon="Ask <tom@aob.example> about us.",
        invitation="Write to write@aob.example or see https://aob.example/x",
    )
    post = make_published()
    for path in ("/", "/contact/", "/contribute/", "/nowhere/", post.get_absolute_url()):
        text = client.get(path).text
        assert "mailto:" not in text
        assert not re.search(r"\w@\w", text)
        assert 'editors<span class="at"> at </span>aob.example' in text
        assert 'Ask &lt;<span data-mail>tom<span class="at">' in text
        assert '<a href="https://aob.example/x">' in text
        assert 'href="/contact/"' in text
