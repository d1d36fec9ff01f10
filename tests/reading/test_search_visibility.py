"""What readers can't see is not found, not counted, not offered as a filter and not suggested as a spelling."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from blog.editorial import corrections, drafting, particulars, publishing, topics
from blog.editorial.names import authors
from blog.editorial.names.identity import BylineDetails
from blog.editorial.particulars import Particulars
from blog.models import Post
from blog.reading.search import Question, page
from blog.states import State
from tests.factories import (
    CategoryFactory,
    SeriesFactory,
    TagFactory,
    UserFactory,
    make_author,
    make_editor,
    make_piece,
    make_published,
)
from tests.reading.test_search import heading, look

pytestmark = pytest.mark.django_db

YESTERDAY = dt.timedelta(days=1)
HIDING = [state for state in State if state != State.PUBLISHED]


def assert_nothing_tells(client: Client, *words: str) -> None:
    for word in words:
        text = look(client, word)
        assert heading(text) == f"Nothing with ‘{word}’"
        assert "Did you mean" not in text
        assert "<select" not in text


@pytest.mark.parametrize("state", HIDING)
def test_a_hidden_piece_is_neither_found_nor_suggested(client: Client, state: State):
    make_piece(state, title="Wombats", at=timezone.now() - YESTERDAY)
    assert_nothing_tells(client, "wombats", "wombat", "womb", "wombts", "Raman", "Ramam")


def test_a_scheduled_piece_is_found_from_its_very_second_on(client: Client):
    now = timezone.now()
    due = now + dt.timedelta(hours=1)
    make_piece(State.PUBLISHED, title="Wombats", at=now - YESTERDAY, go_out_at=due)
    assert_nothing_tells(client, "wombats", "wombts", "womb")
    assert "Nothing with" in page(question=Question("wombats"), moment=due - dt.timedelta(seconds=1))[0]
    assert "1 piece with" in page(question=Question("wombats"), moment=due)[0]
    assert "‘wombats’</a>?" in page(question=Question("wombts"), moment=due)[0]


def test_hidden_pieces_are_not_counted_among_others(client: Client):
    at = timezone.now() - YESTERDAY
    make_published(title="Chasers", at=at)
    for state in HIDING:
        make_piece(state, title="Chasers", at=at)
    make_piece(State.PUBLISHED, title="Chasers", at=at, go_out_at=timezone.now() + YESTERDAY)
    assert heading(look(client, "chasers")) == "1 piece with ‘chasers’"


@pytest.mark.parametrize("state", HIDING)
def test_a_name_or_series_without_a_visible_piece_is_no_filter(client: Client, state: State):
    at = timezone.now() - YESTERDAY
    make_published(title="Chasers", at=at)
    writer = UserFactory()
    author, series = make_author(writer, name="Quentin Onlyhere"), SeriesFactory(title="Zebra crossings")
    make_piece(state, title="Chasers", at=at, writer=writer, author=author, series=series)
    text = look(client, "chasers", author=author.slug, series=series.slug)
    assert heading(text) == "1 piece with ‘chasers’"
    assert "Onlyhere" not in text
    assert "Zebra" not in text


def test_a_retraction_takes_it_out_and_reinstating_puts_it_back(client: Client):
    now, editor = timezone.now(), make_editor()
    post = make_published(title="Wombats", at=now - YESTERDAY)
    publishing.retract(post=post, reason="A slip.", by=editor, at=now)
    assert_nothing_tells(client, "wombats", "wombts")
    publishing.reinstate(post=post, by=editor, at=now)
    assert heading(look(client, "wombats")) == "1 piece with ‘wombats’"


def test_a_correction_is_found_when_it_is_published_and_not_before(client: Client):
    now, editor = timezone.now(), make_editor()
    post = make_published(title="Wombats", at=now - YESTERDAY)
    text = drafting.Text(title="Badgers", standfirst="A standfirst.", body="<p>Text.</p>")
    drafting.save_text(post=post, text=text, by=editor, at=now, based_on=post.working_id)
    assert_nothing_tells(client, "badgers", "badgrs")
    assert heading(look(client, "wombats")) == "1 piece with ‘wombats’"
    corrections.publish_correction(post=Post.objects.get(), note="They were badgers.", by=editor, at=now)
    assert_nothing_tells(client, "wombats", "wombts")
    assert heading(look(client, "badgers")) == "1 piece with ‘badgers’"


def test_a_name_that_was_taken_back_finds_nothing(client: Client):
    post = make_published(at=timezone.now() - YESTERDAY)
    author = post.bylines.get().author
    details = BylineDetails("The Mole", False, "", "", "")
    authors.describe(author=author, details=details, by=make_editor(), at=timezone.now())
    assert_nothing_tells(client, "Raman", "Ramam")
    assert heading(look(client, "mole")) == "1 piece with ‘mole’"


def test_renaming_and_removing_topics_reaches_search(client: Client):
    now, editor = timezone.now(), make_editor()
    category, tag = CategoryFactory(name="Kerbside"), TagFactory(name="Recycling")
    post = make_published(at=now - YESTERDAY, category=category)
    settled = Particulars(slug=post.slug, category=category, tags=[tag])
    particulars.settle(post=post, particulars=settled, by=editor, at=now)
    category.name = "Doorstep"
    topics.keep(topic=category, by=editor, at=now)
    topics.remove(topic=tag, by=editor, at=now)
    assert_nothing_tells(client, "kerbside", "recycling")
    assert heading(look(client, "doorstep")) == "1 piece with ‘doorstep’"
