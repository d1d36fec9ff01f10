"""axe finds nothing in what readers do beside reading: reports, complaints, second factors, sessions, following one thing."""

import pytest
from playwright.sync_api import Page

from accounts.models import User
from tests.accounts.signing_in.codes import shown
from tests.look.axe import problems_of
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "any other business"


def test_in_reports_and_complaints(open_page):
    world = World()
    page = open_page(world.users["guest"])
    found = _with_its_errors(page, f"/accounts/report/{world.comment.pk}/", "Report the comment")
    page.locator("main [type=radio]").first.check()
    page.get_by_role("button", name="Report the comment").click()
    page.get_by_role("heading", name="Your report").wait_for()
    found += problems_of(page)
    found += _with_its_errors(page, "/accounts/complaint/", "Send the complaint")
    page.goto("/accounts/complaint/sent/")
    found += problems_of(page)
    assert not found, "\n".join(found)


def test_in_second_factors_and_sessions(open_page):
    guest = _with_password(World().users["guest"])
    page = open_page()
    _sign_in(page, guest)
    page.wait_for_url("**/accounts/")
    found = problems_of(page)
    for part in ["verifying/", "2fa/", "sessions/"]:
        page.goto(f"/accounts/{part}")
        found += problems_of(page)
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_role("heading", name="Is it you?").wait_for()
    found += problems_of(page)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/webauthn/add/")
    found += problems_of(page)
    found += _with_its_errors(page, "/accounts/2fa/totp/activate/", "Set it up")
    page.locator("main input[name=code]").fill(shown(page.locator("main code.key").inner_text()))
    page.get_by_role("button", name="Set it up").click()
    page.get_by_role("heading", name="Your recovery codes").wait_for()
    found += problems_of(page)
    for part in ["2fa/", "2fa/recovery-codes/generate/", "2fa/totp/deactivate/", "2fa/webauthn/"]:
        page.goto(f"/accounts/{part}")
        found += problems_of(page)
    page.goto("/accounts/logout/")
    page.locator("main form .btn").first.click()
    _sign_in(page, guest)
    page.locator("main input[name=code]").wait_for()
    found += problems_of(page)
    assert not found, "\n".join(found)


def test_in_following_one_thing(open_page):
    world = World()
    page = open_page()
    found = []
    for path in (f"series/{world.series.slug}", f"author/{world.author.slug}", f"category/{world.category.slug}"):
        page.goto(f"/subscribe/{path}/")
        assert page.get_by_role("heading", name="by mail").first.is_visible()
        found += problems_of(page)
    assert not found, "\n".join(found)


def _with_password(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    return user


def _sign_in(page: Page, user: User) -> None:
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill(user.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def _with_its_errors(page: Page, address: str, button: str) -> list[str]:
    page.goto(address)
    found = problems_of(page)
    page.get_by_role("button", name=button).click()
    page.get_by_text("There is a problem").wait_for()
    return found + problems_of(page)
