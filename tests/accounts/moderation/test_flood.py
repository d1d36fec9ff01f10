import datetime as dt

from accounts.commenting.posting import post_comment
from accounts.commenting.screening import TooManyCommentsError
from accounts.models import Comment, ModerationRules
from blog.editorial.letters import choices, news
from blog.models import Letter, News
from tests.factories import NOW, UserFactory, make_editor
from tests.people import confirm, signed_in


def test_a_flood_of_new_accounts_is_limited_and_editors_get_one_letter(post):
    daily = make_editor()
    choices.choose(user=daily, choices={"comments_waiting": "daily"}, at=NOW)
    ModerationRules(pk=1, site_a_minute=10).save()
    people = [confirm(UserFactory()) for _ in range(30)]
    refused = 0
    for number in range(120):
        at = NOW + dt.timedelta(milliseconds=20 * number)
        try:
            post_comment(post=post, text=f"Buy this, {number}.", by=people[number % 30], at=at)
        except TooManyCommentsError:
            refused += 1
    assert (Comment.objects.filter(state="held").count(), refused) == (40, 80)
    assert not Comment.objects.public().exists()
    # At once: one letter. In the letter of the day: ten lines, and one for all that followed
    assert Letter.objects.filter(to_user=post.editor, kind="to_editor/comments_waiting").count() == 1
    assert not Letter.objects.filter(to_user=daily).exists()
    assert News.objects.filter(user=daily).count() == 11
    news.write_digests(at=NOW + dt.timedelta(days=1))
    assert Letter.objects.filter(to_user=daily).count() == 1
    assert Letter.objects.filter(to_user=post.editor, kind="to_reader/digest").count() == 0


def test_what_holds_a_comment_takes_a_fixed_number_of_queries(post, django_assert_max_num_queries):
    first, second = (confirm(UserFactory()) for _ in range(2))
    for number in range(30):
        post_comment(post=post, text=f"Buy this, {number}.", by=first, at=NOW + dt.timedelta(minutes=number))
    with django_assert_max_num_queries(35):
        post_comment(post=post, text="And this.", by=second, at=NOW + dt.timedelta(hours=1))


def test_the_page_answers_that_there_are_too_many(post, newcomer):
    ModerationRules(pk=1, account_a_minute=1, site_a_minute=1).save()
    client = signed_in(newcomer)
    path = f"/accounts/comment/{post.pk}/"
    for number in range(4):
        client.post(path, {"text": f"Number {number}."})
    answer = client.post(path, {"text": "One more."})
    assert answer.status_code == 429
    assert "One more." in answer.text
