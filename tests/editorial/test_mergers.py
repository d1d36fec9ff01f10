"""Two public names that are one person become one; a pen name never does."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from accounts.models import User
from accounts.roles import Role, give_role
from blog.editorial import drafting, proof
from blog.editorial.names import identity, mergers
from blog.editorial.refusals import EditorialRefusal
from blog.models import Author, Byline, Identity, Listing, Merger, Post, Revision
from blog.states import State
from tests.factories import NOW, CategoryFactory, UserFactory, make_author, make_comment, make_piece, make_published
from tests.people import signed_in

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(days=1)


@pytest.fixture
def kept(writer: User) -> Author:
    return make_author(writer, name="Priya Raman", role="", about="")


@pytest.fixture
def gone() -> Author:
    return make_author(name="P. Raman", role="Planner", about="Writes about planning.")


def piece_of(author: Author, state: State = State.PUBLISHED, **fields) -> Post:
    """Make a piece under a name; one without an account has one only until the piece is there, as in an archive."""
    identity_there = Identity.objects.filter(author=author).first()
    behind = identity_there or Identity.objects.create(author=author, user=UserFactory())
    post = make_piece(state, author=author, writer=behind.user, **fields)
    if not identity_there:
        behind.delete()
    return post


def merge(kept: Author, gone: Author, by: User) -> Merger:
    return mergers.merge(kept=kept, gone=gone, by=by, at=LATER)


def test_pieces_lists_feeds_and_addresses_follow(client: Client, kept, gone, editor):
    piece_of(author=kept, title="Her first")
    piece_of(author=gone, title="Her second")
    assert merge(kept, gone, editor).pieces == 1
    page = client.get("/author/priya-raman/").text
    assert all(title in page for title in ("Her first", "Her second"))
    for path in ("", "feed/", "feed/atom/"):
        moved = client.get(f"/author/p-raman/{path}")
        assert (moved.status_code, moved["Location"]) == (301, f"/author/priya-raman/{path}")
    assert not Author.objects.filter(pk=gone.pk).exists()
    assert Listing.objects.get(key=f"list:author:{kept.pk}").pieces == 2
    assert not Listing.objects.filter(key=f"list:author:{gone.pk}").exists()


def test_addresses_that_led_to_the_one_lead_to_the_other(client: Client, kept, gone, editor):
    piece_of(author=gone)
    oldest = make_author(name="Pri Raman")
    piece_of(author=oldest, title="Her oldest")
    merge(gone, oldest, editor)
    merge(kept, gone, editor)
    assert client.get("/author/pri-raman/")["Location"] == "/author/priya-raman/"


def test_everything_that_hung_on_the_name_hangs_on_the_other(kept, gone, editor, writer):
    post = piece_of(gone, State.SUBMITTED)
    text = drafting.Text(introduction="<p>She knows.</p>", introduced_by=gone)
    drafting.save_text(post=post, text=text, by=editor, at=NOW, based_on=post.working_id)
    comment = make_comment(make_published(), UserFactory(), author=gone)
    merge(kept, gone, editor)
    comment.refresh_from_db()
    assert comment.author == kept
    introduced = Revision.objects.get(introduced_by=kept)
    assert introduced.content_hash == introduced.hash_of_content()
    assert list(Post.objects.held_by(writer)) == [post]
    kept.refresh_from_db()
    assert (kept.role, kept.about) == ("Planner", "Writes about planning.")


def test_the_account_behind_a_name_comes_along(gone, writer, editor):
    kept = make_author(name="Priya R")
    Identity.objects.create(author=gone, user=writer)
    merge(kept, gone, editor)
    assert identity.own_name(user=writer) == kept


def test_what_is_signed_off_is_signed_off_again(kept, gone, editor):
    other = UserFactory()
    post = piece_of(gone, State.IN_PROOF, editor=editor)
    Byline.objects.create(post=post, author=make_author(other, name="Ann Lee"), position=2)
    proof.sign_off(post=post, seen=post.working_id, by=other, at=NOW)
    merge(kept, gone, editor)
    assert not post.sign_offs.filter(voided_at__isnull=True).exists()


def test_a_merger_is_written_down(kept, gone, editor):
    merge(kept, gone, editor)
    row = Merger.objects.get()
    assert (row.kept, row.name, row.slug, row.by, row.at) == (kept, "P. Raman", "p-raman", editor, LATER)


@pytest.mark.parametrize("pen_names", [(True, False), (False, True), (True, True)])
@pytest.mark.parametrize("is_one_account", [True, False])
def test_a_pen_name_is_never_merged_whoever_is_behind_it(editor, writer, pen_names, is_one_account):
    """One sentence for all of them: that one merger could be made would tell who is behind the name."""
    names = [make_author(name=f"Name {number}", is_pen_name=is_pen) for number, is_pen in enumerate(pen_names)]
    for name in names:
        Identity.objects.create(author=name, user=writer if is_one_account else UserFactory())
    with pytest.raises(EditorialRefusal, match=r"^A pen name is never merged: that would tell who is behind it\.$"):
        merge(*names, editor)
    assert Author.objects.filter(pk__in=[name.pk for name in names]).count() == 2


def test_names_of_different_accounts_stay_two(kept, gone, editor):
    Identity.objects.create(author=gone, user=UserFactory())
    with pytest.raises(EditorialRefusal, match="Different accounts"):
        merge(kept, gone, editor)


def test_names_on_one_piece_are_two_people(kept, gone, editor):
    post = piece_of(author=kept)
    Byline.objects.create(post=post, author=gone, position=2)
    with pytest.raises(EditorialRefusal, match="two people"):
        merge(kept, gone, editor)


def test_a_name_is_not_merged_with_itself_or_twice(kept, gone, editor):
    with pytest.raises(EditorialRefusal):
        merge(kept, kept, editor)
    stale = Author.objects.get(pk=gone.pk)
    merge(kept, gone, editor)
    with pytest.raises(EditorialRefusal):
        merge(kept, stale, editor)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.PUBLISHER])
def test_it_takes_somebody_who_publishes_everywhere(kept, gone, role):
    user = UserFactory()
    give_role(user=user, role=role, at=NOW, limits=[CategoryFactory()])
    with pytest.raises(PermissionDenied):
        merge(kept, gone, User.objects.get(pk=user.pk))


def test_the_page_says_what_will_happen_and_the_list_leads_there(as_editor, kept, gone):
    piece_of(author=gone)
    chosen = {"action": "merge_selected", "_selected_action": [kept.pk, gone.pk]}
    path = f"/admin/blog/author/{kept.pk}/merge/{gone.pk}/"
    assert as_editor.post("/admin/blog/author/", chosen)["Location"] == path
    page = as_editor.get(path).content.decode()
    assert all(
        words in page for words in ("“P. Raman” goes", "1 of them is out", "/author/p-raman/", "Keep “P. Raman”")
    )
    assert as_editor.post(path).status_code == 302
    assert not Author.objects.filter(pk=gone.pk).exists()


@pytest.mark.parametrize("count", [1, 3])
def test_two_names_are_chosen_and_no_other_number(as_editor, count):
    chosen = [make_author(name=f"Name {number}").pk for number in range(count)]
    page = as_editor.post("/admin/blog/author/", {"action": "merge_selected", "_selected_action": chosen}, follow=True)
    assert "Choose the two names that are one person." in page.content.decode()


def test_a_refusal_is_said_in_one_sentence(as_editor, kept):
    pen = make_author(name="The Mole", is_pen_name=True)
    for method in (as_editor.get, as_editor.post):
        page = method(f"/admin/blog/author/{kept.pk}/merge/{pen.pk}/")
        assert page.status_code == 409
        assert "A pen name is never merged" in page.content.decode()


@pytest.mark.parametrize("ending", ["closed", "removed"])
def test_an_authors_page_survives_their_leaving(client: Client, kept, writer, ending):
    """People who left lost their author page (18f.gsa.gov#1638)."""
    post = piece_of(author=kept, title="Still here")
    if ending == "closed":
        User.objects.filter(pk=writer.pk).update(is_active=False)
    else:
        writer.delete()
    for path in ("/author/priya-raman/", "/author/priya-raman/feed/", "/writers/", post.get_absolute_url()):
        assert "Priya Raman" in client.get(path).text, path
    assert signed_in(UserFactory(administrator=True)).get(f"/admin/blog/post/{post.pk}/change/").status_code == 200


def test_two_names_that_signed_off_one_text_before_the_one_left_can_be_merged(kept, gone, editor, writer):
    post = piece_of(kept, State.IN_PROOF, editor=editor)
    Byline.objects.create(post=post, author=gone, position=2)
    Identity.objects.create(author=gone, user=writer)
    proof.sign_off(post=post, seen=post.working_id, by=writer, at=NOW)
    # A later text, of which the one name has been no writer
    post.bylines.filter(author=gone).delete()
    merge(kept, gone, editor)
    assert post.sign_offs.filter(voided_at__isnull=True).count() <= 1
