"""Addresses for the headings of a text."""

import re
from pathlib import Path

import pytest
from django.test import Client

from blog import headings
from blog.headings import link_headings
from blog.prose import clean_prose
from tests.factories import make_published

IDS = re.compile(r'\sid="([^"{]+)"')
TEMPLATES = Path(__file__).parent.parent / "templates"


def addresses(prose: str) -> list[str]:
    return IDS.findall(link_headings(prose))


def test_a_heading_has_an_address_of_its_words_and_a_link_with_a_name():
    made = link_headings("<h2>What it <em>costs</em> &amp; why</h2><p>x</p>")
    assert '<h2 id="what-it-costs-why">What it <em>costs</em> &amp; why</h2>' in made
    assert '<a class="here" href="#what-it-costs-why" aria-label="Link to “What it costs &amp; why”">#</a>' in made


def test_equal_headings_are_numbered_in_their_order():
    assert addresses("<h2>Cost</h2><h3>Cost</h3><h2>Cost 2</h2>") == ["cost", "cost-2", "cost-2-2"]


@pytest.mark.parametrize("words", ["", "🙂", "第二", "—"])
def test_a_heading_without_letters_has_an_address_all_the_same(words: str):
    assert addresses(f"<h2>{words}</h2>") == ["part"]


def test_a_note_in_a_heading_is_no_part_of_its_address():
    assert addresses('<h2>Cost<sup class="marker"><a href="#note-1">1</a></sup></h2>') == ["cost"]


def test_words_cannot_leave_the_attribute():
    made = link_headings(clean_prose('<h2>" onfocus="alert(1)</h2>'))
    assert 'aria-label="Link to “&quot; onfocus=&quot;alert(1)”"' in made


@pytest.mark.parametrize(
    "page",
    [
        "blog/post.html",
        "blog/_series.html",
        "blog/earlier.html",
        "base.html",
        "accounts/_discussion.html",
        "accounts/_comment_form.html",
    ],
)
def test_no_heading_takes_an_address_of_the_page(page: str):
    for taken in IDS.findall((TEMPLATES / page).read_text()):
        assert taken not in addresses(f"<h2>{taken.replace('-', ' ')}</h2>"), taken


@pytest.mark.parametrize(
    ("given", "levels"),
    [
        ("<h3>A</h3><h3>B</h3>", ["h2", "h2"]),
        ("<h3>A</h3><h2>B</h2><h3>C</h3>", ["h2", "h2", "h3"]),
        ("<h2>A</h2><h3>B</h3>", ["h2", "h3"]),
    ],
)
def test_no_level_is_left_out(given: str, levels: list[str]):
    assert re.findall(r"<(h\d) id=", headings.link_headings(given)) == levels


@pytest.mark.parametrize("words", ["Comment 12", "Note 1", "Note 1 back", "Reply", "Main", "Comments"])
def test_no_heading_takes_the_address_of_a_comment_or_a_note(words: str):
    assert headings.slugify(words) not in addresses(f"<h2>{words}</h2>")


@pytest.mark.django_db
def test_a_piece_has_every_address_once_and_its_feed_none(client: Client):
    body = "".join(f"<h2>{words}</h2><p>x</p>" for words in ("Comments", "Introduction", "Comments", "Main", "Series"))
    post = make_published(body=body)
    found = IDS.findall(client.get(post.get_absolute_url()).text)
    assert len(found) == len(set(found))
    assert 'class="here"' in client.get(post.get_absolute_url()).text
    feed = client.get("/feed/").text
    assert "Introduction" in feed
    assert "here" not in feed.partition("<content")[2]
