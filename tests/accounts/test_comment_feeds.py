"""The feeds of comments: those of all pieces, and those under one."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from accounts.commenting import moderation, posting
from blog.editorial.upkeep import addresses
from blog.models import Post
from blog.states import State
from tests.factories import UserFactory, make_author, make_comment, make_piece, make_published
from tests.people import confirm
from tests.reading.feed_forms import FORMS, contents, fetch, names, titles

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 2, 3, 12, tzinfo=dt.UTC)
HOSTILE = "]]><script>alert(1)</script> & \x0b\x1f\x85\u2028\ufffe"


@pytest.mark.parametrize("form", FORMS)
def test_comments_come_newest_first_under_their_public_names(client: Client, form: str):
    post = make_published(at=AT, title="Rows")
    pen_name = make_author(name="A Beekeeper", is_pen_name=True)
    make_comment(post, UserFactory(display_name="Dana W"), text="One.", written_at=AT)
    later = AT + dt.timedelta(hours=1)
    make_comment(post, UserFactory(display_name="Xanthippe"), author=pen_name, text="Two <b>.", written_at=later)
    for path in ("/comments/feed/", "/2026/02/03/rows/feed/"):
        feed = fetch(client, path, form)
        assert titles(feed) == ["A Beekeeper on “Rows”", "Dana W on “Rows”"]
        assert names(feed) == [["A Beekeeper"], ["Dana W"]]
        assert contents(feed) == ["<p>Two &lt;b&gt;.</p>", "<p>One.</p>"]


@pytest.mark.parametrize("form", FORMS)
def test_comments_lead_to_their_place_in_the_page(client: Client, settings, form: str):
    settings.SITE_URL = "https://aob.example"
    comment = make_comment(make_published(at=AT, title="Rows"), UserFactory())
    assert f"https://aob.example/2026/02/03/rows/#comment-{comment.pk}" in client.get(f"/comments/feed/{form}").text


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("state", ["held", "hidden"])
def test_what_readers_do_not_see_is_in_no_feed(client: Client, state: str, form: str):
    make_comment(make_published(at=AT, title="Rows"), UserFactory(), state=state)
    assert titles(fetch(client, "/comments/feed/", form)) == []
    assert titles(fetch(client, "/2026/02/03/rows/feed/", form)) == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("state", [State.RETRACTED, State.IN_PROOF, "scheduled"])
def test_comments_go_with_their_piece(client: Client, state: str, form: str):
    now = timezone.now()
    if state == "scheduled":
        post = make_piece(State.PUBLISHED, title="Rows", at=AT, go_out_at=now + dt.timedelta(days=1))
    else:
        post = make_piece(State(state), title="Rows", at=AT)
    make_comment(post, UserFactory(), text="A telling word.")
    text = client.get(f"/comments/feed/{form}").text
    assert "telling" not in text
    assert "Rows" not in text
    day = timezone.localtime(post.published_at or AT)
    assert client.get(f"/{day:%Y/%m/%d}/rows/feed/{form}").status_code in {404, 410}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("day", ["2026/02/04", "2019/01/01", "2026/99/99"])
def test_a_wrong_date_leads_to_the_right_feed(client: Client, day: str, form: str):
    make_published(at=AT, title="Rows")
    response = client.get(f"/{day}/rows/feed/{form}")
    assert (response.status_code, response.headers["Location"]) == (301, f"/2026/02/03/rows/feed/{form}")


@pytest.mark.parametrize("form", FORMS)
def test_hostile_comments_leave_a_feed_well_formed(client: Client, form: str):
    make_comment(make_published(at=AT, title="Rows"), UserFactory(display_name=HOSTILE), text=f"Look: {HOSTILE}")
    feed = fetch(client, "/comments/feed/", form)
    assert titles(feed)[0].startswith("]]><script>alert(1)</script>")
    assert "&lt;script&gt;" in contents(feed)[0]


@pytest.mark.parametrize("form", FORMS)
def test_a_feed_takes_as_many_queries_for_three_comments_as_for_one(
    client: Client, django_assert_num_queries, form: str
):
    post = make_published(at=AT, title="Rows")
    make_comment(post, UserFactory())
    with django_assert_num_queries(2):
        client.get(f"/comments/feed/{form}")
    make_comment(post, UserFactory())
    make_comment(make_published(at=AT), UserFactory())
    with django_assert_num_queries(2):
        client.get(f"/comments/feed/{form}")


@pytest.mark.parametrize("form", FORMS)
def test_a_kept_feed_shows_what_was_written_and_taken_down_since(client: Client, editor, form: str):
    post, now = make_published(at=AT, title="Rows"), timezone.now()
    paths = ["/comments/feed/", "/2026/02/03/rows/feed/"]
    assert [titles(fetch(client, path, form)) for path in paths] == [[], []]
    comment = posting.post_comment(post=post, text="So did we.", by=confirm(editor), at=now)
    assert [titles(fetch(client, path, form)) for path in paths] == [["Tom Ashby on “Rows”"]] * 2
    moderation.hide(comment=comment, reason="A slip.", by=editor, at=now)
    assert [titles(fetch(client, path, form)) for path in paths] == [[], []]


@pytest.mark.parametrize("form", FORMS)
def test_the_feed_of_a_piece_that_moved_leads_on(client: Client, editor, form: str):
    post = make_published(at=AT, title="Rows")
    Post.objects.filter(pk=post.pk).update(slug="columns")
    addresses.keep(kind="post", target=post.pk, old="rows", new="columns", at=AT)
    response = client.get(f"/2026/02/03/rows/feed/{form}")
    assert (response.status_code, response.headers["Location"]) == (301, f"/2026/02/03/columns/feed/{form}")
