"""The HTML part of a letter: made from the text as it goes out, safe whatever people wrote into it."""

import pytest
from django.conf import settings
from lxml import html as lxml_html

from blog.editorial import invitations
from blog.editorial.letters import post_room
from blog.editorial.letters.html import blocks_of, html_of
from blog.editorial.letters.writing import INVITATION_LINK, put_in_post
from blog.models import Letter
from tests.factories import NOW

PAGE = f"{settings.SITE_URL}/desk/7/"
TEXT = f"""Dear Priya,

Tom Ashby asks for some changes:

> Who answers?
> And <b>when</b>?
>
> See https://council.example/rules.

Go to its page:
{PAGE}

Any Other Business
{settings.SITE_URL}
"""


def parsed(text: str, subject: str = "Subject") -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(html_of(subject=subject, text=text))


def kinds(text: str) -> list[str]:
    return [block.kind for block in blocks_of(text)]


def test_a_letter_is_words_somebodys_words_and_one_step():
    assert kinds(TEXT) == ["words", "words", "quote", "step", "words"]


def test_every_word_of_the_text_is_in_it_and_no_other():
    page = lxml_html.document_fromstring(html_of(subject="Subject", text=TEXT).replace("<br>", "\n"))
    words = " ".join(page.xpath("//body")[0].text_content().split())

    plain = TEXT.replace("\n> ", "\n").replace("\n>\n", "\n").replace("page:", "page")
    assert words == " ".join(plain.split())


def test_only_addresses_of_the_text_are_links():
    links = parsed(TEXT).xpath("//a/@href")

    assert links == ["https://council.example/rules", PAGE, PAGE, settings.SITE_URL]


def test_nothing_is_loaded_from_anywhere():
    page = parsed(TEXT)

    assert not page.xpath("//img | //script | //link | //iframe | //form | //@background | //@src")
    assert "url(" not in html_of(subject="", text=TEXT)


@pytest.mark.parametrize(
    "hostile",
    [
        '<script>alert(1)</script><img src="https://evil.example/x.gif">',
        "<![endif]--><a href='https://evil.example'>x</a>",
        '"><a href="javascript:alert(1)">x</a>',
        "</title></style><b>x</b>",
    ],
)
def test_markup_in_names_and_titles_stays_text(hostile):
    page = parsed(f"Dear {hostile},\n\n> {hostile}\n\n{hostile}:\n{PAGE}", subject=hostile)

    assert not page.xpath("//script | //img | //b")
    assert not [link for link in page.xpath("//a/@href") if "javascript" in link]
    assert page.xpath("//title")[0].text == hostile
    assert page.text_content().count(hostile) == 4


@pytest.mark.parametrize(
    "text",
    [
        "Sign in:\nhttps://evil.example/accounts/login/",
        f"Sign in:\n{settings.SITE_URL}.evil.example/accounts/login/",
        f"> Sign in:\n> {PAGE}",
        f"{'A very long line that is no label ' * 3}:\n{PAGE}",
        f"Read it here: {PAGE}",
    ],
)
def test_what_is_not_a_step_of_ours_is_no_button(text):
    assert "step" not in kinds(text)


def test_a_letter_has_at_most_one_button():
    assert kinds(f"Sign in:\n{PAGE}\n\nOr set a password:\n{PAGE}new/") == ["step", "words"]


def test_a_code_stands_out():
    assert kinds("Type it there:\n\nKX7P-2RQ9\n\nHello") == ["words", "code", "words"]


@pytest.mark.django_db
def test_the_mail_carries_both_parts_and_the_text_as_the_editors_left_it(editor, mailoutbox):
    letter = put_in_post("test", to_address="priya@council.example", at=NOW, subject="Your proof", text="Old")
    post_room.rewrite(letter=letter, subject="Your proof", text="Dear Priya, & so on", by=editor, at=NOW)

    post_room.send_due(at=NOW)

    message = mailoutbox[0].message()
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.get_payload()] == ["text/plain", "text/html"]
    assert mailoutbox[0].body == "Dear Priya, & so on\n"
    assert "Dear Priya, &amp; so on" in mailoutbox[0].alternatives[0].content
    letter.refresh_from_db()
    assert letter.text == "Dear Priya, & so on\n"


@pytest.mark.django_db
def test_the_invitation_is_a_button_with_the_guests_own_link(editor, mailoutbox):
    invitations.invite(by=editor, at=NOW, name="Priya Raman", email="priya@council.example", note="Do!")

    post_room.send_due(at=NOW)

    page = lxml_html.document_fromstring(mailoutbox[0].alternatives[0].content)
    step = page.xpath("//a[@class='step']")[0]
    assert step.text == "Say yes or no"
    assert step.get("href").startswith(f"{settings.SITE_URL}/invitation/")
    assert step.get("href") in mailoutbox[0].body
    assert INVITATION_LINK not in page.text_content()
    assert page.xpath("//blockquote")[0].text_content().strip() == "Do!"


@pytest.mark.django_db
def test_a_confidential_letter_leaves_nothing_behind_in_either_part(mailoutbox):
    letter = put_in_post(
        "test",
        to_address="a@council.example",
        at=NOW,
        subject="Code",
        text="Type it:\n\nABCD-1234",
        is_confidential=True,
    )

    post_room.send_due(at=NOW)

    assert "ABCD-1234" in mailoutbox[0].alternatives[0].content
    assert Letter.objects.get(pk=letter.pk).text == ""
