"""The calendar: a month, its gaps and holds, a day on which pieces are put, and lists narrowed by what waits."""

import csv
import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.editorial import calendar, holds
from blog.models import Hold, Post, SeriesSlot
from blog.states import State
from tests.admin.pages import make_move, piece_now
from tests.factories import NOW, SeriesFactory, make_piece

pytestmark = pytest.mark.django_db
URL = "/admin/blog/post/calendar/"
DAY = dt.timedelta(days=1)


def hold_around(editor, moment, *, days=3) -> Hold:
    hold = Hold(name="Election period", reason="Rules.", begins_at=moment - days * DAY, ends_at=moment + days * DAY)
    holds.keep(hold=hold, categories=None, by=editor, at=moment)
    return hold


@pytest.mark.parametrize("number", [1, 3])
def test_a_month_costs_the_same_however_much_is_in_it(number, editor, as_editor, django_assert_num_queries):
    for _ in range(number):
        make_piece(State.PUBLISHED, editor=editor, at=NOW)
        make_piece(State.DRAFTING, editor=editor, due_date=dt.date(2026, 3, 20))
    series = SeriesFactory()
    for part in range(1, number + 1):
        hold_around(editor, NOW)
        SeriesSlot.objects.create(series=series, part_number=part, planned_for=dt.date(2026, 3, 1))
    make_piece(State.DRAFTING, editor=editor, series=series, part_number=1)
    with django_assert_num_queries(21):
        page = as_editor.get(URL, {"month": "2026-03"}).content.decode()
    assert page.count("12.00 (UK time)</span>") == 2 * number
    assert page.count("Text due, overdue:") == 2 * number
    assert "Hold: Election period" in page
    assert "Rules." in page
    assert page.count("Invite a guest for part") == number - 1


@pytest.mark.parametrize("month", ["", "2026-13", "0000-01", "9999-01", "x", "2026-03\x00", "２０２６-03"])
def test_what_is_no_month_shows_the_present_one(month, as_editor):
    assert timezone.localdate().strftime("%B %Y") in as_editor.get(URL, {"month": month}).content.decode()


@pytest.mark.parametrize("day", ["2026-02-30", "x", "0001-01-01", "9999-12-31"])
def test_what_is_no_day_is_not_found(day, as_editor):
    assert as_editor.get(f"{URL}{day}/").status_code == 404


def test_a_ready_piece_is_put_on_a_day_and_moved_to_another(editor, as_editor):
    post = piece_now(State.READY, editor=editor)
    day = timezone.localdate() + 40 * DAY
    page = as_editor.get(reverse("admin:blog_post_day", args=[day.isoformat()])).content.decode()
    assert "Schedule it" in page
    make_move(as_editor, post, "publish", when="later", date=day.isoformat(), time="08:00")
    assert "Move it" in as_editor.get(reverse("admin:blog_post_day", args=[day.isoformat()])).content.decode()

    make_move(as_editor, post, "reschedule", when="later", date=(day + DAY).isoformat(), time="09:30")

    post.refresh_from_db()
    assert timezone.localtime(post.published_at).replace(tzinfo=None) == dt.datetime.combine(day + DAY, dt.time(9, 30))


def test_in_a_hold_the_form_asks_for_a_reason_and_keeps_what_was_typed(editor, as_editor):
    post = piece_now(State.READY, editor=editor)
    day = timezone.localdate() + 10 * DAY
    hold_around(editor, calendar.midnight(day))

    refused = make_move(as_editor, post, "publish", when="later", date=day.isoformat(), time="09:15")

    page = refused.content.decode()
    assert refused.status_code == 422
    assert "“Election period”: Rules." in page
    assert 'id="id_hold_reason_error"' in page
    assert 'value="09:15"' in page
    accepted = make_move(
        as_editor, post, "publish", when="later", date=day.isoformat(), time="09:15", hold_reason="Bins."
    )
    assert accepted.status_code == 302


def test_of_a_time_that_exists_twice_both_are_offered(editor, as_editor):
    post = piece_now(State.READY, editor=editor)
    typed = {"when": "later", "date": "2027-10-31", "time": "01:30"}
    page = make_move(as_editor, post, "publish", **typed).content.decode()
    assert "01.30 before the clocks go back" in page

    assert make_move(as_editor, post, "publish", **typed, which="after").status_code == 302

    post.refresh_from_db()
    assert post.published_at == dt.datetime(2027, 10, 31, 1, 30, tzinfo=dt.UTC)


def test_a_hold_over_what_is_scheduled_stands_on_the_first_page_until_it_is_decided(editor, as_editor):
    at = timezone.now()
    post = piece_now(State.PUBLISHED, editor=editor, go_out_at=at + 5 * DAY)
    typed = {
        "name": "Late", "reason": "Rules.", "covers_everything": "on",
        "from_day": timezone.localdate().isoformat(), "to_day": (timezone.localdate() + 9 * DAY).isoformat(),
    }  # fmt: skip
    said = as_editor.post(reverse("admin:blog_hold_add"), typed, follow=True).content.decode()
    assert "1 piece is scheduled inside" in said
    assert "Nobody has decided about it yet." in as_editor.get("/admin/").content.decode()
    url = reverse("admin:blog_post_let_stand", args=[post.pk])
    assert as_editor.post(url, {"hold_reason": " "}).status_code == 422

    as_editor.post(url, {"hold_reason": "Bins."})

    assert "Nobody has decided" not in as_editor.get("/admin/").content.decode()


def test_the_next_free_time_leaves_out_weekends_taken_days_and_holds(editor):
    friday = dt.datetime(2026, 3, 13, 12, 0, tzinfo=dt.UTC)
    make_piece(State.PUBLISHED, editor=editor, at=NOW, go_out_at=friday + 3 * DAY)
    hold_around(editor, friday + 4 * DAY, days=1)
    free = calendar.plan_from(friday).free_time(category_id=None, at=friday)
    assert free == dt.datetime(2026, 3, 19, 8, 0, tzinfo=dt.UTC)


def test_the_rhythm_of_the_last_weeks_says_where_a_gap_is(editor):
    for week in range(1, 6):
        make_piece(State.PUBLISHED, editor=editor, title=f"W{week}", at=NOW - 7 * week * DAY)
    plan = calendar.plan_from(NOW)
    assert plan.rhythm.weekdays == {2}
    assert list(plan.gaps(plan.today, plan.today + 13 * DAY)) == [dt.date(2026, 3, 11), dt.date(2026, 3, 18)]


@pytest.mark.parametrize(
    ("waits", "shown"),
    [("me", "Sent"), ("writers", "Written"), ("scheduled", "Planned"), ("overdue", "Sent"), ("others", "")],
)
def test_the_list_is_narrowed_to_what_waits(waits, shown, editor, as_editor):
    at = timezone.now()
    make_piece(State.SUBMITTED, editor=editor, title="Sent", at=at - 30 * DAY)
    make_piece(State.DRAFTING, editor=editor, title="Written", at=at)
    make_piece(State.PUBLISHED, editor=editor, title="Planned", at=at, go_out_at=at + DAY)
    page = as_editor.get("/admin/blog/post/", {"waits": waits}).content.decode()
    assert [title for title in ("Sent", "Written", "Planned") if f">{title}</a>" in page] == ([shown] if shown else [])


def test_the_list_is_narrowed_by_year_and_month(editor, as_editor):
    make_piece(State.PUBLISHED, editor=editor, title="March", at=NOW)
    make_piece(State.PUBLISHED, editor=editor, title="April", at=NOW + 30 * DAY)
    assert "?out=2026" in as_editor.get("/admin/blog/post/").content.decode()
    page = as_editor.get("/admin/blog/post/", {"out": "2026-03"}).content.decode()
    assert (">March</a>" in page, ">April</a>" in page) == (True, False)
    assert as_editor.get("/admin/blog/post/", {"out": "x\u0660"}).status_code == 200


def test_the_filtered_list_is_exported_without_formulas(editor, as_editor, as_reader):
    make_piece(State.SUBMITTED, editor=editor, title="=HYPERLINK(1)")
    make_piece(State.DRAFTING, editor=editor, title="Another")
    url = reverse("admin:blog_post_export")
    answer = as_editor.get(url, {"state__exact": "submitted"})
    text = b"".join(answer.streaming_content).decode("utf-8")
    assert text.startswith("\ufeff")
    rows = list(csv.reader(text.lstrip("\ufeff").splitlines()))
    assert [row[0] for row in rows] == ["Title", "'=HYPERLINK(1)"]
    assert "attachment" in answer["Content-Disposition"]
    assert as_reader.get(url).status_code == 302
    assert Post.objects.count() == 2


@pytest.mark.parametrize("last", ["9999-12-31", "31/12/9999", "9999-12-30"])
def test_a_hold_that_ends_after_the_last_of_all_days_is_refused_or_kept(last, as_editor):
    typed = {
        "name": "For ever",
        "reason": "Rules.",
        "from_day": "2099-01-01",
        "to_day": last,
        "covers_everything": "on",
    }
    answer = as_editor.post("/admin/blog/hold/add/", typed)
    assert answer.status_code == (302 if last == "9999-12-30" else 200)
    assert as_editor.get("/admin/blog/hold/").status_code == as_editor.get(URL).status_code == 200


def test_a_part_is_shown_in_the_month_it_is_planned_for(editor, as_editor):
    series = SeriesFactory(title="Rows and columns")
    for part, title in ((2, "Who closes it?"), (3, ""), (4, "")):
        month = dt.date(2026, 3, 1) if part < 4 else dt.date(2026, 4, 1)
        SeriesSlot.objects.create(series=series, part_number=part, working_title=title, planned_for=month)
    make_piece(State.WITHDRAWN, editor=editor, series=series, part_number=3)
    writing = make_piece(State.DRAFTING, editor=editor, series=series, part_number=2, title="Being written")
    page = as_editor.get(URL, {"month": "2026-03"}).content.decode()
    assert f'<a href="/admin/blog/post/{writing.pk}/change/">Being written</a>' in page
    assert f"/admin/blog/post/invite/?series={series.pk}&amp;part=3" in page
    assert "part=4" not in page


def test_a_part_that_is_out_is_planned_no_more(editor, as_editor):
    series = SeriesFactory()
    SeriesSlot.objects.create(series=series, part_number=1, planned_for=dt.date(2026, 3, 1))
    make_piece(State.PUBLISHED, editor=editor, at=NOW, series=series, part_number=1)
    assert "Parts of series planned" not in as_editor.get(URL, {"month": "2026-03"}).content.decode()
