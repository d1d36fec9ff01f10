"""Nothing can be asked, narrowed, ended, blocked or merged in a way that tells who is behind a pen name."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.commenting import posting
from accounts.models import Comment
from blog.editorial import proof, publishing
from blog.editorial.names import authors, identity, mergers
from blog.editorial.names.identity import BylineDetails
from blog.editorial.refusals import EditorialRefusal
from blog.models import Author
from blog.states import State
from tests.factories import UserFactory, make_author, make_piece, make_published
from tests.pen_names.life import Life
from tests.people import confirm

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(life: Life) -> Life:
    return life


@pytest.mark.parametrize("path", ["blog/letter", "blog/post", "blog/author", "accounts/comment"])
def test_no_search_finds_it(world: Life, path: str):
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
def test_no_list_can_be_narrowed_by_what_it_hides(world: Life, asked: str):
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
def test_a_list_can_be_narrowed_by_its_own_filters(world: Life, asked: str):
    assert world.client("editor").get(f"/admin/{asked}").status_code == 200


def test_an_editor_cannot_end_a_pen_name_and_read_what_it_hides(world: Life):
    client = world.client("editor")
    page = reverse("admin:blog_author_change", args=[world.author.pk])
    assert client.post(page, {"name": "A Beekeeper"}).status_code == 409
    byline = reverse("admin:blog_post_byline", args=[world.proof.pk, world.proof.bylines.first().author_id])
    prefix = f"name-{world.proof.bylines.first().author_id}"
    assert client.post(byline, {f"{prefix}-name": "The Mole"}).status_code == 409
    assert Author.objects.get(pk=world.author.pk).is_pen_name
    assert world.proof.bylines.first().author.is_pen_name


def test_the_writer_can_end_a_pen_name_and_so_can_who_may_see_identities(world: Life):
    details = BylineDetails("The Mole", is_pen_name=False)
    mole = world.proof.bylines.get(position=1).author
    with pytest.raises(EditorialRefusal):
        identity.require_pen_name_kept(mole, details, by=world.users["editor"])
    identity.require_pen_name_kept(mole, details, by=world.users["guest"])
    identity.require_pen_name_kept(mole, details, by=world.users["insider"])


def test_blocking_does_not_tell_which_comments_are_one_accounts(world: Life):
    client = world.client("editor")
    path = reverse("admin:accounts_comment_block", args=[world.comment.pk])
    client.post(path, {"reason": "Adverts."})
    assert not world.users["guest"].blocks.exists()
    page = client.get(reverse("admin:accounts_comment_change", args=[world.comment.pk])).text
    assert "block-reason" not in page


def test_a_name_that_becomes_a_pen_name_loses_the_address_of_the_old_one(editor, writer):
    at = timezone.now()
    post = make_piece(State.IN_PROOF, editor=editor, writer=writer, at=at)
    author = post.bylines.get().author
    proof.sign_off(post=post, seen=post.working_id, by=writer, at=at)
    publishing.publish(post=post, by=editor, at=at, hold_reason="Agreed.")
    authors.describe(author=author, details=BylineDetails("A Planner", is_pen_name=False), by=editor, at=at)
    author = authors.describe(author=author, details=BylineDetails("A Planner", is_pen_name=True), by=editor, at=at)
    assert author.slug == "a-planner"


def test_merging_a_pen_name_is_refused_in_the_same_words_whoever_is_behind_it():
    person, publisher, said = UserFactory(), UserFactory(administrator=True), set()
    own, pen_name = make_author(person, name="Ann Lee"), make_author(person, name="The Mole", is_pen_name=True)
    for other in (own, make_author(UserFactory(), name="Bo Lee"), make_author(name="Cy Lee")):
        with pytest.raises(EditorialRefusal) as refused:
            mergers.merge(kept=other, gone=pen_name, by=publisher, at=timezone.now())
        said.add(str(refused.value))
    assert len(said) == 1


@pytest.mark.parametrize("is_one_account", [True, False])
def test_a_first_comment_under_the_own_name_waits_whatever_was_said_under_a_pen_name(is_one_account: bool):
    person, at = confirm(UserFactory()), timezone.now()
    writer = person if is_one_account else confirm(UserFactory())
    own = make_published(writer=writer, author=make_author(writer, name="The Mole", is_pen_name=True))
    posting.post_comment(post=own, text="I stand by it.", by=writer, at=at)
    elsewhere = posting.post_comment(post=make_published(), text="So do I.", by=person, at=at)
    assert elsewhere.state == Comment.State.HELD
