"""Addresses that lead nowhere, and pages for trouble."""

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from blog.reading.views import nothing_here
from tests.factories import make_published

pytestmark = pytest.mark.django_db


def test_nothing_here_offers_the_newest_five():
    for n in range(6):
        make_published(title=f"Piece number {n}")
    response = nothing_here(RequestFactory().get("/x/"), Exception())
    assert response.status_code == 404
    assert "The page may have moved, or the address has a slip in it." in response.text
    assert response.text.count('<article class="ent">') == 5


def test_the_page_for_a_fault_needs_no_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert "The fault is ours." in render_to_string("500.html")


def test_the_site_says_that_it_is_well(client: Client):
    response = client.get("/healthz")
    assert (response.status_code, response.text) == (200, "ok\n")


def test_crawlers_are_asked_to_leave_the_desks_alone(client: Client):
    assert "Disallow: /preview/" in client.get("/robots.txt").text


@pytest.mark.parametrize("address", ["/series/smal-lists/", "/2026/02/03/smal-lists/", "/smal-lists/"])
def test_nothing_here_looks_for_the_words_of_the_address_alone(client: Client, address: str):
    assert 'name="q" value="smal lists"' in client.get(address).text


@pytest.mark.parametrize("address", ["/accounts/smal-lists/", "/invitation/smal-lists/"])
def test_nothing_here_repeats_no_secret(client: Client, address: str):
    assert "smal" not in client.get(address).text
