import datetime as dt

import pytest
from django.utils import timezone

from accounts.commenting.reporting import report_comment
from accounts.models import Comment, CommentDecision, CommentEdit, ListedWord, ModerationRules
from blog.models import SavedReply
from tests.factories import NOW, CategoryFactory, make_comment, make_editor, make_published
from tests.people import signed_in

LIST = "/admin/accounts/comment/"
QUEUE = f"{LIST}queue/"


@pytest.fixture
def three(post, newcomer) -> list[Comment]:
    days = (NOW - dt.timedelta(days=number) for number in (3, 2, 1))
    return [
        make_comment(
            post, newcomer, state="held", text=f"Wait {day.day}", written_at=day, held_because=[{"why": "newcomer"}]
        )
        for day in days
    ]


def page_of(comment) -> str:
    return f"{LIST}{comment.pk}/change/?queue=1"


def test_it_begins_with_the_oldest_and_goes_on_after_each_decision(as_editor, three):
    first, second, third = three
    assert as_editor.get(QUEUE).url == page_of(first)
    page = as_editor.get(page_of(first)).text
    assert "1 of 3 that wait" in page
    assert "Held: first comment" in page
    assert f'href="{page_of(second)}"' in page
    steps = [(first, "approve", {}), (second, "hide", {"reason": "Rude."}), (third, "spam", {})]
    for (comment, kind, typed), after in zip(steps, [page_of(second), page_of(third), QUEUE], strict=True):
        assert as_editor.post(f"{LIST}{comment.pk}/{kind}/", {"queue": "1", **typed}).url == after
    assert [one.state for one in Comment.objects.order_by("written_at")] == ["approved", "hidden", "spam"]
    assert "Nothing waits" in as_editor.get(QUEUE, follow=True).text


def test_what_was_reported_waits_beside_what_is_held(as_editor, comment, make_reporter, three):
    report_comment(comment=comment, kind="other", words="Cruel.", by=make_reporter(display_name="Lee"), at=NOW)
    page = as_editor.get(page_of(comment)).text
    assert "4 of 4 that wait" in page
    for words in ("and readers reported it", "Cruel.", "Lee", "Leave it up"):
        assert words in page
    answer = as_editor.post(f"{LIST}{comment.pk}/keep/", {"queue": "1", "to_reporters": "It stays."})
    assert answer.url == page_of(three[0])


def test_it_shows_what_stands_around_and_what_the_name_did_before(as_editor, post, regular, newcomer):
    make_comment(post, newcomer, text="Said before.", written_at=NOW - dt.timedelta(hours=1))
    make_comment(post, newcomer, state="hidden", text="Gone.")
    comment = make_comment(post, newcomer, state="held", text="Now this.")
    page = as_editor.get(page_of(comment))
    assert "Said before." in page.text
    assert "Gone." not in page.text
    assert page.context["name_facts"] == {"approved": 1, "hidden": 1, "spam": 0}


def test_without_script_a_saved_reply_goes_into_the_reason(as_editor, three):
    reply = SavedReply.objects.create(title="Rude", text="Please be kind.")
    page = as_editor.post(f"{LIST}{three[0].pk}/fill/", {"reason": "No.", "saved_reply": reply.pk, "queue": "1"}).text
    assert "No.\n\nPlease be kind.</textarea>" in page
    many = as_editor.post(f"{LIST}hide/?fill=1", {"comment": three[0].pk, "reason": "", "saved_reply": reply.pk}).text
    assert "Please be kind.</textarea>" in many
    assert not CommentDecision.objects.exists()


def test_many_at_once_are_spam(as_editor, three):
    as_editor.post(LIST, {"action": "spam_selected", "_selected_action": [one.pk for one in three]})
    assert set(Comment.objects.values_list("state", flat=True)) == {"spam"}
    assert CommentDecision.objects.filter(kind="spam", was="held").count() == 3


def test_a_wrong_word_to_reporters_is_said_there(as_editor, comment, make_reporter):
    report_comment(comment=comment, kind="spam", words="", by=make_reporter(), at=NOW)
    answer = as_editor.post(f"{LIST}{comment.pk}/keep/", {"to_reporters": "x" * 1001})
    assert answer.status_code == 422
    assert "to-reporters-error" in answer.text


def test_limits_hold_in_the_queue_and_in_the_log(as_editor, three):
    as_editor.post(f"{LIST}{three[0].pk}/hide/", {"reason": "It names a resident."})
    assert "It names a resident." in as_editor.get("/admin/accounts/commentdecision/").text
    limited = make_editor()
    limited.remits.create(category=CategoryFactory())
    client = signed_in(limited)
    assert client.get(QUEUE).url == LIST
    assert client.get(page_of(three[1])).status_code == 404
    assert "It names a resident." not in client.get("/admin/accounts/commentdecision/").text
    for kind in ("approve", "spam", "keep", "fill", "hide"):
        assert client.post(f"{LIST}{three[1].pk}/{kind}/", {"reason": "No."}).status_code == 404
    # The rules and the list hold for every category, so they are not for somebody with limits
    assert client.get("/admin/accounts/moderationrules/").status_code == 403
    assert client.get("/admin/accounts/listedword/").status_code == 403


def test_the_rules_are_one_row(as_editor):
    path = "/admin/accounts/moderationrules/"
    assert as_editor.get(path).url == f"{path}1/change/"
    rules = {"trusted_after": 3, "most_links": 0, "account_a_minute": 5, "site_a_minute": 30, "reports_to_hold": 3,
             "reporter_days": 1, "complaint_hours": 48}  # fmt: skip
    assert 'value="2"' in as_editor.get(f"{path}1/change/").text
    assert as_editor.post(f"{path}1/change/", {**rules, "reports_to_hold": 0}).status_code == 200
    assert not ModerationRules.objects.exists()
    for trusted_after in (9, 3):
        as_editor.post(f"{path}1/change/", {**rules, "trusted_after": trusted_after})
        assert ModerationRules.objects.get().trusted_after == trusted_after
    assert as_editor.get(f"{path}add/").status_code == 403


@pytest.mark.parametrize("words", ["!!!", "one two three four five", "CASINÓ", "\x00"])
def test_a_word_for_the_list_is_checked(as_editor, words):
    path = "/admin/accounts/listedword/add/"
    as_editor.post(path, {"words": "Casino"})
    assert ListedWord.objects.get().folded == "casino"
    assert as_editor.post(path, {"words": words}).status_code == 200
    assert ListedWord.objects.count() == 1


def test_a_comment_of_another_category_is_not_counted_on_the_first_page(as_editor, three, newcomer):
    make_comment(make_published(), newcomer, state="held")
    limited = make_editor()
    limited.remits.create(category=CategoryFactory())
    assert as_editor.get("/admin/").context["held_total"] == 4
    assert signed_in(limited).get("/admin/").context["held_total"] == 0


@pytest.fixture
def changed_while_read(three, newcomer) -> Comment:
    """One that its writer changes between an editor's reading it and their decision."""
    CommentEdit.objects.create(comment=three[0], text="Harmless.", at=timezone.now() + dt.timedelta(minutes=1))
    return three[0]


def test_what_its_writer_changed_meanwhile_is_not_approved_unread(as_editor, changed_while_read):
    address = f"{LIST}{changed_while_read.pk}/approve/"
    assert 'name="seen" value="1"' in as_editor.get(page_of(changed_while_read)).text
    assert "has changed this comment meanwhile" in as_editor.post(address, {"seen": "0"}, follow=True).text
    assert Comment.objects.get(pk=changed_while_read.pk).state == "held"
    as_editor.post(address, {"seen": "1"})
    assert Comment.objects.get(pk=changed_while_read.pk).state == "approved"


def test_nor_from_the_list(as_editor, three, changed_while_read):
    page = as_editor.get(LIST)
    typed = {"action": "approve_selected", "_selected_action": [one.pk for one in three]}
    assert 'name="shown_at"' in page.text
    answer = as_editor.post(LIST, {**typed, "shown_at": page.context["shown_at"].isoformat()}, follow=True)
    assert "has changed this comment meanwhile" in answer.text
    assert [one.state for one in Comment.objects.order_by("written_at")] == ["held", "approved", "approved"]
    assert as_editor.post(LIST, {**typed, "shown_at": "\x00" * 50}).status_code == 302
