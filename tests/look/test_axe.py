"""axe finds nothing: on no page for readers, for signing in, for writers or for editors, be it light or dark."""

import datetime as dt

import pytest
from django.utils import timezone

from blog.editorial import invitations
from blog.editorial.letters import writing as letters
from blog.editorial.pitching import pitches
from blog.editorial.subscriptions.links import confirm_link, end_link, manage_link
from blog.states import State
from tests.addresses import path_of
from tests.factories import make_comment, make_piece
from tests.look.axe import problems_of
from tests.look.desk_pages import make_decided, pages_of_moderation, pages_of_the_editors_desk
from tests.look.extremes import make_extremes
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LISTS = [
    "/", "/archive/", "/writers/", "/series/", "/contact/", "/contact/sent/", "/contribute/", "/subscribe/",
    "/subscribe/sent/", "/contribute/pitch/", "/contribute/pitch/sent/", "/changes/",
    "/search/", "/search/?q=row", "/search/?q=nothinglikeit", "/about/", "/privacy/", "/nothing/",
]  # fmt: skip


def test_on_no_page_for_readers(open_page):
    pieces = make_extremes()
    part = pieces["series"]
    gone = make_piece(State.RETRACTED, at=timezone.now()).get_absolute_url()
    author = pieces["five authors"].ordered_bylines()[0].author
    year = pieces["bare"].published_at.year
    page = open_page()
    found = []
    addresses = [*(post.get_absolute_url() for name, post in pieces.items() if name != "comments")]
    for address in [*LISTS, f"/{year}/", part.series.get_absolute_url(), author.get_absolute_url(), gone, *addresses]:
        page.goto(address)
        found += problems_of(page)
    for address in ["/contact/", "/contribute/pitch/", "/subscribe/"]:
        page.goto(address)
        page.locator("main form .btn").click()
        assert page.get_by_text("There is a problem").is_visible()
        found += problems_of(page)
    assert not found, "\n".join(found)


def test_on_no_page_for_signing_in(open_page):
    page = open_page()
    found = []
    for address in ["login/", "signup/", "login/code/", "password/reset/"]:
        page.goto(f"/accounts/{address}")
        found += problems_of(page)
        page.locator("main form .btn[type=submit]").first.click()
        assert page.get_by_text("There is a problem").is_visible()
        found += problems_of(page)
    page.goto("/accounts/login/code/")
    page.locator("main input[type=email]").fill("nobody@council.example")
    page.locator("main form .btn[type=submit]").first.click()
    page.wait_for_url("**/confirm/")
    found += problems_of(page)
    for address in ["confirm-email/", "confirm-email/broken/", "password/reset/done/", "password/reset/key/1-x/"]:
        page.goto(f"/accounts/{address}")
        found += problems_of(page)
    assert not found, "\n".join(found)


def test_on_no_page_of_the_account_and_the_writers_desk(open_page):
    world = World()
    guest = world.users["guest"]
    guest.set_password("any other business")
    guest.save()
    waiting = make_comment(world.out, guest, text="So did we.", state="held")
    page = open_page(guest)
    found = []
    desk = [f"/desk/{post.pk}/" for post in (world.proof, world.submitted, world.out)]
    links = [invitations.link_of(world.invitation), pitches.link_of(world.pitch)]
    links += [make(world.subscription) for make in (manage_link, confirm_link, end_link)]
    around = ["proof/", "proof/correction/", "byline/", "co-authors/", "versions/"]
    desk += [*(f"/desk/{world.proof.pk}/{part}" for part in around), f"/desk/{world.out.pk}/propose/"]
    own = ["", "letters/", "email/", "password/change/", "logout/", f"comment/{world.out.pk}/"]
    own += [f"comment/{waiting.pk}/{act}/" for act in ("edit", "delete")]
    own += ["comments/", "export/", "erase/", "erased/"]
    for address in [*links, "/desk/", *desk, *(f"/accounts/{part}" for part in own)]:
        page.goto(address)
        found += problems_of(page)
    assert not found, "\n".join(found)


def test_on_no_page_of_the_editors_desk(open_page):
    world = World()
    at = timezone.now() - dt.timedelta(days=1)
    letters.put_in_post("x", to_address="a@b.example", at=at, subject="S", text="T")
    page = open_page(world.users["administrator"])
    found = []
    for address in pages_of_the_editors_desk(world):
        page.goto(address)
        assert page.locator("h1").count() == 1, address
        found += problems_of(page)
    assert not found, "\n".join(found)


def test_on_no_page_of_moderation(open_page):
    world = World()
    make_decided(world, at=timezone.now())
    page = open_page(world.users["administrator"])
    found = []
    for address in pages_of_moderation(world):
        page.goto(address)
        assert page.locator("h1").count() == 1, address
        found += problems_of(page)
    for address, button in [
        (path_of("admin:accounts_comment_change", world), "Take down"),
        (path_of("admin:accounts_comment_picture", world), "Take the picture away"),
        (path_of("admin:accounts_complaint_change", world), "Send the answer"),
        (path_of("admin:accounts_user_second_factors", world), "Take them away"),
        (path_of("admin:accounts_listedword_add", world), "Save"),
    ]:
        page.goto(address)
        page.get_by_role("button", name=button, exact=True).click()
        page.locator("[role=alert], .errornote").first.wait_for()
        found += problems_of(page)
    assert not found, "\n".join(found)
