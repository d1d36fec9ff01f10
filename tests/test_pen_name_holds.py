"""A pen name holds on every page of the site, for every role, in every letter, in searches and in addresses."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.commenting import posting
from blog.editorial import authors, drafting, identity, invitations, proof, publishing, review
from blog.editorial.identity import BylineDetails
from blog.editorial.refusals import EditorialRefusal
from blog.models import Author, Letter, Post
from blog.states import State
from tests.addresses import ROLES, ROUTES, World, path_of

pytestmark = pytest.mark.django_db

REAL = re.compile("xanthippe|quill", re.IGNORECASE)
OTHERS = [role for role in ROLES if role not in {"guest", "insider", "administrator"}]


@pytest.fixture
def world() -> World:
    """The world of all addresses, in which the guest was invited by name and then chose a pen name."""
    at = timezone.now()
    world = World(display_name="Xanthippe Q", email="xanthippe.quill@council.example")
    editor, guest = world.users["editor"], world.users["guest"]
    invitation = invitations.invite(by=editor, at=at, name="Xanthippe Quill", email=guest.email, note="Dear Xanthippe")
    invitations.send_again(invitation=invitation, by=editor, at=at)
    post = invitations.accept(invitation=invitation, by=guest, at=at)
    world.before = list(Letter.objects.values_list("pk", flat=True))
    identity.set_byline(
        post=post, author=invitation.author, details=BylineDetails("A Beekeeper", is_pen_name=True), by=guest, at=at
    )
    _take_through_the_loop(post, world, at)
    world.post = Post.objects.get(pk=post.pk)
    comment = posting.post_comment(post=world.post, text="I stand by it.", by=guest, at=at)
    posting.post_comment(post=world.post, text="So do I.", by=world.users["reader"], at=at, parent=comment)
    Letter.objects.filter(to_address=guest.email, to_user=None).update(
        status=Letter.Status.FAILED, last_error=f"refused: {guest.email}"
    )
    world.comment, world.author = comment, Author.objects.get(pk=invitation.author_id)
    return world


def _take_through_the_loop(post: Post, world: World, at) -> None:
    editor, guest = world.users["editor"], world.users["guest"]
    text = drafting.Text(title="Smoke", body="<p>A calm hive.</p>")
    drafting.save_text(post=post, text=text, by=guest, at=at, based_on=post.working_id)
    drafting.say(post=post, text="Not by name, please.", by=guest, at=at)
    drafting.submit_for_review(post=post, by=guest, at=at)
    review.ask_for_changes(post=post, reason="More smoke.", by=editor, at=at)
    drafting.submit_for_review(post=post, by=guest, at=at)
    review.accept(post=post, by=editor, at=at)
    proof.ask_for_correction(post=post, reason="Less smoke.", by=guest, at=at)
    review.accept(post=post, by=editor, at=at)
    proof.sign_off(post=post, seen=post.working_id, by=guest, at=at)
    publishing.publish(post=post, by=editor, at=at)


def every_path(world: World) -> list[str]:
    """Return every address of the site, and those of every row around a pen name."""
    posts, letters = Post.objects.all(), Letter.objects.all()
    return [
        *(path_of(name, world) for name in ROUTES),
        *(reverse("admin:blog_letter_change", args=[letter.pk]) for letter in letters),
        *(reverse(f"admin:blog_post_{page}", args=[post.pk]) for post in posts for page in ("change", "versions")),
        *(reverse(f"reading:{page}", args=[world.author.slug]) for page in ("author", "author_feed")),
        *(post.get_absolute_url() for post in posts if post.state == State.PUBLISHED),
        *(reverse("reading:preview", args=[post.pk]) for post in posts),
        *(reverse("accounts:comment", args=[post.pk]) for post in posts),
        "/admin/accounts/comment/?o=2",
        "/admin/blog/letter/?o=3",
        "/admin/autocomplete/?app_label=blog&model_name=byline&field_name=author&term=",
    ]


@pytest.mark.parametrize("role", OTHERS)
def test_no_page_tells_who_is_behind_it(world: World, role: str):
    client = world.client(role)
    telling = []
    for path in every_path(world):
        response = client.get(path, follow=True)
        # A picture is no text, but its name would be in what is written beside the points
        if REAL.search(response.content.decode(errors="replace")) or REAL.search(str(response.headers)):
            telling.append(path)
    assert telling == []


def test_no_letter_to_anybody_else_tells_it_once_the_name_is_chosen(world: World):
    later = Letter.objects.exclude(pk__in=world.before).exclude(to_user=world.users["guest"])
    assert later.count() > 3
    assert [letter.kind for letter in later if REAL.search(f"{letter.subject}{letter.text}{letter.to_name}")] == []


@pytest.mark.parametrize("path", ["blog/letter", "blog/post", "blog/author", "accounts/comment"])
def test_no_search_finds_it(world: World, path: str):
    found = world.client("editor").get(f"/admin/{path}/", {"q": "Xanthippe"})
    assert found.context["cl"].result_count == 0


@pytest.mark.parametrize(
    "asked",
    [
        "accounts/comment/?user={pk}",
        "accounts/comment/?user__id__exact={pk}",
        "accounts/comment/?user__email__startswith=xan",
        "blog/letter/?to_user={pk}",
        "blog/letter/?to_address__startswith=xan",
        "blog/letter/?to_name__contains=Xan",
        "blog/letter/?text__contains=Xanthippe",
        "blog/letter/?last_error__contains=xan",
        "blog/letter/?invitation__isnull=False",
        "blog/author/?identity__user={pk}",
        "blog/author/?identity=1",
        "blog/post/?bylines__author__identity__user={pk}",
        "blog/post/?invitations__email__startswith=xan",
        "blog/post/?state__regex=(((",
        "blog/post/?id__in=99999999999999999999",
    ],
)
def test_no_list_can_be_narrowed_by_what_it_hides(world: World, asked: str):
    path = "/admin/" + asked.format(pk=world.users["guest"].pk)
    assert world.client("editor").get(path).status_code == 400


@pytest.mark.parametrize(
    "asked",
    [
        "blog/post/?state__exact=published&category__id__exact=1&editor__isnull=True",
        "blog/letter/?kind=to_writer/proof&status__exact=waiting",
        "accounts/comment/?state__exact=held&written_at__gte=2026-01-01+00:00Z&written_at__lt=2027-01-01+00:00Z",
        "blog/author/?is_pen_name__exact=1",
    ],
)
def test_a_list_can_be_narrowed_by_its_own_filters(world: World, asked: str):
    assert world.client("editor").get(f"/admin/{asked}").status_code == 200


def test_an_editor_cannot_end_a_pen_name_and_read_what_it_hides(world: World):
    client = world.client("editor")
    page = reverse("admin:blog_author_change", args=[world.author.pk])
    assert client.post(page, {"name": "A Beekeeper"}).status_code == 409
    byline = reverse("admin:blog_post_byline", args=[world.proof.pk, world.proof.bylines.first().author_id])
    prefix = f"name-{world.proof.bylines.first().author_id}"
    assert client.post(byline, {f"{prefix}-name": "The Mole"}).status_code == 409
    assert Author.objects.filter(is_pen_name=True).count() == 2


def test_the_writer_can_end_a_pen_name_and_so_can_who_may_see_identities(world: World):
    details = BylineDetails("The Mole", is_pen_name=False)
    mole = world.proof.bylines.get(position=1).author
    with pytest.raises(EditorialRefusal):
        identity.require_pen_name_kept(mole, details, by=world.users["editor"])
    identity.require_pen_name_kept(mole, details, by=world.users["guest"])
    identity.require_pen_name_kept(mole, details, by=world.users["insider"])


def test_blocking_does_not_tell_which_comments_are_one_accounts(world: World):
    client = world.client("editor")
    path = reverse("admin:accounts_comment_block", args=[world.comment.pk])
    client.post(path, {"reason": "Adverts."})
    assert not type(world.users["guest"]).objects.get(pk=world.users["guest"].pk).is_blocked
    page = client.get(reverse("admin:accounts_comment_change", args=[world.comment.pk])).text
    assert "block-reason" not in page


def test_a_name_that_becomes_a_pen_name_loses_the_address_of_the_old_one(world: World):
    editor, at = world.users["editor"], timezone.now()
    author = world.foreign.bylines.get().author
    proof.sign_off(post=world.foreign, seen=world.foreign.working_id, by=world.users["other guest"], at=at)
    publishing.publish(post=world.foreign, by=editor, at=at)
    authors.describe(author=author, details=BylineDetails("A Planner", is_pen_name=False), by=editor, at=at)
    author = authors.describe(author=author, details=BylineDetails("A Planner", is_pen_name=True), by=editor, at=at)
    assert author.slug == "a-planner"
