"""The pages for following by mail, and those behind the links in its letters."""

import logging
import re
from urllib.parse import urlencode

import pytest
from django.core.signing import Signer
from django.test import Client
from django.urls import reverse

from accounts.models import User
from blog.editorial.subscriptions import ending, links
from blog.models import Letter, Subscription
from tests.factories import NOW, CategoryFactory, SeriesFactory, UserFactory, make_author, make_published
from tests.people import confirm, signed_in
from wlg.logs import WithoutSecrets

pytestmark = pytest.mark.django_db
RITA = "rita@council.example"
GIVEN = {"kind": "everything", "slug": "", "how_often": "at_once", "address": RITA, "website": ""}
ASK, SENT = "/subscribe/ask/", "/subscribe/sent/"


@pytest.fixture
def strict() -> Client:
    """A browser that is checked for what protects forms, and shows errors as people see them."""
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


def following(**fields: object) -> Subscription:
    values = {"address": RITA, "subject_kind": "everything", "state": "active", "asked_at": NOW, "confirmed_at": NOW}
    return Subscription.objects.create(**{**values, **fields})


def path_in(letter: Letter) -> str:
    return re.search(r"http://blog\.example(/following/\S+)", letter.text)[1]


def path_of(link: str) -> str:
    return link.removeprefix("http://blog.example")


def test_the_whole_way_from_the_form_to_the_end(strict: Client):
    asked = strict.post(ASK, GIVEN)
    assert (asked.status_code, asked["Location"]) == (302, SENT)
    assert "One step is left" in strict.get(SENT).text
    link = path_in(Letter.objects.get())
    for _ in range(2):  # As a scanner of mail would
        page = strict.get(link)
        assert "Press the button" in page.text
    assert Subscription.objects.get().state == "asked"

    page = strict.post(link)
    assert "From now on we write to you about each new piece" in page.text
    row = Subscription.objects.get()
    assert row.state == "active"
    assert "From now on we write to you" in strict.get(link).text

    manage = path_of(ending.manage_link(row))
    assert RITA in strict.get(manage).text
    assert "Your choice is kept" in strict.post(manage, {f"how_often_{row.pk}": "weekly"}).text
    assert Subscription.objects.get().how_often == "weekly"

    end = path_of(ending.end_link(row))
    for _ in range(2):
        assert "Have no more of these letters?" in strict.get(end).text
    assert Subscription.objects.get().state == "active"
    # RFC 8058, 3.1: what mail programs send, without a cookie
    for _ in range(2):
        assert strict.post(end, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Subscription.objects.get().state == "ended"
    assert "No more of these letters" in strict.get(end).text
    assert strict.get(link).status_code == 410
    assert not strict.cookies


def test_known_and_unknown_addresses_are_answered_alike(client: Client):
    following()
    following(address="asked@council.example", state="asked", confirmed_at=None)
    answers = [client.post(ASK, {**GIVEN, "address": who}) for who in (RITA, "asked@council.example", "new@x.example")]
    assert {(answer.status_code, answer["Location"], answer.content) for answer in answers} == {(302, SENT, b"")}
    assert Letter.objects.count() == 3


def test_the_links_are_kept_close(client: Client):
    row = following()
    for link in (links.confirm_link(row), links.end_link(row), links.manage_link(row)):
        answer = client.get(path_of(link))
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer["X-Robots-Tag"]
        assert "no-store" in answer["Cache-Control"]
        assert "rita" not in link
        record = logging.LogRecord("x", logging.WARNING, "x", 1, "Not Found: %s", (link,), None)
        WithoutSecrets().filter(record)
        assert str(row.pk) not in record.getMessage().partition("/following/")[2]


def test_a_link_is_good_for_what_it_was_made_for(client: Client):
    row = following()
    tokens = {purpose: Signer(salt=purpose).sign(row.pk) for purpose in (links.CONFIRM, links.END, links.MANAGE)}
    for name, purpose in {"confirm": links.CONFIRM, "end": links.END, "manage": links.MANAGE}.items():
        route = "reading:manage_subscriptions" if name == "manage" else f"reading:{name}_subscription"
        for other, token in tokens.items():
            path = reverse(route, args=[token])
            assert client.get(path).status_code == (200 if other == purpose else 404)
            assert client.post(reverse(route, args=[token[:-1] + "!"])).status_code == 404
    Subscription.objects.all().delete()
    assert client.get(path_of(links.manage_link(row))).status_code == 410
    # Who ends what is no longer known of gets the answer that they want
    assert client.post(path_of(links.end_link(row))).status_code == 200


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("address", " ", "Write your mail address."),
        ("address", "rita at council", "Write a whole mail address, such as name@council.gov.uk."),
        ("how_often", "hourly", "Choose how often we should write."),
        ("kind", "tag", "This can’t be followed any more."),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_kept(client: Client, field: str, value: str, sentence: str):
    given = {**GIVEN, "how_often": "weekly", field: value}
    answer = client.post(ASK, given)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert re.search(r"<title>\s*Error:", answer.text)
    assert (f'value="{RITA}"' in answer.text) == (field != "address")
    assert ('value="weekly" checked' in answer.text) == (field != "how_often")
    assert not Subscription.objects.exists()


@pytest.mark.parametrize("field", ["address", "how_often", "kind", "slug"])
def test_bad_input_is_no_fault_of_ours(strict: Client, field: str):
    for value in ("\ud800", "x" * 1_000_000, "\x00", "a@b.example\r\nBcc: x@y.example", "-1"):
        given = {**GIVEN, "kind": "series" if field == "slug" else "everything", field: value}
        body = urlencode({name: typed.encode("utf-8", "surrogatepass") for name, typed in given.items()})
        answer = strict.post(ASK, body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code == 422, value[:20]


def test_bad_input_behind_a_link_changes_nothing(strict: Client):
    row = following(address="a@council.example")
    manage = path_of(links.manage_link(row))
    for value in ("\x00", "x", "9" * 40, "-1", ""):
        assert strict.post(manage, {"end": value}).status_code == 200
        assert strict.post(manage, {f"how_often_{row.pk}": value}).status_code == 422
    row.refresh_from_db()
    assert row.state == "active"


def test_a_program_that_fills_in_everything_is_thanked_and_ignored(client: Client):
    assert client.post(ASK, {**GIVEN, "website": "https://spam.example"})["Location"] == SENT
    assert not Subscription.objects.exists()


def test_pages_lead_to_what_can_be_followed_and_only_what_readers_see_can_be(client: Client):
    series, category = SeriesFactory(title="Small lists"), CategoryFactory(name="Planning")
    post = make_published(series=series, category=category)
    author = post.bylines.get().author
    paths = {
        "series": f"/subscribe/series/{series.slug}/",
        "author": f"/subscribe/author/{author.slug}/",
        "category": f"/subscribe/category/{category.slug}/",
    }
    piece = client.get(post.get_absolute_url()).text
    for kind, path in paths.items():
        assert f'href="{path}"' in piece
        assert f'href="{path}"' in client.get(path.removeprefix("/subscribe")).text
        slug = path.rstrip("/").rpartition("/")[2]
        assert f'name="slug" value="{slug}"' in client.get(path).text
        address = f"{kind}@council.example"
        assert client.post(ASK, {**GIVEN, "address": address, "kind": kind, "slug": slug}).status_code == 302
    assert set(Subscription.objects.values_list("subject_kind", "series", "author", "category")) == {
        ("series", series.pk, None, None),
        ("author", None, author.pk, None),
        ("category", None, None, category.pk),
    }
    assert "the series “Small lists”" in Letter.objects.get(to_address="series@council.example").text
    assert "When you follow by mail" in client.get("/privacy/").text
    hidden, unwritten = make_author(name="Not Yet"), SeriesFactory()
    for kind, slug in {"author": hidden.slug, "series": unwritten.slug, "category": "nothing"}.items():
        assert client.get(f"/subscribe/{kind}/{slug}/").status_code == 404
        assert client.post(ASK, {**GIVEN, "kind": kind, "slug": slug}).status_code == 422


def test_all_that_an_address_follows_is_managed_on_one_page(client: Client):
    row, second = following(), following(subject_kind="category", category=CategoryFactory(name="Planning"))
    other = following(address="other@council.example")
    manage = path_of(links.manage_link(row))
    page = client.get(manage).text
    assert "Everything" in page
    assert "The category “Planning”" in page
    client.post(manage, {"end": other.pk})
    client.post(manage, {"end": row.pk})
    assert list(Subscription.objects.active().order_by("pk")) == [second, other]
    assert "You follow nothing any more" in client.post(manage, {"end": "all"}).text
    assert list(Subscription.objects.active()) == [other]
    assert "You follow nothing at this address" in client.get(manage).text


def test_a_confirmed_address_of_somebody_signed_in_follows_at_once_from_our_own_form():
    user: User = confirm(UserFactory(email=RITA))
    client = signed_in(user, enforce_csrf_checks=True)
    ours = {"HTTP_ORIGIN": "http://blog.example"}
    for origin, address in (("http://evil.example", RITA), ("http://blog.example", "other@council.example")):
        assert client.post(ASK, {**GIVEN, "address": address}, HTTP_ORIGIN=origin)["Location"] == SENT
    assert not Subscription.objects.active().exists()
    answer = client.post(ASK, {**GIVEN, "how_often": "weekly"}, **ours)
    row = Subscription.objects.active().get()
    assert (row.user, row.how_often, row.address) == (user, "weekly", RITA)
    assert answer["Location"] == links.manage_link(row)
    assert Letter.objects.count() == 2


def test_the_desk_shows_numbers_and_no_address(as_editor: Client):
    row = following()
    page = "/admin/blog/subscription/"
    assert "1 address follows the blog." in as_editor.get(page).text
    assert RITA not in as_editor.get(f"{page}?address={RITA}&q={RITA}").text
    owner = signed_in(UserFactory(administrator=True))
    assert "Nothing is known of this address" in owner.post(page, {"address": "rita"}).text
    found = owner.post(page, {"address": RITA.upper()}).text
    assert f"{page}{row.pk}/end/" in found
    assert owner.post(page, {"address": " "}).status_code == 422
    assert owner.post(f"{page}{row.pk}/end/", {"reason": ""}).status_code == 422
    assert owner.post(f"{page}{row.pk}/end/", {"reason": "By telephone."}).status_code == 302
    assert Subscription.objects.get().ended_how == "administrator"
    assert "By telephone." in owner.post(page, {"address": RITA}).text
