import datetime as dt

import pytest

from accounts.admin.complaints import clock
from accounts.commenting import alerting, complaints
from accounts.commenting.working_days import due_after, easter_in, holidays_in, is_working_day
from accounts.models import Complaint, ModerationRules
from blog.models import Letter
from tests.factories import NOW, CategoryFactory, make_comment, make_editor
from tests.people import signed_in

FORM = "/accounts/complaint/"
TYPED = {
    "kind": "defamation",
    "passage": "“He took money.”",
    "why": "I did not.",
    "name": "Max Roe",
    "email": "Max@law.example",
}


def made(post, at=NOW, **typed) -> Complaint:
    page = f"http://blog.example{post.get_absolute_url()}"
    return complaints.complain(**{"page": page, **TYPED, **typed}, at=at)


def utc(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (utc(2026, 3, 10, 10), utc(2026, 3, 12, 10)),
        (utc(2026, 3, 13, 10), utc(2026, 3, 17, 10)),  # Friday: the weekend is left out
        (utc(2026, 3, 14, 10), utc(2026, 3, 18, 0)),  # Saturday: it runs from Monday
        (utc(2026, 4, 2, 10), utc(2026, 4, 8, 10)),  # Good Friday and Easter Monday
        (utc(2026, 12, 24, 10), utc(2026, 12, 30, 10)),  # Christmas, and Boxing Day on a Saturday
    ],
)
def test_the_clock_runs_on_working_days_in_england(at, due):
    assert due_after(at, 48) == due


def test_holidays_in_england():
    assert [easter_in(year) for year in (2024, 2025, 2026, 2027)] == [
        dt.date(2024, 3, 31), dt.date(2025, 4, 20), dt.date(2026, 4, 5), dt.date(2027, 3, 28),
    ]  # fmt: skip
    # As gov.uk/bank-holidays lists them
    assert sorted(holidays_in(2026)) == [
        dt.date(2026, 1, 1), dt.date(2026, 4, 3), dt.date(2026, 4, 6), dt.date(2026, 5, 4), dt.date(2026, 5, 25),
        dt.date(2026, 8, 31), dt.date(2026, 12, 25), dt.date(2026, 12, 28),
    ]  # fmt: skip
    assert {dt.date(2027, 12, 27), dt.date(2027, 12, 28)} <= holidays_in(2027)
    assert {dt.date(2022, 12, 26), dt.date(2022, 12, 27), dt.date(2022, 1, 3)} <= holidays_in(2022)
    assert not is_working_day(dt.date(2026, 3, 14))


def test_a_complaint_starts_its_clock_and_two_letters(post):
    complaint = made(post)
    assert complaint.due_at == utc(2026, 3, 13, 12)
    receipt = Letter.objects.get(kind="to_reader/complaint_received")
    assert receipt.to_address == "max@law.example"
    assert "He took money" not in receipt.text
    assert Letter.objects.get(kind="to_editor/complaint").to_user == post.editor


def test_it_can_be_about_a_comment_and_the_rules_say_how_long(post, regular):
    ModerationRules(pk=1, complaint_hours=24).save()
    comment = make_comment(post, regular)
    complaint = made(post, page=f"{post.get_absolute_url()}#comment-{comment.pk}")
    assert complaint.comment == comment
    assert complaint.due_at == utc(2026, 3, 12, 12)


def test_without_an_account_by_the_form(client, post, regular):
    comment = make_comment(post, regular)
    shown = client.get(FORM, {"comment": comment.pk})
    assert f"#comment-{comment.pk}" in shown.text
    assert "48 hours" in shown.text
    page = f"http://blog.example{post.get_absolute_url()}#comment-{comment.pk}"
    assert client.post(FORM, {**TYPED, "page": page}).status_code == 302
    assert Complaint.objects.get().comment == comment
    assert client.get(f"{FORM}sent/").status_code == 200
    # A machine that fills in what nobody sees is thanked
    assert client.post(FORM, {**TYPED, "page": page, "website": "x"}).status_code == 302
    assert Complaint.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [("page", "https://elsewhere.example/2026/03/11/x/"), ("page", "http://[x"), ("kind", "x\x00"), ("passage", " "),
     ("why", "x" * 5001), ("name", ""), ("email", "nobody")],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_kept(client, post, field, value):
    answer = client.post(FORM, {**TYPED, "page": post.get_absolute_url(), field: value})
    assert answer.status_code == 422
    assert f"#id_{field}" in answer.text
    assert not Complaint.objects.exists()
    if field != "why":
        assert "I did not." in answer.text


def test_nobody_sends_a_third_person_letter_after_letter(client, post):
    for _ in range(3):
        made(post)
    answer = client.post(FORM, {**TYPED, "page": post.get_absolute_url()})
    assert answer.status_code == 429
    assert Letter.objects.filter(kind="to_reader/complaint_received").count() == 3


def test_an_answer_is_a_letter_and_stops_the_clock_once(as_editor, post, editor):
    complaint = made(post)
    page = f"/admin/accounts/complaint/{complaint.pk}/"
    assert as_editor.post(f"{page}answer/", {"text": " "}).status_code == 422
    as_editor.post(f"{page}answer/", {"text": "We took it out."})
    assert "We took it out." in Letter.objects.get(kind="to_reader/complaint_answered").text
    complaint.refresh_from_db()
    assert (complaint.state, complaint.ended_by) == ("answered", editor)
    again = as_editor.post(f"{page}close/", {"text": "Twice."}, follow=True)
    assert "Somebody was quicker" in again.text
    assert Letter.objects.filter(kind="to_reader/complaint_answered").count() == 1


def test_closing_takes_a_note_and_sends_nothing(as_editor, post):
    complaint = made(post)
    as_editor.post(f"/admin/accounts/complaint/{complaint.pk}/close/", {"text": "An advertisement."})
    assert "An advertisement." in as_editor.get(f"/admin/accounts/complaint/{complaint.pk}/change/").text
    assert not Letter.objects.filter(kind="to_reader/complaint_answered").exists()


def test_the_clock_in_words(post):
    complaint = made(post)
    hour = dt.timedelta(hours=1)
    said = [
        clock(complaint, complaint.due_at - left) for left in (72 * hour, 30 * hour, -hour / 2, -5 * hour, -90 * hour)
    ]
    assert said == ["3 days left", "30 hours left", "just over", "5 hours over", "3 days over"]


def test_editors_see_it_on_the_first_page_and_limits_hold(as_editor, post):
    complaint = made(post)
    path = f"/admin/accounts/complaint/{complaint.pk}/change/"
    assert path in as_editor.get("/admin/").text
    limited = make_editor()
    limited.remits.create(category=CategoryFactory())
    client = signed_in(limited)
    assert path not in client.get("/admin/").text
    assert path not in client.get("/admin/accounts/complaint/").text
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("name", ["Win at https://evil.example", "www.evil.example", "evil.example", "a@evil.example"])
def test_nobody_sends_a_link_to_others_by_the_receipt(client, post, name):
    answer = client.post(FORM, {**TYPED, "page": post.get_absolute_url(), "name": name})
    assert answer.status_code == 422
    assert "#id_name" in answer.text
    assert not Letter.objects.filter(kind="to_reader/complaint_received").exists()


def test_names_with_dots_are_names(post):
    assert made(post, name="Dr. J.R. St.John-O’Neill").name == "Dr. J.R. St.John-O’Neill"


def test_who_moderates_is_reminded_once_before_the_clock_runs_out(post):
    complaint = made(post)
    answered = made(post, email="other@law.example")
    complaints.answer(complaint=answered, text="No.", by=post.editor, at=NOW)
    reminders = Letter.objects.filter(kind="to_editor/complaint_runs_out")
    early, late = complaint.due_at - dt.timedelta(hours=13), complaint.due_at - dt.timedelta(hours=11)

    assert [alerting.remind_due(at=moment, most=10) for moment in (NOW, early, late, late)] == [0, 0, 1, 0]
    assert [letter.to_user for letter in reminders] == [post.editor]
