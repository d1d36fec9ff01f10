"""What stands around a piece: those before and after it, what it answers, replies, related pieces, its writers."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from blog.editorial import corrections, drafting, particulars, publishing
from blog.editorial.particulars import Particulars
from blog.models import Author, Byline, Picture, Post
from blog.reading import articles
from tests.factories import (
    CategoryFactory,
    SeriesFactory,
    TagFactory,
    UserFactory,
    make_author,
    make_comment,
    make_published,
)

pytestmark = pytest.mark.django_db
AT = dt.datetime(2013, 12, 10, 9, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def page_of(post: Post, client: Client) -> str:
    post = Post.objects.get(pk=post.pk)
    return client.get(post.get_absolute_url()).text


def settle(post: Post, by: User, **fields) -> None:
    post = Post.objects.get(pk=post.pk)
    particulars.settle(post=post, particulars=Particulars(**{"slug": post.slug, **fields}), by=by, at=timezone.now())


def test_a_piece_leads_to_those_before_and_after_it_by_date(client: Client):
    pieces = [make_published(at=AT + n * DAY, title=f"Piece {n}") for n in (2, 0, 1)]
    text = page_of(pieces[2], client)
    assert 'rel="prev" href="/2013/12/10/piece-0/"' in text
    assert 'rel="next" href="/2013/12/12/piece-2/"' in text
    assert 'rel="next"' not in page_of(pieces[0], client)


def test_pieces_of_one_moment_are_told_apart(client: Client):
    pieces = [make_published(at=AT, title=f"Piece {n}") for n in range(3)]
    text = page_of(pieces[1], client)
    assert 'rel="prev" href="/2013/12/10/piece-0/"' in text
    assert 'rel="next" href="/2013/12/10/piece-2/"' in text


def test_a_part_leads_to_the_parts_beside_it(client: Client):
    series = SeriesFactory()
    pieces = [make_published(at=AT - n * DAY, title=f"P{n}", series=series, part_number=n) for n in (1, 2, 3)]
    make_published(at=AT + DAY, title="Beside the point")
    text = page_of(pieces[1], client)
    assert f'rel="prev" href="{pieces[0].get_absolute_url()}"' in text
    assert f'rel="next" href="{pieces[2].get_absolute_url()}"' in text
    assert "Beside the point" not in text


def test_what_is_scheduled_or_retracted_does_not_stand_beside(client: Client, editor: User):
    post = make_published(at=AT, title="In between")
    make_published(at=AT, title="Yet to come", go_out_at=timezone.now() + DAY)
    gone = make_published(at=AT - DAY, title="Taken away")
    publishing.retract(post=gone, reason="Wrong.", by=editor, at=AT + DAY)
    text = page_of(post, client)
    assert "Yet to come" not in text
    assert "Taken away" not in text


def test_a_reply_and_what_it_answers_lead_to_each_other(client: Client, editor: User):
    first, reply = make_published(at=AT, title="The claim"), make_published(at=AT + 400 * DAY, title="The answer")
    settle(reply, editor, in_reply_to=f"https://aob.example{first.get_absolute_url()}#comments")
    assert f'In reply to <a href="{first.get_absolute_url()}">The claim</a>' in page_of(reply, client)
    assert "In reply to this piece" in page_of(first, client)


@pytest.mark.parametrize("hidden", ["The claim", "The answer"])
def test_a_reply_shows_only_while_both_are_visible(client: Client, editor: User, hidden: str):
    first, reply = make_published(at=AT, title="The claim"), make_published(at=AT + DAY, title="The answer")
    settle(reply, editor, in_reply_to=first.slug)
    other = reply if hidden == "The claim" else first
    publishing.retract(post=Post.objects.get(live__title=hidden), reason="Wrong.", by=editor, at=AT + 2 * DAY)
    text = page_of(other, client)
    assert hidden not in text
    assert "In reply to" not in text


def test_related_pieces_are_three_and_the_closest_come_first(client: Client, editor: User):
    one, two = TagFactory(), TagFactory()
    category = CategoryFactory()
    posts = {}
    for n, (title, tags, where) in enumerate(
        [
            ("Same category", [], category),
            ("One tag", [one], None),
            ("Two tags", [one, two], None),
            ("One tag and category", [one], category),
            ("Neither", [], None),
            ("The piece", [one, two], category),
        ]
    ):
        posts[title] = make_published(at=AT - n * DAY, title=title)
        settle(posts[title], editor, tags=tags, category=where)
    text = page_of(posts["The piece"], client).partition("Related pieces")[2].partition("</ul>")[0]
    places = [text.find(f">{title}<") for title in ("Two tags", "One tag and category", "One tag")]
    assert places == sorted(places)
    assert min(places) > 0
    assert text.count("<li>") == 3


def test_the_page_of_five_writers_names_them_all(client: Client):
    post = make_published(at=AT)
    for n in range(2, 6):
        author = make_author(name=f"Writer {n}", about=f"They are number {n}.", role="Officer")
        Byline.objects.create(post=post, author=author, position=n, role="Officer")
    text = page_of(post, client)
    assert "About the writers" in text
    assert "About the writer<" not in text
    assert text.count(">All pieces by Writer ") == 4
    assert text.count('rel="author"') == 5


@pytest.mark.parametrize("count", [1, 3])
def test_a_piece_takes_nine_queries_whatever_hangs_on_it(count: int, editor: User, django_assert_num_queries):
    post = make_published(at=AT, title="The piece", is_guest_piece=True)
    path = "/media/pictures/x.png"
    Picture.objects.create(file="pictures/x.png", width=8, height=6, alt="A wall", uploaded_at=AT)
    portrait = Picture.objects.create(file="pictures/p.png", width=8, height=8, uploaded_at=AT)
    body = f'<p>See</p><figure><img src="{path}" alt="A wall"></figure>' * count
    for n in range(count):
        text = drafting.Text(body=f"{body}<p>{n}</p>", introduction="<p>Hello.</p>")
        drafting.save_text(post=post, text=text, by=editor, at=AT, based_on=post.working_id)
        corrections.publish_correction(post=post, note="It was 241.", by=editor, at=AT + DAY)
        author = make_author(name=f"N{n}")
        Author.objects.filter(pk=author.pk).update(portrait=portrait)
        Byline.objects.create(post=post, author=author, position=n + 2)
        reply = make_published(at=AT + DAY, title=f"Reply {n}")
        settle(reply, editor, in_reply_to=post.slug)
        make_comment(post, UserFactory())
    settle(post, editor, tags=[TagFactory() for _ in range(count)], in_reply_to=reply.slug)
    with django_assert_num_queries(9):  # The last for the badges beside the names of those who comment
        articles.post(year=2013, month=12, day=10, slug=post.slug, moment=timezone.now())


def test_the_letter_about_a_mistake_begins_with_the_piece(client: Client):
    post = make_published(at=AT, title="Who closes a row?")
    assert f'href="/contact/?about={post.get_absolute_url().replace("/", "%2F")}"' in page_of(post, client)
    text = client.get("/contact/", {"about": post.get_absolute_url()}).text
    assert "About “Who closes a row?”" in text


@pytest.mark.parametrize(
    "about", ["<script>", "Buy this", "/2013/12/10/nothing/", "https://evil.example/2013/12/10/x/", "/2013/12/10/\x00/"]
)
def test_a_letter_begins_with_nothing_that_is_not_a_piece(client: Client, about: str):
    text = client.get("/contact/", {"about": about}).text
    assert "About “" not in text
    assert "evil.example" not in text


def test_a_letter_does_not_name_what_readers_cannot_see(client: Client):
    post = make_published(at=timezone.now(), title="Hush", go_out_at=timezone.now() + DAY)
    assert "Hush" not in client.get("/contact/", {"about": post.get_absolute_url()}).text
