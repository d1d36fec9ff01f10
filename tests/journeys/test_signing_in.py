"""Signing in with more than a password, by keyboard alone: a passkey, an authenticator app, a recovery code."""

import re
import time
from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.utils import timezone
from playwright.sync_api import Locator, expect

from accounts.models import User
from accounts.roles import make_editor
from tests.journeys.conftest import Person
from tests.journeys.doing import PASSWORD
from tests.people import without_second_factor

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("size", ["desktop"], indirect=True),
]
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
TIMES = 40


@pytest.fixture
def tom(transactional_db) -> User:
    user, _ = make_editor(email="tom@blog.example", name="Tom Ashby", at=timezone.now(), password=PASSWORD)
    return without_second_factor(user)


def reach(person: Person, wanted: Locator) -> None:
    """Press Tab until the focus is where it is wanted."""
    expect(wanted).to_be_visible()
    for _ in range(TIMES):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        person.page.keyboard.press("Tab")
    raise AssertionError(wanted)


def choose(person: Person, role: str, name: str | re.Pattern[str]) -> None:
    """Reach a link or a button by Tab, and press Enter."""
    reach(person, person.page.get_by_role("main").get_by_role(role, name=name, exact=isinstance(name, str)).first)
    person.page.keyboard.press("Enter")


def type_into(person: Person, label: str, words: str) -> None:
    """Reach a field by Tab, and type."""
    reach(person, person.page.get_by_role("main").get_by_label(label, exact=True))
    person.page.keyboard.press("Control+A")
    person.page.keyboard.type(words)


def heading(person: Person, words: str) -> None:
    expect(person.page.get_by_role("heading", level=1, name=words)).to_be_visible()


def by_password(person: Person) -> None:
    type_into(person, "Mail address", "tom@blog.example")
    type_into(person, "Password", PASSWORD)
    person.page.keyboard.press("Enter")


def sign_out(person: Person) -> None:
    person.goto("/accounts/logout/")
    choose(person, "button", "Sign out")
    person.page.wait_for_url(person.base_url + "/")


def test_a_passkey_is_set_up_before_the_desk_opens_and_then_opens_it_alone(person: Callable[[str], Person], tom: User):
    editor = person("editor")
    session = editor.page.context.new_cdp_session(editor.page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    editor.goto("/admin/blog/post/")
    by_password(editor)
    heading(editor, "A second factor first")
    editor.picture("01-a-second-factor-first")
    choose(editor, "link", "Set up a passkey")
    heading(editor, "Is it you?")
    type_into(editor, "Password", PASSWORD)
    editor.page.keyboard.press("Enter")
    heading(editor, "Add a passkey")
    editor.picture("02-add-a-passkey")
    type_into(editor, "Name of the passkey", "Work laptop")
    choose(editor, "button", "Add the passkey")
    heading(editor, "Your recovery codes")
    editor.picture("03-recovery-codes")
    choose(editor, "link", "I have kept them: go on")
    expect(editor.page).to_have_url(re.compile(r"/admin/blog/post/$"))
    editor.goto("/accounts/2fa/")
    expect(editor.page.get_by_text("Work laptop").first).to_be_visible()
    editor.picture("04-second-factors")
    sign_out(editor)
    editor.goto("/admin/")
    editor.picture("05-sign-in")
    choose(editor, "button", "Sign in with a passkey")
    expect(editor.page).to_have_url(re.compile(r"/admin/$"))
    sign_out(editor)
    editor.goto("/admin/")
    by_password(editor)
    heading(editor, "One more step")
    editor.picture("06-one-more-step")
    choose(editor, "button", "Use a passkey")
    expect(editor.page).to_have_url(re.compile(r"/admin/$"))


def test_an_authenticator_app_and_a_recovery_code(person: Callable[[str], Person], tom: User):
    editor = person("editor")
    editor.goto("/admin/")
    by_password(editor)
    choose(editor, "link", "Set up an authenticator app")
    type_into(editor, "Password", PASSWORD)
    editor.page.keyboard.press("Enter")
    heading(editor, "Set up an authenticator app")
    editor.picture("07-authenticator-app")
    secret = editor.page.locator("code.key").inner_text()
    type_into(editor, "Code that the app shows now", code_of(secret))
    editor.page.keyboard.press("Enter")
    heading(editor, "Your recovery codes")
    recovery = editor.page.locator(".codes code").first.inner_text()
    choose(editor, "link", "I have kept them: go on")
    expect(editor.page).to_have_url(re.compile(r"/admin/$"))
    for code in (code_of(secret), recovery):
        sign_out(editor)
        editor.goto("/admin/")
        by_password(editor)
        heading(editor, "One more step")
        type_into(editor, "Code from the app, or a recovery code", code)
        editor.page.keyboard.press("Enter")
        expect(editor.page).to_have_url(re.compile(r"/admin/$"))
    editor.goto("/accounts/sessions/")
    expect(editor.page.get_by_text("Chrome on Linux")).to_be_visible()
    editor.picture("08-sessions")


def code_of(secret: str) -> str:
    """Return what the app shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))
