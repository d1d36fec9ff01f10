"""What was recognised in an archive: proposed once, taken or left by who publishes, never carried out by itself."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from accounts.models import User
from accounts.roles import Role, give_role
from blog.archive.recognising.proposing import propose_all
from blog.editorial.arriving import suggestions
from blog.editorial.refusals import EditorialRefusal, IncompleteError, MoveNotAllowedError
from blog.models import Archive, Arrival, Author, Letter, Post, Purge, Series, Suggestion
from tests.archive.test_recognising import GUEST, PIECE
from tests.factories import NOW, UserFactory, make_author, make_published
from tests.people import signed_in

pytestmark = pytest.mark.django_db
AT = dt.datetime(2013, 12, 10, 9, tzinfo=dt.UTC)


def archive_of(*posts: Post) -> Archive:
    archive = Archive.objects.create(name="old.example", system="wordpress", begun_at=NOW, finished_at=NOW)
    Arrival.objects.bulk_create(
        Arrival(archive=archive, kind="post", key=str(post.pk), target=post.pk) for post in posts
    )
    return archive


@pytest.fixture
def parts() -> list[Post]:
    titles = ("Central – Local: who speaks?", "Central – Local 2: who listens?", "Central – Local 3: who pays?")
    return [make_published(at=AT + dt.timedelta(days=day), title=title) for day, title in enumerate(titles)]


@pytest.fixture
def guests() -> Post:
    writer = UserFactory()
    author = make_author(writer, name="The Editors")
    return make_published(at=AT, title="Libraries", body=GUEST + PIECE, author=author, writer=writer)


def test_proposed_once_and_a_refusal_holds(parts: list[Post], guests: Post, editor: User):
    ours = make_published(at=AT, title="Central – Local 4: not of the archive")
    archive = archive_of(*parts, guests)

    assert propose_all(archive=archive, at=NOW) == 2
    assert propose_all(archive=archive, at=NOW) == 2
    series, introduction = archive.suggestions.order_by("-kind")
    assert series.what == {"title": "Central – Local", "parts": [[post.pk, n] for n, post in enumerate(parts, 1)]}
    assert introduction.what["post"] == guests.pk
    assert not Series.objects.filter(title="Central – Local").exists()
    for row in (series, introduction):
        suggestions.leave(suggestion=row, by=editor, at=NOW)
    assert propose_all(archive=archive, at=NOW) == 0
    assert ours.series is None
    with pytest.raises(MoveNotAllowedError):
        suggestions.leave(suggestion=series, by=editor, at=NOW)


def test_a_series_is_made_of_what_the_editor_left_in_it(parts: list[Post], editor: User):
    archive = archive_of(*parts)
    propose_all(archive=archive, at=NOW)
    [row] = archive.suggestions.all()
    before, letters = [post.get_absolute_url() for post in parts], Letter.objects.count()

    series = suggestions.take_series(
        suggestion=row, by=editor, at=NOW, title="Central and local", parts=[(parts[0].pk, 1), (parts[2].pk, 2)]
    )

    assert list(series.posts.order_by("part_number").values_list("pk", "part_number")) == [
        (parts[0].pk, 1),
        (parts[2].pk, 2),
    ]
    assert [Post.objects.get(pk=post.pk).get_absolute_url() for post in parts] == before
    assert series.standing.parts == 2
    assert Purge.objects.filter(key=f"list:series:{series.pk}").exists()
    assert "Central and local" in Client().get(before[0]).text
    assert Letter.objects.count() == letters


def test_what_can_not_be_a_series_is_refused_and_nothing_changes(parts: list[Post], editor: User):
    archive = archive_of(*parts)
    propose_all(archive=archive, at=NOW)
    [row] = archive.suggestions.all()
    one, two = parts[0].pk, parts[1].pk
    for title, chosen in (
        ("", [(one, 1)]),
        ("x" * 200, [(one, 1)]),
        ("A", []),
        ("A", [(one, 1), (two, 1)]),
        ("A", [(one, 0)]),
    ):
        with pytest.raises(IncompleteError):
            suggestions.take_series(suggestion=row, by=editor, at=NOW, title=title, parts=chosen)
    assert not Series.objects.filter(posts__isnull=False).exists()
    assert Suggestion.objects.get().is_taken is None


def test_an_introduction_is_parted_from_the_piece(guests: Post, editor: User):
    archive = archive_of(guests)
    propose_all(archive=archive, at=NOW)
    [row] = archive.suggestions.all()
    before, letters = guests.live, Letter.objects.count()

    suggestions.take_introduction(suggestion=row, by=editor, at=NOW, name="Petra Quill", role="Head of Libraries")

    post = Post.objects.get(pk=guests.pk)
    assert post.live
    assert before
    assert (post.live.introduction, post.live.body, post.live.based_on) == (GUEST, PIECE, before)
    assert post.live.introduced_by == Author.objects.get(name="The Editors")
    assert [(byline.author.name, byline.role) for byline in post.bylines.all()] == [
        ("Petra Quill", "Head of Libraries")
    ]
    assert post.is_guest_piece
    assert post.corrections.get().earlier == before
    page = Client().get(post.get_absolute_url()).text
    assert page.count("what we had missed") == 1
    assert "/author/petra-quill/" in page
    assert Client().get("/author/petra-quill/").status_code == 200
    assert Letter.objects.count() == letters


def test_a_piece_that_was_changed_since_is_not_parted(guests: Post, editor: User):
    archive = archive_of(guests)
    propose_all(archive=archive, at=NOW)
    [row] = archive.suggestions.all()
    row.what["revision"] += 1
    with pytest.raises(EditorialRefusal, match="changed since"):
        suggestions.take_introduction(suggestion=row, by=editor, at=NOW)
    assert Suggestion.objects.get().is_taken is None


def test_a_pen_name_is_nobody_that_a_text_could_name(guests: Post, editor: User):
    hidden = make_author(name="Petra Quill", is_pen_name=True)
    archive = archive_of(guests)
    propose_all(archive=archive, at=NOW)
    suggestions.take_introduction(suggestion=archive.suggestions.get(), by=editor, at=NOW, name="Petra Quill")
    assert not hidden.bylines.exists()


def test_only_who_publishes_decides(parts: list[Post]):
    limited = UserFactory()
    give_role(user=limited, role=Role.EDITOR, at=NOW)
    archive = archive_of(*parts)
    propose_all(archive=archive, at=NOW)
    row = archive.suggestions.get()
    with pytest.raises(PermissionDenied):
        suggestions.leave(suggestion=row, by=limited, at=NOW)
    with pytest.raises(PermissionDenied):
        suggestions.take_series(suggestion=row, by=limited, at=NOW, title="A", parts=[(parts[0].pk, 1)])
    page = signed_in(limited).get(f"/admin/blog/archive/{archive.pk}/change/").text
    assert "Central – Local" in page
    assert "Make it a series" not in page


def test_the_desk_shows_the_report_and_takes_what_is_chosen(parts: list[Post], guests: Post, editor: User):
    archive = archive_of(*parts, guests)
    archive.report = {
        "version": 1,
        "counts": {"piece": {"new": 3, "renewed": 1}},
        "weights": {"lost": 1, "changed": 5000, "noted": 0},
        "lines": [["lost", "picture", "https://old.example/<b>.jpg", "It was not found."]]
        + [["changed", "piece", f"Piece {n}", "It was cut."] for n in range(150)],
    }
    archive.save()
    propose_all(archive=archive, at=NOW)
    desk, address = signed_in(editor), f"/admin/blog/archive/{archive.pk}/change/"

    page = desk.get(address).text
    assert "https://old.example/&lt;b&gt;.jpg" in page
    assert "what we had missed" in page
    changed = desk.get(f"{address}?weight=changed&page=2").text
    assert "Piece 149" in changed
    assert "The first 150 of 5,000 are shown" in changed
    series, introduction = archive.suggestions.order_by("-kind")

    form = {"act": "take", "title": "", f"chosen_{parts[0].pk}": "1", f"number_{parts[0].pk}": "7"}
    refused = desk.post(f"/admin/blog/archive/suggestion/{series.pk}/", form)
    assert refused.status_code == 422
    assert "Give the series a title." in refused.text
    assert 'value="7"' in refused.text
    assert desk.post(f"/admin/blog/archive/suggestion/{series.pk}/", {"act": "x"}).status_code == 404
    assert desk.post(f"/admin/blog/archive/suggestion/{series.pk}/", {**form, "title": "A"}).status_code == 302
    assert desk.post(f"/admin/blog/archive/suggestion/{introduction.pk}/", {"act": "leave"}).status_code == 302
    assert desk.post(f"/admin/blog/archive/suggestion/{introduction.pk}/", {"act": "leave"}).status_code == 409
    assert list(Series.objects.filter(title="A").values_list("posts", "posts__part_number")) == [(parts[0].pk, 7)]
