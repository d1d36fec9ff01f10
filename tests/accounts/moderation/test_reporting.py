import datetime as dt

import pytest

from accounts.commenting import blocking, moderation, telling
from accounts.commenting.reporting import MayNotReportError, TooManyReportsError, report_comment
from accounts.commenting.screening import in_words
from accounts.models import Comment, CommentDecision, ModerationRules, Report
from blog.editorial.letters import choices
from blog.editorial.refusals import IncompleteError, MoveNotAllowedError
from blog.models import Letter, News, Post, Purge
from tests.factories import NOW, UserFactory, make_author, make_comment, make_editor, make_published
from tests.people import confirm, signed_in


def reported(comment, by, at=NOW, kind="abuse", words="He means us.") -> Report:
    return report_comment(comment=comment, kind=kind, words=words, by=by, at=at)


def state_of(comment) -> str:
    return Comment.objects.get(pk=comment.pk).state


def test_three_reports_hold_a_comment_and_renew_its_page(comment, make_reporter):
    reported(comment, make_reporter())
    reported(comment, make_reporter())
    assert state_of(comment) == "approved"
    Purge.objects.all().delete()
    reported(comment, make_reporter())
    comment.refresh_from_db()
    assert comment.state == "held"
    assert in_words(comment.held_because) == ["reported by 3 readers"]
    assert Purge.objects.filter(key__contains=str(comment.post_id)).exists()
    assert Post.objects.get(pk=comment.post_id).comment_count == 1
    decision = CommentDecision.objects.get()
    assert (decision.kind, decision.by, decision.was) == ("hold", None, "approved")


def test_what_reports_hold_is_taken_out_of_letters_to_come(post, newcomer, regular, make_reporter):
    reply = make_comment(post, regular, parent=make_comment(post, newcomer))
    telling.tell_writers(reply, at=NOW)
    to_come = News.objects.filter(user=newcomer, dropped_at=None)
    assert to_come.count() == 1
    ModerationRules(pk=1, reports_to_hold=1).save()
    reported(reply, make_reporter())
    assert not to_come.exists()


def test_the_number_is_the_editors(comment, make_reporter):
    ModerationRules(pk=1, reports_to_hold=1).save()
    reported(comment, make_reporter())
    assert state_of(comment) == "held"


def test_reports_of_young_accounts_and_of_those_who_cry_wolf_hold_nothing(comment, make_reporter, regular, editor):
    ModerationRules(pk=1, reports_to_hold=1).save()
    wolf = make_reporter()
    for number in range(3):
        other = make_comment(comment.post, regular, text=f"Fine {number}.", is_by_editor=True)
        reported(other, wolf)
        moderation.keep(comment=other, by=editor, at=NOW)
    reported(comment, wolf)
    reported(comment, make_reporter(joined_at=NOW - dt.timedelta(hours=3)))
    assert state_of(comment) == "approved"
    assert Report.objects.filter(comment=comment, counts=False).count() == 2


def test_what_an_editor_left_up_is_held_by_no_further_reports(comment, make_reporter, editor):
    ModerationRules(pk=1, reports_to_hold=1).save()
    reported(comment, make_reporter())
    comment.refresh_from_db()
    moderation.approve(comment=comment, by=editor, at=NOW)
    reported(comment, make_reporter())
    assert state_of(comment) == "approved"
    assert Report.objects.filter(outcome="").count() == 1


def test_comments_of_editors_and_of_the_writers_of_the_piece_are_held_by_none(make_reporter, writer, editor):
    ModerationRules(pk=1, reports_to_hold=1).save()
    author = make_author(writer)
    piece = make_published(writer=writer, author=author)
    for one in (make_comment(piece, writer, author=author), make_comment(piece, editor, is_by_editor=True)):
        reported(one, make_reporter())
        assert state_of(one) == "approved"


def test_reporters_hear_the_outcome_once_with_the_editors_words_and_the_writer_not_of_them(
    comment, make_reporter, editor, regular
):
    reporters = [make_reporter(display_name=f"Reporter {n}") for n in range(2)]
    for one in reporters:
        reported(comment, one)
    moderation.hide(comment=comment, reason="Rude.", by=editor, at=NOW, to_reporters="We wrote to him.")
    letters = Letter.objects.filter(kind="to_reader/report_upheld")
    assert {letter.to_address for letter in letters} == {one.email for one in reporters}
    assert all("> We wrote to him." in letter.text and "Rude." not in letter.text for letter in letters)
    of_writer = Letter.objects.get(to_user=regular)
    assert "Reporter" not in of_writer.text
    assert "We wrote to him." not in of_writer.text
    assert set(Report.objects.values_list("outcome", flat=True)) == {"upheld"}


def test_the_outcome_comes_in_the_letter_of_the_day_if_they_like(comment, make_reporter, editor):
    daily, never = make_reporter(), make_reporter()
    for user, often in ((daily, "daily"), (never, "never")):
        choices.choose(user=user, choices={"report_outcomes": often}, at=NOW)
        reported(comment, user)
    moderation.mark_as_spam(comment=comment, by=editor, at=NOW)
    assert not Letter.objects.filter(kind__startswith="to_reader/report").exists()
    assert "was taken down" in News.objects.get(user=daily).sentence
    assert not News.objects.filter(user=never).exists()


def test_leaving_it_up_is_said_to_the_reporter_and_takes_an_open_report(comment, make_reporter, editor):
    with pytest.raises(MoveNotAllowedError):
        moderation.keep(comment=comment, by=editor, at=NOW)
    reported(comment, make_reporter())
    moderation.keep(comment=comment, by=editor, at=NOW, to_reporters="It is blunt, and fair.")
    assert "It is blunt, and fair." in Letter.objects.get(kind="to_reader/report_not_upheld").text
    with pytest.raises(MoveNotAllowedError):
        moderation.keep(comment=comment, by=editor, at=NOW)


def test_spam_is_told_to_nobody_but_who_reported_it(comment, make_reporter, editor, regular):
    reported(comment, make_reporter(), kind="spam", words="")
    moderation.mark_as_spam(comment=comment, by=editor, at=NOW)
    assert [letter.kind for letter in Letter.objects.filter(kind__startswith="to_reader/")] == [
        "to_reader/report_upheld"
    ]
    moderation.approve(comment=comment, by=editor, at=NOW)
    assert state_of(comment) == "approved"


@pytest.mark.parametrize("why", ["own", "twice", "blocked", "unconfirmed", "hidden"])
def test_who_cannot_report(comment, make_reporter, editor, regular, why):
    user = {"own": regular, "unconfirmed": UserFactory()}.get(why) or make_reporter()
    if why == "twice":
        reported(comment, user)
    elif why == "blocked":
        blocking.block(user=user, reason="No.", by=editor, at=NOW, days=1)
    elif why == "hidden":
        Comment.objects.update(state="hidden")
    with pytest.raises(MayNotReportError):
        reported(comment, user)


def test_nobody_reports_all_day(comment, make_reporter):
    user = make_reporter()
    others = [make_comment(comment.post, comment.user, text=f"{n}") for n in range(20)]
    Report.objects.bulk_create(Report(comment=one, reporter=user, kind="spam", at=NOW) for one in others)
    with pytest.raises(TooManyReportsError):
        reported(comment, user)


@pytest.mark.parametrize(
    ("kind", "words", "field"), [("", "", "kind"), ("other", " ", "words"), ("spam", "x" * 1001, "words")]
)
def test_what_is_missing_is_said_at_its_field(comment, make_reporter, kind, words, field):
    with pytest.raises(IncompleteError) as refusal:
        reported(comment, make_reporter(), kind=kind, words=words)
    assert list(refusal.value.errors) == [field]


def test_moderators_get_one_letter_a_day_and_then_lines(comment, make_reporter, post, regular):
    other = make_comment(post, regular, text="Another.")
    for one in (comment, comment, other):
        reported(one, make_reporter())
    assert Letter.objects.filter(kind="to_editor/comment_reported", to_user=post.editor).count() == 1
    assert News.objects.filter(user=post.editor, letter__isnull=True).count() == 1


def test_the_page_of_a_report(comment, make_reporter, editor):
    user = make_reporter()
    client, path = signed_in(user), f"/accounts/report/{comment.pk}/"
    assert "You are all fools." in client.get(path).text
    answer = client.post(path, {"kind": "nonsense\x00", "words": "\x00He means us."})
    assert answer.status_code == 422
    assert "He means us." in answer.text
    assert client.post(path, {"kind": "abuse", "words": "He means us."}).status_code == 302
    assert "Your report is with the editors." in client.get(path).text
    moderation.hide(comment=comment, reason="Rude.", by=editor, at=NOW, to_reporters="Thanks.")
    page = client.get(path).text
    assert "taken it down" in page
    assert "Thanks." in page
    assert "You are all fools." not in page
    # For anybody else it is gone
    assert signed_in(make_reporter()).get(path).status_code == 404


def test_a_reporter_who_wrote_the_piece_appears_under_the_byline(regular, writer, as_editor):
    confirm(writer)
    piece = make_published(writer=writer, author=make_author(writer, name="Ivy Lane", is_pen_name=True))
    comment = make_comment(piece, regular, text="Who is she?")
    reported(comment, writer)
    page = as_editor.get(f"/admin/accounts/comment/{comment.pk}/change/").text
    assert "Ivy Lane" in page
    assert writer.display_name not in page


def test_a_moderator_is_not_shown_who_reported_them(post, make_reporter, editor, as_editor):
    comment = make_comment(post, editor, is_by_editor=True)
    reported(comment, make_reporter(display_name="Nosy Parker"), words="She is rude to us.")
    page = as_editor.get(f"/admin/accounts/comment/{comment.pk}/change/").text
    assert "It attacks or insults somebody" in page
    assert "Nosy Parker" not in page
    assert "rude to us" not in page


def test_nor_by_the_letters_to_those_who_reported(post, make_reporter, editor, as_editor):
    comment = make_comment(post, editor, is_by_editor=True)
    reporter = make_reporter(display_name="Nosy Parker")
    choices.choose(user=reporter, choices={"reports": "at_once"}, at=NOW)
    reported(comment, reporter)
    moderation.keep(comment=comment, by=make_editor(), at=NOW)
    letter = Letter.objects.get(kind="to_reader/report_not_upheld")
    for path in ("", f"{letter.pk}/change/"):
        page = as_editor.get(f"/admin/blog/letter/{path}").text
        assert "hidden" in page
        assert "Nosy Parker" not in page
    assert as_editor.post(f"/admin/blog/letter/{letter.pk}/rewrite/", {"text": "x"}).status_code == 403
    assert "Nosy" not in as_editor.post(f"/admin/blog/letter/{letter.pk}/cancel/", {"reason": ""}).text


def test_what_was_left_up_as_another_text_can_be_held_again(comment, make_reporter, editor):
    ModerationRules(pk=1, reports_to_hold=1).save()
    reported(comment, make_reporter())
    comment.refresh_from_db()
    moderation.approve(comment=comment, by=editor, at=NOW)
    Comment.objects.update(edited_at=NOW + dt.timedelta(minutes=1))
    reported(comment, make_reporter(), at=NOW + dt.timedelta(minutes=2))
    assert state_of(comment) == "held"


def test_an_empty_form_is_refused_in_words(comment, make_reporter):
    answer = signed_in(make_reporter()).post(f"/accounts/report/{comment.pk}/")
    assert answer.status_code == 422
