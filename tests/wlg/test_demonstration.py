"""The demonstration: pieces in every state, made through the same functions as in life, and nobody is written to."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count
from django.utils import timezone

from accounts.models import AccountBlock, Comment, Complaint, Report, User
from accounts.verifying import badges
from blog.editorial.upkeep import renditions
from blog.models import (
    Author,
    Correction,
    Delivery,
    Invitation,
    Letter,
    Mailing,
    OldAddress,
    Picture,
    Post,
    Subscription,
)
from blog.states import CorrectionKind, State
from wlg.demonstration.people import EDITORS, PASSWORD
from wlg.demonstration.texts import all_texts

pytestmark = pytest.mark.django_db


def demonstrate(*words: str) -> str:
    out = io.StringIO()
    call_command("demonstrate", *words, stdout=out)
    return out.getvalue()


def test_it_shows_every_state_and_mails_nobody(client, monkeypatch):
    # What each width becomes is tests/editorial/test_pictures_renditions.py's to say; the large ones take long
    monkeypatch.setattr(renditions, "WIDTHS", (480,))
    said = demonstrate()

    states = dict(Post.objects.values_list("state").annotate(count=Count("pk")))
    assert set(states) == set(State.values)
    assert sum(states.values()) == len(all_texts()) + 1  # The one that an accepted pitch became
    assert not Letter.objects.exclude(status=Letter.Status.SENT).exists()
    assert not Delivery.objects.exclude(state=Delivery.State.SENT).exists()
    assert Post.objects.filter(published_at__gt=timezone.now()).count() == 1
    assert client.get("/").status_code == 200
    assert all(word in said for word in (EDITORS[0].email, PASSWORD))
    assert [one.name for one in Invitation.objects.unanswered()] == ["Ruth Calloway"]
    it_shows_what_readers_can_meet(client)
    it_shows_what_happens_in_discussions(client)
    it_shows_who_follows_by_mail()


def it_shows_what_readers_can_meet(client) -> None:
    visible = Post.objects.visible_at(timezone.now())
    led = visible.filter(live__lead_picture__isnull=False)
    assert led.count() == 4
    assert visible.filter(live__body__contains="<img").count() == 2
    assert Author.objects.filter(portrait__isnull=False).count() == 2
    # As many as its time allows are made at once, and the others by the worker
    while renditions.make_due(at=timezone.now()):
        pass
    assert all(picture.renditions for picture in Picture.objects.all())
    assert 'type="image/avif"' in client.get(led[0].get_absolute_url()).content.decode()

    reply = visible.get(in_reply_to__isnull=False)
    assert reply.get_absolute_url() in client.get(reply.in_reply_to.get_absolute_url()).content.decode()
    assert all(tag in reply.live.body for tag in ("<table>", "<pre>", "<blockquote>", "<cite>", "<sup>"))

    corrected = Correction.objects.get(kind=CorrectionKind.CORRECTION).post
    assert "See the earlier text" in client.get(corrected.get_absolute_url()).content.decode()
    moved = OldAddress.objects.get()
    post = visible.get(pk=moved.target)
    assert len(post.live.title) > 200
    answer = client.get(post.get_absolute_url().replace(post.slug, moved.slug))
    assert (answer.status_code, answer["Location"]) == (301, post.get_absolute_url())

    together = visible.annotate(names=Count("authors")).get(names=5)
    assert together.comment_count > 100
    assert client.get(f"{together.get_absolute_url()}comment-page-2/").status_code == 200
    oldest = visible.order_by("published_at")[0]
    assert "Comments closed on" in client.get(oldest.get_absolute_url()).content.decode()


def it_shows_what_happens_in_discussions(client) -> None:
    newest = Post.objects.visible_at(timezone.now()).newest_first()[0]
    page = client.get(newest.get_absolute_url()).content.decode()
    assert all(
        words in page
        for words in (str(badges.WORDS), "edited", "Its writer took this comment away", "<blockquote><p>A list")
    )
    held = Comment.objects.filter(state=Comment.State.HELD)
    assert sorted(why["why"] for comment in held for why in comment.held_because) == [
        "links", "newcomer", "newcomer", "reports",
    ]  # fmt: skip
    assert Report.objects.filter(outcome="").values("comment").distinct().count() == 2
    assert Comment.objects.filter(state=Comment.State.SPAM).count() == 1
    assert AccountBlock.objects.holding_at(timezone.now()).count() == 1
    assert Complaint.objects.get().due_at > timezone.now()


def it_shows_who_follows_by_mail() -> None:
    rows = Subscription.objects.values_list("subject_kind", "state")
    assert {kind for kind, _state in rows} == set(Subscription.Kind.values)
    assert {state for _kind, state in rows} == set(Subscription.State.values)
    round_up = Mailing.objects.get(kind=Mailing.Kind.ROUND_UP)
    assert round_up.state == Mailing.State.PLANNED
    assert round_up.introduction
    assert Mailing.objects.filter(state=Mailing.State.DONE, sent__gt=0).exists()


def test_it_leaves_a_blog_alone_that_has_accounts(reader):
    with pytest.raises(CommandError, match="not empty"):
        demonstrate()
    assert demonstrate("--when-empty") == ""
    assert list(User.objects.all()) == [reader]


def test_it_is_not_for_a_real_site(settings):
    settings.IS_DEVELOPMENT = False

    with pytest.raises(CommandError, match="passwords are public"):
        demonstrate()
    assert not User.objects.exists()
