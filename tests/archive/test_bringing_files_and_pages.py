"""Pictures, documents and pages of a blog from elsewhere: what comes, what is told of, what stays."""

import pytest

from blog.archive.records import (
    MenuEntry,
    Page,
    RemarkState,
)
from blog.models import (
    Masthead,
    OldPath,
    Picture,
    PlainPage,
    PlainPageVersion,
    Post,
    Revision,
)
from blog.prose import clean_prose
from tests.archive.bringing import LATER, NOW, bring, lines, remark
from tests.archive.sources import (
    OLD,
    PUMP,
    Shelf,
    a_picture,
    a_piece,
    an_archive,
)
from tests.factories import make_editor

pytestmark = pytest.mark.django_db


def test_a_lost_picture_is_told_of_and_comes_with_the_next_run():
    source = an_archive(a_piece(1, body='<p>A <img src="/files/2013/pump.png"> b</p>', lead=PUMP.address))
    first = bring(source)
    assert "Nobody has it" in lines(first)
    assert f'href="{OLD}/files/2013/pump.png"' in Post.objects.get().live.body
    before = Revision.objects.count()

    again = bring(source)
    assert Revision.objects.count() == before
    assert "Nobody has it" in lines(again)

    bring(source, shelf=Shelf({PUMP.address: a_picture()}), at=LATER)
    post = Post.objects.get()
    assert f'src="{Picture.objects.get().file.url}"' in post.live.body
    assert post.live.lead_picture == Picture.objects.get()


def test_files_are_fetched_only_where_a_text_wants_them():
    shelf = Shelf({PUMP.address: a_picture()})

    bring(an_archive(a_piece(1)), shelf=shelf)

    assert shelf.asked == []


def test_the_same_bytes_are_one_picture():
    other = f"{OLD}/files/2014/copy.png"
    shelf = Shelf({PUMP.address: a_picture(), other: a_picture()})

    bring(an_archive(a_piece(1, body=f'<p><img src="{PUMP.address}"></p><p><img src="{other}"></p>')), shelf=shelf)

    assert Picture.objects.count() == 1
    assert Post.objects.get().live.body.count(Picture.objects.get().file.url) == 2
    assert OldPath.objects.get(path="/files/2014/copy.png").target == Picture.objects.get().pk


def test_pages_come_with_their_comments_and_their_place_in_the_menu():
    hidden, shown = remark("1", state=RemarkState.HELD), remark("2", text="Nice <b>pump")
    page = Page("p", "The pump", "<p>It pumps.</p>", slug="pump", remarks=(hidden, shown), addresses=(f"{OLD}/a/b/",))
    draft = Page("q", "Plans", "<p>Another pump.</p>", is_published=False)

    report = bring(an_archive(page, draft, MenuEntry("p", 4)))

    row = PlainPage.objects.get(slug="pump")
    assert (row.is_in_footer, row.position) == (True, 4)
    assert "So it was." not in row.body
    assert "<h2>Comments</h2>" in row.body
    assert "Nice" in row.body
    assert clean_prose(row.body) == row.body
    assert row.versions.count() == 1
    assert any(entry["path"] == "/pump/" for entry in Masthead.current().footer_pages)
    assert Post.objects.get().working.title == "Plans"
    assert "nobody saw" in lines(report)


def test_a_page_gets_no_address_of_the_site_and_takes_the_place_of_the_software_s_own():
    reserved = Page("s", "Search", "<p>Find.</p>", slug="search")
    privacy = Page("p", "Privacy", "<p>We know nothing.</p>", slug="privacy")

    written = PlainPage.objects.get(slug="about")
    PlainPageVersion.objects.create(page=written, title="Ours", written_at=NOW, written_by=make_editor())
    about = Page("a", "About", "<p>Us.</p>", slug="about")

    bring(an_archive(reserved, privacy, about))

    assert PlainPage.objects.get(title="Search").slug == "search-2"
    assert PlainPage.objects.get(title="About").slug == "about-2"
    assert PlainPage.objects.get(slug="privacy").body == "<p>We know nothing.</p>"


def test_a_page_that_changed_here_stays():
    bring(an_archive(Page("p", "The pump", "<p>It pumps.</p>", slug="pump")))
    changed = an_archive(Page("p", "The pump", "<p>It pumps no more.</p>", slug="pump"))
    bring(changed, at=LATER)
    assert PlainPage.objects.get(slug="pump").body == "<p>It pumps no more.</p>"
    PlainPage.objects.filter(slug="pump").update(body="<p>Ours.</p>")

    report = bring(an_archive(Page("p", "The pump", "<p>Theirs.</p>", slug="pump")), at=LATER)

    assert PlainPage.objects.get(slug="pump").body == "<p>Ours.</p>"
    assert report.counts["page"]["kept"] == 1


def test_a_file_that_only_a_frame_shows_comes_too():
    plan = f"{OLD}/files/plan.pdf"
    shelf = Shelf({plan: b"%PDF-1.4\n%%EOF\n"})

    bring(an_archive(a_piece(1, body=f'<p>Look:</p><iframe src="{plan}"></iframe>')), shelf=shelf)

    assert 'href="/media/documents/' in Post.objects.get().live.body
