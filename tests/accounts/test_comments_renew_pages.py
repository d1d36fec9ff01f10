"""A comment makes out of date the pages that show it or its number, and no other."""

import datetime as dt

import pytest

from accounts.commenting import appearance, moderation, posting
from blog import keys
from blog.models import Purge
from tests.factories import NOW, UserFactory, make_comment, make_published
from tests.people import confirm

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(hours=1)


def marked() -> set[str]:
    return set(Purge.objects.filter(due_at=LATER).values_list("key", flat=True))


def test_a_comment_touches_its_discussion_and_the_newest_comments():
    post, user = make_published(), confirm(UserFactory())
    make_comment(post, user)
    posting.post_comment(post=post, text="And so do we.", by=user, at=LATER)
    assert marked() == {keys.discussion(post.pk), keys.COMMENTS}


def test_one_that_waits_touches_nothing_until_it_is_approved(editor):
    post, user = make_published(), confirm(UserFactory())
    comment = posting.post_comment(post=post, text="So do we.", by=user, at=LATER)
    assert marked() == set()
    moderation.approve(comment=comment, by=editor, at=LATER)
    assert marked() == {keys.discussion(post.pk), keys.COMMENTS}


def test_one_that_was_never_seen_is_taken_down_without_touching_anything(editor):
    comment = make_comment(make_published(), UserFactory(), state="held")
    moderation.hide(comment=comment, reason="An advert.", by=editor, at=LATER)
    assert marked() == set()


def test_one_that_was_seen_touches_its_discussion(editor):
    comment = make_comment(make_published(), UserFactory())
    moderation.hide(comment=comment, reason="An advert.", by=editor, at=LATER)
    assert marked() == {keys.discussion(comment.post_id), keys.COMMENTS}


def test_another_name_touches_the_discussions_that_somebody_takes_part_in():
    comment = make_comment(make_published(), UserFactory())
    make_published()
    appearance.rename(user=comment.user, display_name="Dana W", at=LATER)
    assert marked() == {keys.discussion(comment.post_id), keys.COMMENTS}
