"""A blog from elsewhere becomes pieces, names and topics here: once, again, interrupted, and on trial."""

import datetime as dt

import pytest
from django.core import mail

from blog.archive.records import (
    Loss,
    MenuEntry,
    Moved,
    Notice,
    Page,
    PieceState,
)
from blog.editorial.mailings import announcing
from blog.models import (
    Archive,
    Arrival,
    Correction,
    HubNotice,
    Letter,
    Listing,
    Mailing,
    OldPath,
    Picture,
    Post,
    Purge,
    Revision,
)
from blog.prose import clean_prose
from blog.states import CorrectionKind, MoveKind, State
from tests.archive.bringing import LATER, NOW, bring, counts, files, lines, remark
from tests.archive.sources import (
    DAY,
    OLD,
    PUMP,
    Shelf,
    a_picture,
    a_piece,
    an_archive,
)

pytestmark = pytest.mark.django_db


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
