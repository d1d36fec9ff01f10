"""Which addresses are at a listed domain, and which only look as if."""

import pytest

from accounts.models import ListedDomain
from accounts.verifying.domains import clean_domain, listed_for, mailbox_of
from blog.editorial.refusals import IncompleteError

LISTED = [ListedDomain(domain=domain) for domain in ("gov.uk", "nhs.uk", "southwick.gov.uk")]


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("dana@gov.uk", "gov.uk"),
        ("dana@southwick.gov.uk", "southwick.gov.uk"),
        ("dana@planning.southwick.gov.uk", "southwick.gov.uk"),
        ("dana@northwick.gov.uk", "gov.uk"),
        ("DANA@Northwick.GOV.UK", "gov.uk"),
        ("dana+blog@trust.nhs.uk", "nhs.uk"),
        ('"dana@evil.example"@trust.nhs.uk', "nhs.uk"),
    ],
)
def test_an_address_is_at_a_domain_or_under_it(address, domain):
    assert listed_for(address, LISTED).domain == domain


@pytest.mark.parametrize(
    "address",
    [
        "dana@notgov.uk",
        "dana@gov.uk.evil.example",
        "dana@gov.uk.",
        "dana@.gov.uk",
        "dana@a..gov.uk",
        "dana@uk",
        "dana@gоv.uk",  # A Cyrillic о
        "dana@ｇov.uk",
        "dana@gov．uk",
        "dana@xn--gv-jbb.uk",
        "dana@gov.uk@evil.example",
        '"dana@gov.uk"@evil.example',
        "dana@[gov.uk]",
        "dana@evil.example gov.uk",
        "dana@evil.example\ngov.uk",
        "@gov.uk",
        "gov.uk",
        "",
    ],
)
def test_one_that_looks_like_it_is_not(address):
    assert listed_for(address, LISTED) is None


def test_an_address_with_a_plus_is_the_same_mailbox():
    assert mailbox_of("Dana+Blog+x@Southwick.gov.uk") == "dana@southwick.gov.uk"
    assert mailbox_of("+dana@southwick.gov.uk") == "+dana@southwick.gov.uk"
    assert mailbox_of('"da+na"@southwick.gov.uk') == '"da+na"@southwick.gov.uk'


@pytest.mark.parametrize("typed", [" Gov.UK ", "@gov.uk", "www.gov.uk"])
def test_a_domain_is_kept_in_one_way(typed):
    assert clean_domain(typed) == "gov.uk"


@pytest.mark.parametrize("typed", ["", "uk", "gov.uk.", "gоv.uk", "a@gov.uk", "https://gov.uk", "gmail.com", "co.uk"])
def test_what_says_nothing_of_anybody_is_not_listed(typed):
    with pytest.raises(IncompleteError):
        clean_domain(typed)
