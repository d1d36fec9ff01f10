"""A blog from elsewhere becomes pieces, names, topics, pages and files here: once, again, interrupted, and on trial."""

import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail

from blog.archive.bringing_in import bring_in
from blog.archive.records import (
    Loss,
    MenuEntry,
    Moved,
    Notice,
    Page,
    PieceState,
    Record,
    Remark,
    RemarkState,
    Site,
    Topic,
    TopicKind,
)
from blog.archive.report import Report
from blog.editorial.mailings import announcing
from blog.models import (
    Archive,
    Arrival,
    Author,
    Byline,
    Category,
    Correction,
    HubNotice,
    Letter,
    Listed,
    Listing,
    Mailing,
    Masthead,
    Move,
    OldPath,
    Picture,
    PlainPage,
    PlainPageVersion,
    Post,
    Purge,
    Related,
    Revision,
    Series,
    Tag,
)
from blog.prose import clean_prose
from blog.states import CorrectionKind, MoveKind, State
from tests.archive.sources import (
    AMIR,
    DAY,
    OLD,
    PUMP,
    InMemory,
    Shelf,
    a_picture,
    a_piece,
    an_archive,
)
from tests.factories import make_editor

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
AT_FIRST, AT_LAST = (moment.replace(tzinfo=dt.UTC) for moment in (dt.datetime.min, dt.datetime.max))  # noqa: DTZ901  Given one here
LATER = NOW + dt.timedelta(days=30)
COUNTED = (
    Archive, Arrival, Author, Byline, Category, Correction, Listed, Listing, Masthead, Move, OldPath, Picture,
    PlainPage, Post, Related, Revision, Series, Tag,
)  # fmt: skip


def bring(source: InMemory, *, shelf: Shelf | None = None, at: dt.datetime = NOW, **how: object) -> Report:
    shelf = shelf or Shelf()
    return bring_in(source=source, media=shelf, at=at, say=lambda _line: None, **how)


def counts() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in COUNTED}


def lines(report: Report) -> str:
    return "\n".join(report.lines())


def files() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def remark(key: str = "1", **changed: object) -> Remark:
    fields: dict[str, object] = {"key": key, "name": "Cora", "text": "So it was.", "written_at": DAY}
    return Remark(**(fields | changed))


def test_a_published_piece_arrives_published_with_all_that_it_had():
    shelf = Shelf({PUMP.address: a_picture()})
    body = f'<p>Look: <img src="/files/2013/pump.png"></p><p><a href="{OLD}/2013/12/pumping-2/">Next</a></p>'
    one = a_piece(1, body=body, series="local", part=1, also_in=("sewers",), standfirst="On <em>water</em>.")

    bring(an_archive(one, a_piece(2, lead=PUMP.address, in_reply_to="1")), shelf=shelf, at_hand=shelf)

    post = Post.objects.get(slug="pumping-1")
    assert (post.state, post.published_at, post.is_guest_piece) == (State.PUBLISHED, one.published_at, False)
    assert post.live == post.working
    assert "On water." in post.live.standfirst
    picture = Picture.objects.get()
    assert f'src="{picture.file.url}"' in post.live.body
    assert 'alt="A pump in a yard"' in post.live.body
    assert 'href="/2013/12/pumping-2/"' in post.live.body
    assert clean_prose(post.live.body) == post.live.body
    byline = post.bylines.get()
    assert (byline.author.name, byline.role, byline.organisation) == ("Amir Okafor", "Plumber", "Upper Marsh")
    assert (post.category.name, {tag.name for tag in post.tags.all()}) == ("Water", {"Drains", "Sewers"})
    assert (post.series.title, post.part_number) == ("Central – Local", 1)
    move = post.moves.get()
    assert (move.kind, move.from_state, move.to_state, move.by) == (MoveKind.BRING_IN, "", State.PUBLISHED, None)
    other = Post.objects.get(slug="pumping-2")
    assert (other.live.lead_picture, other.in_reply_to) == (picture, post)
    assert post.related.get().other == other
    assert Listing.objects.get(kind="all").pieces == 2
    assert Listing.objects.get(kind="category", subject=post.category_id).pieces == 2


def test_readers_see_what_came(client):
    bring(an_archive(a_piece(1, remarks=(remark(),)), a_piece(2)))

    front = client.get("/").content.decode()
    page = client.get(Post.objects.get(slug="pumping-1").get_absolute_url()).content.decode()

    assert "Pumping, part 2" in front
    assert "The Old Parish Pump" in front
    assert "So it was." in page
    assert "Amir Okafor" in page
    assert "Pumping, part 2" in page


def test_old_addresses_lead_on(client):
    bring(an_archive(a_piece(1), Moved(f"{OLD}/pump", f"{OLD}/2013/12/pumping-1/")))

    path = Post.objects.get().get_absolute_url()

    assert client.get("/2013/12/pumping-1/")["Location"].endswith(path)
    assert OldPath.objects.get(path="/?p=1").target == Post.objects.get().pk
    assert OldPath.objects.get(path="/pump").to == "/2013/12/pumping-1/"


@pytest.mark.parametrize(
    ("given", "state", "is_dated"),
    [
        ({"state": PieceState.DRAFT}, State.DRAFTING, False),
        ({"state": PieceState.SUBMITTED}, State.SUBMITTED, False),
        ({"published_at": LATER}, State.PUBLISHED, True),
    ],
)
def test_what_was_not_out_is_not_out(given, state, is_dated):
    bring(an_archive(a_piece(1, **given)))

    post = Post.objects.get()
    assert post.state == state
    assert bool(post.published_at) == is_dated
    assert not post.is_visible_at(NOW)
    assert post.state_since == NOW
    # Pages are out of date again once its time has come
    assert Purge.objects.filter(due_at=LATER).exists() == is_dated


def test_nobody_gets_a_letter(settings):
    settings.WEBSUB_HUB = "https://hub.example/"
    bring(an_archive(a_piece(1, published_at=NOW - dt.timedelta(hours=1), remarks=(remark(),)), a_piece(2)))

    announcing.plan(at=NOW)

    assert not Letter.objects.exists()
    assert not HubNotice.objects.exists()
    assert not Mailing.objects.exists()
    assert mail.outbox == []


def test_a_draft_that_came_and_is_published_here_is_announced(django_assert_num_queries):
    bring(an_archive(a_piece(1, state=PieceState.DRAFT)))
    post = Post.objects.get()
    Post.objects.update(state=State.PUBLISHED, live=post.working, published_at=NOW, slug="now")

    assert announcing.plan(at=NOW) == 1


def test_bringing_the_same_twice_changes_nothing():
    shelf = Shelf({PUMP.address: a_picture()})
    source = an_archive(
        a_piece(1, lead=PUMP.address, also_in=("sewers",), remarks=(remark(),)),
        a_piece(2, state=PieceState.DRAFT),
        Page("p", "About the pump", "<p>It pumps.</p>", addresses=(f"{OLD}/pump/",)),
        MenuEntry("p", 3),
        Moved(f"{OLD}/x", f"{OLD}/pump/"),
    )
    bring(source, shelf=shelf, at_hand=shelf)
    before, stored = counts(), files()

    report = bring(source, shelf=shelf, at_hand=shelf, at=LATER)

    assert counts() == before
    assert files() == stored
    assert not any(counted["new"] or counted["renewed"] for counted in report.counts.values())
    assert report.counts["piece"]["known"] == 2


@pytest.mark.parametrize("breaks_at", [3, 10, 13])
def test_an_interrupted_run_that_is_started_again_equals_one(monkeypatch, breaks_at):
    monkeypatch.setattr("blog.archive.bringing_in.walking.MOST_PIECES", 2)
    shelf = Shelf({PUMP.address: a_picture()})
    given = [a_piece(n, lead=PUMP.address if n == 3 else "", remarks=(remark(str(n)),)) for n in range(1, 6)]
    given.append(a_piece(6, in_reply_to="1", series="local", part=2))

    with pytest.raises(KeyboardInterrupt):
        bring(an_archive(*given, breaks_at=breaks_at), shelf=shelf, at_hand=shelf)
    assert not Archive.objects.get().report.get("is_finished")
    assert Post.objects.count() == {3: 0, 10: 2, 13: 4}[breaks_at]
    report = bring(an_archive(*given), shelf=shelf, at_hand=shelf)

    assert Post.objects.count() == 6
    assert report.counts["comment"]["new"] + report.counts["comment"]["known"] == 5
    assert [post.comment_count for post in Post.objects.order_by("slug")] == [1, 1, 1, 1, 1, 0]
    assert Listing.objects.get(kind="all").pieces == 6
    assert {post.related.count() for post in Post.objects.all()} == {5}
    assert Post.objects.get(slug="pumping-6").in_reply_to.slug == "pumping-1"
    assert (Picture.objects.count(), len(files())) == (1, 1)
    assert Archive.objects.get().finished_at == NOW
    assert Archive.objects.get().report["is_finished"]


def test_what_was_broken_off_in_the_middle_of_a_chunk_left_nothing_of_it(monkeypatch):
    class FullDiskError(Exception):
        pass

    def full(**_given: object) -> None:
        raise FullDiskError

    before = counts()
    with monkeypatch.context() as patched:
        patched.setattr("blog.editorial.arriving.pieces.relist_all", full)
        with pytest.raises(FullDiskError):
            bring(an_archive(a_piece(1, remarks=(remark(),))))

    assert counts() | {"Post": 0, "Revision": 0, "Byline": 0, "Move": 0} == counts()
    assert before["Arrival"] < Arrival.objects.count()
    bring(an_archive(a_piece(1, remarks=(remark(),))))
    assert Post.objects.get().comment_count == 1


def test_a_text_that_changed_over_there_follows():
    bring(an_archive(a_piece(1), a_piece(2)))

    report = bring(an_archive(a_piece(1, body="<p>The water was <strong>clear</strong>.</p>"), a_piece(2)), at=LATER)

    post = Post.objects.get(slug="pumping-1")
    assert post.live.body == "<p>The water was <strong>clear</strong>.</p>"
    assert (post.live.number, post.live == post.working, post.live.based_on.number) == (2, True, 1)
    assert post.published_at == a_piece(1).published_at
    assert [move.kind for move in post.moves.all()] == [MoveKind.BRING_IN] * 2
    assert (report.counts["piece"]["renewed"], report.counts["piece"]["known"]) == (1, 1)


def test_a_text_that_changed_here_stays_and_is_told_of_each_time():
    bring(an_archive(a_piece(1)))
    post = Post.objects.get()
    ours = Revision.objects.create(post=post, number=2, title="Ours", body="<p>Ours.</p>", written_at=NOW)
    Post.objects.update(working=ours, live=ours)
    changed = an_archive(a_piece(1, body="<p>Theirs.</p>"))

    first, second = bring(changed, at=LATER), bring(changed, at=LATER)

    assert Post.objects.get().live == ours
    for report in (first, second):
        assert report.counts["piece"]["kept"] == 1
        assert "Ours stays" in lines(report)


def test_a_draft_that_came_out_over_there_comes_out_here():
    bring(an_archive(a_piece(1, state=PieceState.DRAFT, slug="", published_at=None)))

    bring(an_archive(a_piece(1)), at=LATER)

    post = Post.objects.get()
    assert (post.state, post.slug, post.published_at) == (State.PUBLISHED, "pumping-1", a_piece(1).published_at)
    assert Listing.objects.get(kind="all").pieces == 1


def test_new_comments_come_to_pieces_that_are_here():
    bring(an_archive(a_piece(1, remarks=(remark("1"),))))

    report = bring(an_archive(a_piece(1, remarks=(remark("1"), remark("2")))), at=LATER)

    assert Post.objects.get().comment_count == 2
    assert (report.counts["comment"]["new"], report.counts["comment"]["known"]) == (1, 1)
    assert report.counts["piece"]["known"] == 1


def test_other_particulars_over_there_are_told_of():
    bring(an_archive(a_piece(1)))

    report = bring(an_archive(a_piece(1, tags=())), at=LATER)

    assert "look at them" in lines(report)
    assert Post.objects.get().tags.count() == 1


def test_a_trial_changes_nothing_and_reports_the_same():
    shelf = Shelf({PUMP.address: a_picture()})
    given = [
        a_piece(1, lead=PUMP.address, remarks=(remark(),), title="x" * 400),
        a_piece(2, body='<p>A <img src="/files/gone.png"> b</p>', in_reply_to="99"),
        Page("p", "About", "<p>It pumps.</p>"),
        Loss("plugin", "Slider", "It has no meaning here."),
    ]
    before, marked = counts(), Purge.objects.count()

    trial = bring(an_archive(*given), shelf=shelf, at_hand=shelf, is_dry_run=True)
    assert counts() == before
    assert Purge.objects.count() == marked
    assert files() == []
    real = bring(an_archive(*given), shelf=shelf, at_hand=shelf)

    assert trial.counts == real.counts
    assert trial.kept()["lines"] == real.kept()["lines"]
    assert len(real.kept()["lines"]) >= 4


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


def test_notices_of_changes_come_without_the_earlier_text():
    notices = (Notice("correction", DAY, "The pump is older."), Notice("update", DAY + dt.timedelta(days=1), "Gone."))

    report = bring(an_archive(a_piece(1, notices=(*notices, Notice("retraction", DAY)))))

    rows = list(Correction.objects.order_by("at"))
    assert [(row.kind, row.note, row.is_withheld) for row in rows] == [
        (CorrectionKind.CORRECTION, "The pump is older.", True),
        (CorrectionKind.UPDATE, "Gone.", True),
    ]
    assert Post.objects.get().live == rows[-1].corrected
    assert "retraction" in lines(report)


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


def test_the_blog_is_named_once():
    bring(an_archive())
    assert (Masthead.current().name, Masthead.current().strapline) == ("The Old Parish Pump", "Water, mostly")

    bring(InMemory([Site("Another", address="https://other.example/")]))

    assert Masthead.current().name == "The Old Parish Pump"
    assert {archive.name for archive in Archive.objects.all()} == {"old.example", "other.example"}


def hostile() -> list[Record]:
    endless = "\ud800\x00 endless <b>title</b> " * 60_000
    return [
        a_piece(1, title=endless, standfirst=endless, slug="../" * 400, body="<p>" + "word " * 300_000),
        a_piece(1, title="The same key"),
        a_piece(2, title="", body="", credits=(), category="none", tags=("none",), also_in=("none",), series="none"),
        a_piece(3, published_at=AT_FIRST, changed_at=AT_LAST, begun_at=AT_LAST),
        a_piece(4, series="local", part=1, in_reply_to="4"),
        a_piece(5, series="local", part=1, in_reply_to="nothing"),
        a_piece(6, series="local", part=10**9, addresses=("http://[broken/", "//", "?p=\x00", "x" * 9000)),
        a_piece(7, key="k" * 5000, slug="Ünïcödé", lead="http://[broken"),
        a_piece(7, key="k" * 5000 + "!", slug="漢字", title="漢字"),
        a_piece(8, introduction="<p>Before.</p>", introduced_by="nobody"),
        Topic(TopicKind.TAG, "late", endless, slug="%%%", description="x"),
        Page("p", endless, "<p>" + "x" * 700_000, slug="\x00", standfirst=endless, position=-5),
        MenuEntry("none", 1),
        Moved("::::", f"{OLD}/x"),
        Moved(f"{OLD}/a", "https://elsewhere.example/"),
    ]


def test_nothing_hostile_breaks_it_and_each_is_told_of():
    report = bring(an_archive(*hostile()))

    assert Post.objects.count() == 10
    assert report.is_finished
    told = lines(report) + "".join(str(line) for line in report.kept()["lines"])
    for words in (
        "title is longer", "standfirst is longer", "text is longer", "body is longer", "two of the same number",
        "had no title", "has no author", "not in the archive", "can’t be right", "no date of publication",
        "is part 1 of its series already", "can’t be part", "another site", "stands at the beginning",
    ):  # fmt: skip
        assert words in told, words
    for post in Post.objects.filter(state=State.PUBLISHED):
        assert post.get_absolute_url()
        assert post.live.title
        assert len(post.live.body) <= 1_000_000
        assert clean_prose(post.live.body) == post.live.body
    assert bring(an_archive(*hostile())).counts["piece"]["new"] == 0


def test_equal_titles_and_addresses_get_numbers():
    given = [a_piece(n, slug="pump", title="Pump", addresses=()) for n in range(1, 8)]

    bring(an_archive(*given))

    assert len(set(Post.objects.values_list("slug", flat=True))) == 7
    assert Post.objects.filter(slug="pump").count() == 1


def test_an_endless_report_keeps_the_heaviest_in_the_row(monkeypatch):
    monkeypatch.setattr("blog.archive.report.MOST_KEPT", 3)
    many = [Loss("menu entry", f"Entry {n}", "It leads nowhere.") for n in range(10)]

    report = bring(an_archive(*many))

    kept = Archive.objects.get().report
    assert len(kept["lines"]) == 3
    assert kept["weights"]["lost"] == 10
    assert report.weights["lost"] == 10


def test_an_archive_without_an_address_has_a_name():
    bring(InMemory([AMIR, a_piece(1, category="", tags=(), addresses=("/old/pump/",))]), name="The pump")

    assert Archive.objects.get().name == "The pump"
    assert OldPath.objects.get(path="/old/pump").target == Post.objects.get().pk


def test_a_path_of_ours_is_never_another_site_wherever_the_blog_lay():
    blog = Site("A blog", address="https://x.example/blog")
    moves = [
        Moved("https://x.example/blog/rss/", "/feed/"),
        Moved("https://x.example/blog/out/", "//elsewhere.example/"),
        Moved("https://x.example/blog/shop/", "https://x.example/shop/"),
    ]

    report = bring(InMemory([blog, *moves]))

    assert dict(OldPath.objects.values_list("path", "to")) == {"/blog/rss": "/feed/"}
    assert lines(report).count("on another site") == 2


def test_a_file_that_only_a_frame_shows_comes_too():
    plan = f"{OLD}/files/plan.pdf"
    shelf = Shelf({plan: b"%PDF-1.4\n%%EOF\n"})

    bring(an_archive(a_piece(1, body=f'<p>Look:</p><iframe src="{plan}"></iframe>')), shelf=shelf)

    assert 'href="/media/documents/' in Post.objects.get().live.body


@pytest.mark.parametrize(("hour", "is_told"), [(9, False), (23, True)])
def test_days_that_differ_from_those_in_old_addresses_are_told_of_once(settings, hour, is_told):
    settings.TIME_ZONE = "Asia/Tokyo"
    day = dt.datetime(2013, 12, 10, hour, tzinfo=dt.UTC)
    given = [a_piece(n, published_at=day, addresses=(f"{OLD}/2013/12/10/pumping-{n}/",)) for n in range(1, 4)]

    report = bring(an_archive(*given))

    assert ("set TIME_ZONE" in lines(report)) is is_told
