"""What people see when the answer is no."""

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from blog.editorial.refusals import EditorialRefusal, IncompleteError, MoveNotAllowedError
from wlg.refusals import EditorialRefusals

SENTENCE = "The piece is out already."


def answer_to(exception: Exception, **headers: str) -> HttpResponse | None:
    request = RequestFactory().get("/", headers=headers)
    return EditorialRefusals(lambda _: HttpResponse()).process_exception(request, exception)


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (EditorialRefusal(SENTENCE), 409),
        (MoveNotAllowedError(SENTENCE), 409),
        (IncompleteError({"title": SENTENCE}), 422),
    ],
)
def test_a_refusal_that_no_view_caught_is_a_page_with_its_sentence(refusal, status, db):
    response = answer_to(refusal)

    assert response.status_code == status
    assert SENTENCE in response.content.decode()


def test_a_script_gets_the_sentence_alone():
    response = answer_to(EditorialRefusal(SENTENCE), Accept="application/json")

    assert (response.status_code, response["Content-Type"]) == (409, "application/json")
    assert response.content.decode() == '{"message": "The piece is out already."}'


def test_a_fault_of_ours_is_left_to_be_reported():
    assert answer_to(ValueError("ours")) is None


def test_a_form_without_its_token_is_explained(as_writer):
    client = Client(enforce_csrf_checks=True)
    client.cookies = as_writer.cookies

    response = client.post("/accounts/logout/")

    assert response.status_code == 403
    assert "This page was open too long" in response.content.decode()
