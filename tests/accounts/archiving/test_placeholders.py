"""Names from an archive are nobody's accounts: no letter goes to them, and no list of accounts shows them."""

import copy

import pytest
from django.urls import reverse

from accounts.admin import queue
from accounts.admin.replies import may_invite
from accounts.commenting import blocking, moderation, posting, reporting
from accounts.models import Comment, User
from blog.archive.records import RemarkState
from blog.editorial.leaving import NOWHERE
from blog.editorial.refusals import EditorialRefusal
from blog.models import Letter, News
from tests.accounts.archiving.conftest import ADDRESS, said
from tests.factories import NOW, UserFactory, make_comment
from tests.people import confirm, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def people(kept):
    return UserFactory(administrator=True, display_name="Ada"), confirm(UserFactory(display_name="Rita"))


@pytest.fixture
def ada(people) -> User:
    return copy.copy(people[0])


@pytest.fixture
def rita(people) -> User:
    return copy.copy(people[1])


@pytest.fixture
def old(bring, people) -> dict[str, Comment]:
    bring(
        said("11", "Seen.", "Dizzy", address=ADDRESS),
        said("12", "Waits.", "Dizzy", address=ADDRESS, state=RemarkState.HELD),
        said("13", "By the Mole.", "Priya", person="7"),
    )
    return {one.text: one for one in Comment.objects.select_related("user", "post")}


def test_no_letter_is_ever_written_to_one(old, kept, rita):
    answered = posting.post_comment(post=kept.post, text="I answer.", by=rita, at=NOW, parent=old["Seen."])
    if answered.state == Comment.State.HELD:
        moderation.approve(comment=answered, by=kept.editor, at=NOW)
    reporting.report_comment(comment=old["Seen."], kind="abuse", words="", by=rita, at=NOW)
    moderation.hide(comment=old["Seen."], reason="It insults.", by=kept.editor, at=NOW)
    moderation.approve(comment=old["Waits."], by=kept.editor, at=NOW)
    assert not Letter.objects.filter(to_address__endswith=NOWHERE).exists()
    assert not News.objects.filter(user__email__endswith=NOWHERE).exists()


def test_what_waited_before_neither_fills_the_queue_nor_stands_in_front(old, kept, rita):
    waiting = {"kind": "to_editor/comments_waiting", "to_user": kept.editor}
    posting.post_comment(post=kept.post, text="First one here.", by=rita, at=NOW)
    assert Letter.objects.filter(**waiting).count() == 1
    rows = list(queue.waiting(kept.editor))
    assert [one.text for one in rows] == ["First one here.", "Waits."]
    new, before = rows
    assert queue.place_of(new, kept.editor).next_url == queue.url_of(before.pk)
    place = queue.place_of(before, kept.editor)
    assert (place.number, place.total, place.previous_url) == (2, 2, queue.url_of(new.pk))
    moderation.approve(comment=before, by=kept.editor, at=NOW)
    assert queue.after(before, kept.editor) == queue.url_of(new.pk)


def test_editors_are_told_where_it_came_from_and_no_address(old, kept, ada):
    browser = signed_in(ada)
    listed = browser.get(reverse("admin:accounts_comment_changelist")).content.decode()
    assert "Approved: came with the archive “old.example”" in listed
    assert "With the editors: came with the archive “old.example”" in listed
    pages = {
        text: browser.get(reverse("admin:accounts_comment_change", args=[one.pk])).content.decode()
        for text, one in old.items()
    }
    for text in ("Seen.", "Waits."):
        assert "under the name that was typed there" in pages[text]
        assert "Open the account" not in pages[text]
        assert "Block the account" not in pages[text]
        assert "gets a letter" not in pages[text].replace("Nobody gets a letter", "")
    assert "under the name on the byline" in pages["By the Mole."]
    assert "Priya" not in pages["By the Mole."]
    for page in (listed, *pages.values()):
        assert ADDRESS not in page
        assert NOWHERE not in page


def test_it_can_be_decided_about_as_any_other(old, kept, ada):
    browser = signed_in(ada)
    answer = browser.post(
        reverse("admin:accounts_comment_hide", args=[old["Seen."].pk]), {"reason": "It insults."}, follow=True
    )
    assert "Taken down. Nobody gets a letter." in answer.content.decode()
    browser.post(reverse("admin:accounts_comment_approve", args=[old["Waits."].pk]))
    assert set(Comment.objects.filter(text__in=["Seen.", "Waits."]).values_list("text", "state")) == {
        ("Seen.", "hidden"),
        ("Waits.", "approved"),
    }


def test_nobody_blocks_invites_or_opens_one(old, kept, ada):
    placeholder = old["Seen."].user
    with pytest.raises(EditorialRefusal):
        blocking.block(user=placeholder, reason="Adverts.", by=kept.editor, at=NOW)
    assert not may_invite(old["Seen."], kept.editor)
    browser = signed_in(ada)
    many = {"comment": [old["Seen."].pk], "reason": "Adverts.", "days": "7"}
    assert browser.post(reverse("admin:accounts_comment_block_many"), many).status_code == 302
    assert not placeholder.blocks.exists()
    browser.get(reverse("admin:accounts_comment_changelist"))
    for page in ("admin:accounts_user_change", "admin:accounts_user_second_factors"):
        answer = browser.get(reverse(page, args=[placeholder.pk]))
        assert "Dizzy" not in answer.content.decode()
        assert answer.status_code in {302, 404}
    for query in ({}, {"q": "Dizzy"}, {"q": NOWHERE}):
        listed = browser.get(reverse("admin:accounts_user_changelist"), query).content.decode()
        assert ">Dizzy<" not in listed
        assert f"/user/{placeholder.pk}/" not in listed


def test_readers_see_the_name_and_can_answer(old, kept, rita):
    page = signed_in(rita).get(kept.post.get_absolute_url()).content.decode()
    assert "<b>Dizzy</b>" in page
    assert "<b>The Mole</b>" in page
    assert "Waits." not in page
    report = signed_in(rita).get(reverse("accounts:report", args=[old["Seen."].pk]))
    assert report.status_code == 200


def test_what_was_written_here_says_nothing_of_archives(kept, rita, ada):
    comment = make_comment(kept.post, rita, text="Written here.")
    page = signed_in(ada).get(reverse("admin:accounts_comment_change", args=[comment.pk])).content.decode()
    assert "archive" not in page.lower().replace("archives", "")
