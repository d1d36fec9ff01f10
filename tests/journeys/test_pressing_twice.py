"""A button pressed twice, as impatient people do, does its work once."""

import pytest
from playwright.sync_api import expect

from blog.models import Letter
from tests.factories import make_editor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_letter_to_the_editors_is_sent_once(person):
    make_editor(email="tom@blog.example")
    reader = person("reader")
    reader.goto("/contact/")
    for label, text in (("Your name", "A reader"), ("Your mail address", "r@x.example"), ("Your letter", "Once.")):
        reader.page.get_by_label(label).fill(text)

    reader.page.get_by_role("button", name="Send the letter").dblclick()

    expect(reader.page.get_by_role("heading", name="Your letter is with the editors")).to_be_visible()
    assert Letter.objects.count() == 1


def test_after_going_back_the_form_can_be_sent_again(person):
    make_editor(email="tom@blog.example")
    reader = person("reader")
    for text in ("The first.", "The second."):
        reader.goto("/contact/")
        for label, words in (("Your name", "A reader"), ("Your mail address", "r@x.example"), ("Your letter", text)):
            reader.page.get_by_label(label).fill(words)
        reader.page.get_by_role("button", name="Send the letter").click()
        expect(reader.page.get_by_role("heading", name="Your letter is with the editors")).to_be_visible()
        reader.page.go_back()

    assert Letter.objects.count() == 2
