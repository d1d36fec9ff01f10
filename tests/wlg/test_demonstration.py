"""The demonstration: pieces in every state, made through the same functions as in life, and nobody is written to."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count
from django.utils import timezone

from accounts.models import Comment, User
from blog.editorial.upkeep import renditions
from blog.models import Author, Correction, Invitation, Letter, OldAddress, Picture, Post
from blog.states import CorrectionKind, State
from wlg.demonstration.people import EDITORS, PASSWORD
from wlg.demonstration.texts import all_texts

pytestmark = pytest.mark.django_db


def demonstrate(*words: str) -> str:
    out = io.StringIO()
    call_command("demonstrate", *words, stdout=out)
    return out.getvalue()


def test_it_shows_every_state_and_mails_nobody(client):
    said = demonstrate()

    states = dict(Post.objects.values_list("state").annotate(count=Count("pk")))
    assert set(states) == set(State.values)
    assert sum(states.values()) == len(all_texts()) + 1  # The one that an accepted pitch became
    assert not Letter.objects.exclude(status=Letter.Status.SENT).exists()
    assert Comment.objects.filter(state=Comment.State.HELD).count() == 2
    assert Post.objects.filter(published_at__gt=timezone.now()).count() == 1
    assert client.get("/").status_code == 200
    assert all(word in said for word in (EDITORS[0].email, PASSWORD))
    assert [one.name for one in Invitation.objects.unanswered()] == ["Ruth Calloway"]
    it_shows_what_readers_can_meet(client)


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
    assert together.comment_count >= 40


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
