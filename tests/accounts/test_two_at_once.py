"""Two at the same moment, on real transactions."""

import pytest
from django.utils import timezone

from accounts.commenting import moderation
from accounts.commenting.posting import post_comment
from accounts.joining import AccountExistsError, join
from accounts.models import Comment, CommentDecision, User
from blog.editorial import invitations
from blog.models import Invitation, Letter, Post
from tests.factories import UserFactory, make_comment, make_editor, make_published
from tests.people import confirm
from tests.threads import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.two_at_once]


def test_accepting_twice_at_once_makes_one_account_and_one_letter():
    now = timezone.now()
    invitation = invitations.invite(by=make_editor(), at=now, name="Priya Raman", email="priya@council.example")

    outcomes = at_once(*[lambda: join(invitation=Invitation.objects.get(pk=invitation.pk), at=now) for _ in range(2)])

    assert sorted(type(outcome) for outcome in outcomes if isinstance(outcome, User)) == [User]
    assert sum(isinstance(outcome, AccountExistsError) for outcome in outcomes) == 1
    assert User.objects.filter(email="priya@council.example").count() == 1
    assert Letter.objects.filter(kind__startswith="to_editor/invitation_accepted").count() <= 1


def test_approving_and_hiding_at_once_makes_one_decision_and_one_letter():
    first, second = make_editor(), make_editor()
    now = timezone.now()
    comment = make_comment(make_published(), confirm(UserFactory()), state="held")

    at_once(
        lambda: moderation.approve(comment=Comment.objects.get(pk=comment.pk), by=first, at=now),
        lambda: moderation.approve(comment=Comment.objects.get(pk=comment.pk), by=second, at=now),
    )

    assert CommentDecision.objects.count() == 1
    assert Letter.objects.filter(kind__startswith="to_reader/").count() == 1
    assert Post.objects.get().comment_count == 1


def test_a_double_click_on_two_workers_leaves_one_comment():
    post, user, now = make_published(), confirm(UserFactory()), timezone.now()

    at_once(*[lambda: post_comment(post=Post.objects.get(pk=post.pk), text="Once.", by=user, at=now)] * 2)

    assert Comment.objects.count() == 1
