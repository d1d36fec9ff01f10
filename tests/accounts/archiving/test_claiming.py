"""Whoever has confirmed an address can take over the comments that were written with it, or leave them."""

import copy

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from accounts.archiving import claiming
from accounts.models import ArchivedName, Comment, TakenOver, User
from accounts.own_data.archive import make_archive, rows_of
from accounts.own_data.erasing import erase
from accounts.own_data.sections import Asked
from blog import keys
from blog.archive.records import RemarkState
from blog.editorial.leaving import NOWHERE
from blog.editorial.refusals import MoveNotAllowedError
from blog.models import Letter, Post, Purge
from tests.accounts.archiving.conftest import ADDRESS, said
from tests.accounts.own_data.dump import whole_database
from tests.factories import NOW, UserFactory
from tests.people import confirm, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/accounts/archived/"


@pytest.fixture(scope="module")
def people(kept):
    """Give Dana, who has confirmed her address and writes under another name here, and somebody who only claims it."""
    dana = confirm(UserFactory(display_name="Dana Whitby", email=ADDRESS))
    other = confirm(UserFactory(display_name="Owen P", email="owen@council.example"))
    EmailAddress.objects.create(user=other, email="ivy@council.example", verified=False)
    return dana, other


@pytest.fixture
def dana(people) -> User:
    return copy.copy(people[0])


@pytest.fixture
def other(people) -> User:
    return copy.copy(people[1])


@pytest.fixture
def name(bring, people) -> ArchivedName:
    bring(
        said("11", "Words from before.", "Dizzy", address=ADDRESS),
        said("12", "Waited there.", "Dizzy", address=ADDRESS, state=RemarkState.HELD, minutes=1),
        said("13", "Somebody else’s.", "Dizzy", minutes=2),
        said("14", "By the Mole.", "Priya", minutes=3, person="7", address=ADDRESS),
        said("15", "An advert.", "Win now", address=ADDRESS, state=RemarkState.SPAM),
        said("16", "By Ivy.", "Ivy", address="ivy@council.example"),
    )
    return ArchivedName.objects.get(name="Dizzy", address=ADDRESS)


def taking(name: ArchivedName, act: str = "take") -> dict[str, object]:
    return {"name": name.pk, "act": act}


def test_the_account_says_quietly_that_they_are_there(name, dana, other):
    home = signed_in(dana).get("/accounts/").content.decode()
    assert "2 comments from old.example were written with your address, as Dizzy." in home
    assert PAGE not in signed_in(other).get("/accounts/").content.decode()
    assert not Letter.objects.filter(to_address=ADDRESS).exists()


def test_the_page_shows_them_and_says_which_name_will_stand_there(name, dana):
    page = signed_in(dana).get(PAGE).content.decode()
    for words in (
        "Words from before.",
        "Waited there.",
        "As Dizzy, from old.example",
        "Take them over, as Dana Whitby",
    ):
        assert words in page
    assert "If you write under a pen name" in page
    for foreign in ("Somebody else’s.", "By the Mole.", "An advert.", "By Ivy."):
        assert foreign not in page
    assert page.index("think first") < page.index("Take them over, as")


def test_taken_over_they_stand_under_the_display_name(name, dana, kept):
    Purge.objects.all().delete()
    placeholder = name.user_id
    answer = signed_in(dana).post(PAGE, taking(name), follow=True)
    assert "2 comments are yours now. Dana Whitby stands beside them." in answer.content.decode()
    assert set(Comment.objects.filter(user=dana).values_list("text", "state")) == {
        ("Words from before.", "approved"),
        ("Waited there.", "held"),
    }
    assert {one.public_name for one in Comment.objects.filter(text__in=["Somebody else’s.", "By the Mole."])} == {
        "Dizzy",
        "The Mole",
    }
    assert not User.objects.filter(pk=placeholder).exists()
    assert set(Purge.objects.values_list("key", flat=True)) == {keys.discussion(kept.post.pk), keys.COMMENTS}
    taken = TakenOver.objects.get()
    assert (taken.user, taken.name, taken.comments, taken.archive) == (dana, "Dizzy", 2, kept.archive)
    assert Post.objects.get(pk=kept.post.pk).comment_count == 4
    with pytest.raises(MoveNotAllowedError):
        claiming.take_over(name_pk=name.pk, by=dana, at=NOW)


def test_after_that_new_ones_are_asked_about_anew(name, dana, bring):
    claiming.take_over(name_pk=name.pk, by=dana, at=NOW)
    bring(said("11", "Words from before.", "Dizzy", address=ADDRESS), said("20", "New.", "Dizzy", address=ADDRESS))
    assert Comment.objects.get(text="Words from before.").user == dana
    assert claiming.waiting_names(dana) == [("old.example", "Dizzy", 1)]


def test_left_they_stay_and_nobody_asks_again(name, dana):
    browser = signed_in(dana)
    browser.post(PAGE, taking(name, "leave"))
    assert Comment.objects.get(text="Words from before.").public_name == "Dizzy"
    assert PAGE not in browser.get("/accounts/").content.decode()
    page = browser.get(PAGE).content.decode()
    assert "You left them as they are" in page
    browser.post(PAGE, taking(name))
    assert Comment.objects.get(text="Words from before.").user == dana


def test_nobody_else_gets_them_or_learns_that_they_are_there(name, other, dana):
    ivys = ArchivedName.objects.get(name="Ivy")
    browser = signed_in(other)
    empty = browser.get(PAGE).content
    assert b"No comments wait for you here" in empty
    refusals = {
        (answer.status_code, answer.content.replace(str(pk).encode(), b""))
        for pk in (ivys.pk, name.pk, 987_654)
        for answer in [browser.post(PAGE, {"name": pk, "act": "take"})]
    }
    assert {status for status, _content in refusals} == {409}
    assert browser.post(PAGE, {"name": "x", "act": "leave"}).status_code == 409
    assert browser.post(PAGE, {"name": ivys.pk, "act": "else"}).status_code == 400
    assert not TakenOver.objects.exists()
    assert Client().post(PAGE, taking(name)).status_code == 302
    # By a link alone nothing happens
    signed_in(dana).get(PAGE, taking(name))
    assert not TakenOver.objects.exists()


def test_erasing_takes_what_waits_along_and_the_address_out(name, dana, bring):
    bring(said("21", "Left as it is.", "D", address=ADDRESS))
    claiming.leave(name_pk=ArchivedName.objects.get(name="D").pk, by=dana, at=NOW)
    erase(user=dana, are_comments_kept=True, by=dana, at=NOW)
    found = {one.text: one.public_name for one in Comment.objects.all()}
    assert found["Words from before."] == "A former reader"
    assert found["Left as it is."] == "D"
    assert found["Somebody else’s."] == "Dizzy"
    assert "Waited there." not in found
    assert ADDRESS not in whole_database()


def test_erasing_removes_what_waits_where_that_is_chosen(name, dana):
    erase(user=dana, are_comments_kept=False, by=dana, at=NOW)
    assert set(Comment.objects.values_list("text", flat=True)) == {"Somebody else’s.", "By the Mole.", "By Ivy."}


def test_ones_own_data_tell_of_them(name, dana):
    asked = Asked(dana, [ADDRESS])
    rows = list(rows_of("comments_of_archives", asked))
    assert {row["text"] for row in rows} == {"Words from before.", "Waited there.", "An advert."}
    assert {row["address_typed_with_it"] for row in rows} == {ADDRESS}
    claiming.take_over(name_pk=name.pk, by=dana, at=NOW)
    rows = list(rows_of("comments_of_archives", asked))
    assert [row["comments"] for row in rows if "taken_over_at" in row] == [2]
    with make_archive(user=dana, at=NOW) as made:
        assert made.read(2) == b"PK"


def test_signing_up_with_such_an_address_is_as_with_any_other(name):
    form = {"display_name": "Ivy", "password1": "seven green kettles"}
    answers = [
        Client().post("/accounts/signup/", {**form, "email": f"{who}@council.example"}) for who in ("ivy2", "nobody")
    ]
    ArchivedName.objects.filter(name="Ivy").update(address="zoe@council.example")
    archived = Client().post("/accounts/signup/", {**form, "email": "zoe@council.example"})
    assert {(one.status_code, one.get("Location")) for one in [*answers, archived]} == {(302, archived["Location"])}
    assert User.objects.get(email="zoe@council.example").comments.count() == 0


@pytest.mark.parametrize("path", ["/accounts/login/code/", "/accounts/password/reset/"])
def test_nobody_gets_in_as_a_placeholder(name, path: str):
    address = name.user.email
    assert address.endswith(f"@{NOWHERE}")
    Client().post(path, {"email": address})
    # As to any address that has no account here
    assert Letter.objects.get(to_address=address).subject.startswith("No account with this address")
    assert not Client().login(username=address, password="")


def test_spam_with_ones_address_stays_nobodys(name, dana, bring, kept):
    bring(said("30", "An advert by Dizzy.", "Dizzy", address=ADDRESS, state=RemarkState.SPAM))
    taken = claiming.take_over(name_pk=name.pk, by=dana, at=NOW)
    assert taken.comments == 2
    assert Comment.objects.get(text="An advert by Dizzy.").public_name == "Dizzy"
    assert claiming.found_for(dana) == []
    with pytest.raises(MoveNotAllowedError):
        claiming.take_over(name_pk=name.pk, by=dana, at=NOW)
