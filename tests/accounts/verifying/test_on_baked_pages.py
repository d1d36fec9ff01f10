"""The badge comes and goes on pages that are kept as files, by the clock alone too."""

import pytest
from allauth.account.models import EmailAddress

from accounts.verifying import badges
from tests.accounts.verifying.conftest import give_badge
from tests.factories import make_comment, make_published
from tests.reading.baking.conftest import clock, house
from tests.reading.baking.house import warm

__all__ = ["clock", "house"]
pytestmark = pytest.mark.django_db
MARK = str(badges.WORDS).encode()


@pytest.mark.parametrize("how", ["by the clock", "with its address"])
def test_a_kept_page_shows_a_badge_as_long_as_it_holds(house, clock, officer, how):
    post = make_published(at=clock.now)
    make_comment(post, officer, written_at=clock.now)
    page = post.get_absolute_url()
    house.look(clock.pass_(hours=1))
    warm(page)
    assert MARK not in house.kept()[page]

    badge = give_badge(officer, clock.now)
    house.look()
    warm(page)
    assert MARK in house.kept()[page]

    if how == "by the clock":
        clock.now = badge.lapses_at
    else:
        clock.pass_(days=1)
        EmailAddress.objects.get(email="d.whitby@southwick.gov.uk").remove()
    house.look(clock.pass_(seconds=1))
    assert page not in house.kept()
    warm(page)
    assert MARK not in house.kept()[page]
