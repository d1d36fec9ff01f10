"""The answer to a load balancer."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("host", ["10.0.0.7", "evil.example", "a b", "[::1]:80"])
def test_it_answers_whatever_name_the_site_was_called_by(host: str):
    response = Client().get("/healthz", headers={"host": host})
    assert (response.status_code, response.text) == (200, "ok\n")
    assert host not in str(response.headers)
    assert not response.cookies


@pytest.mark.parametrize("path", ["/", "/healthz/", "/robots.txt"])
def test_nothing_else_answers_to_a_foreign_name(path: str):
    assert Client().get(path, headers={"host": "evil.example"}).status_code == 400


def test_it_takes_no_forms():
    assert Client().post("/healthz", headers={"host": "evil.example"}).status_code == 405
