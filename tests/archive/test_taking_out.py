"""What goes out of the database: what readers see, with every address, and nothing of what they don't."""

import datetime as dt

import pytest
from django.test import override_settings

from blog.archive import taking_out
from blog.archive.records import File, Loss, Moved, Page, Person, Piece, PieceState, Record, Site, Topic
from blog.models import Masthead
from tests.archive.take_out_world import AT, HIDDEN, Blog

pytestmark = pytest.mark.django_db
SITE = "http://blog.example"


@pytest.fixture(scope="module")
def blog(kept_rows, tmp_path_factory: pytest.TempPathFactory) -> Blog:
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        return Blog()


@pytest.fixture(scope="module")
def public(blog: Blog) -> list[Record]:
    return list(taking_out.records(at=AT))


@pytest.fixture(scope="module")
def whole(blog: Blog) -> list[Record]:
    return list(taking_out.records(at=AT, with_unpublished=True))


def of(kind: type, records: list[Record]) -> list:
    return [record for record in records if isinstance(record, kind)]


def test_records_come_in_the_order_that_sources_keep(public: list[Record]):
    kinds = [type(record) for record in public if not isinstance(record, Loss)]
    assert list(dict.fromkeys(kinds)) == [Site, Person, Topic, File, Piece, Page, Moved]


def test_a_piece_goes_out_as_readers_see_it(public: list[Record], blog: Blog):
    piece = of(Piece, public)[0]
    assert piece.key == "post:who-keeps-the-bees"
    assert (piece.title, piece.introduction, piece.introduced_by) == (
        "Who keeps the bees?", "<p>A guest.</p>", "author:tom-ashby",
    )  # fmt: skip
    assert piece.body.startswith("<p>We do.</p>")
    assert piece.lead == f"{SITE}{blog.lead.file.url}"
    assert [(credit.person, credit.role) for credit in piece.credits] == [("author:a-beekeeper", "Keeper then")]
    assert (piece.category, piece.tags, piece.series, piece.part) == (
        "category:roofs", ("tag:bees",), "series:hives", 1,
    )  # fmt: skip
    assert [(notice.kind, notice.note) for notice in piece.notices] == [("correction", "We do.")]
    assert not piece.is_guest_piece


def test_a_reply_names_what_it_answers(public: list[Record]):
    assert [piece.in_reply_to for piece in of(Piece, public)] == ["", "post:who-keeps-the-bees"]


def test_comments_that_readers_see_go_out_with_their_thread(public: list[Record]):
    first, second = of(Piece, public)[0].remarks
    assert (first.name, first.text, first.address) == ("Dana W", "So did <we>.\n\n> quoted", "")
    assert (second.name, second.person, second.parent) == ("A Beekeeper", "author:a-beekeeper", first.key)


def test_every_old_address_goes_out_behind_the_present_one(public: list[Record]):
    day = f"{SITE}/2026/03/11"
    assert of(Piece, public)[0].addresses == (
        f"{day}/who-keeps-the-bees/", f"{day}/bees-once/", f"{SITE}/?p=7",
    )  # fmt: skip
    keeper = next(person for person in of(Person, public) if person.slug == "a-beekeeper")
    assert keeper.addresses == (f"{SITE}/author/a-beekeeper/", f"{SITE}/author/keeper/")
    hives = next(topic for topic in of(Topic, public) if topic.slug == "hives")
    assert hives.addresses == (f"{SITE}/series/hives/", f"{SITE}/series/hive/")
    assert of(Moved, public) == [Moved(f"{SITE}/old/*", f"{SITE}/archive/")]


def test_a_path_from_elsewhere_is_written_as_an_address(public: list[Record]):
    pages = [page.addresses[1:] for page in of(Page, public)]
    assert (f"{SITE}/%C3%BCber%20uns/100%25/",) in pages


def test_files_go_out_that_readers_find_and_no_others(public: list[Record], blog: Blog):
    files = {file.address: file for file in of(File, public)}
    pictures = (blog.portrait, blog.lead, blog.inside)
    assert set(files) == {f"{SITE}{row.file.url}" for row in (*pictures, blog.document)}
    inside = files[f"{SITE}{blog.inside.file.url}"]
    assert (inside.alt, inside.addresses) == ("Picture 2.", (f"{SITE}/wp-content/x.jpg",))
    assert files[f"{SITE}{blog.document.file.url}"].name == "Report.pdf"


def test_a_pen_name_is_called_one_as_on_its_pieces_and_leads_to_nobody(public: list[Record]):
    keeper = next(person for person in of(Person, public) if person.slug == "a-beekeeper")
    assert keeper.is_pen_name
    told = repr(public)
    assert not [needle for needle in ("Real Name", "real@", "dana@", "tom@", "council.example") if needle in told]


def test_nothing_goes_out_that_readers_do_not_see(public: list[Record]):
    told = repr(public)
    assert not [hidden for hidden in HIDDEN if hidden in told]
    assert [topic.slug for topic in of(Topic, public)] == ["roofs", "bees", "hives"]


def test_at_another_moment_other_pieces_go_out(blog: Blog):
    later = AT + dt.timedelta(days=60)
    assert "Not yet out" in [piece.title for piece in of(Piece, list(taking_out.records(at=later)))]


def test_what_is_on_its_way_goes_out_where_asked(whole: list[Record]):
    states = {piece.title: piece.state for piece in of(Piece, whole)}
    assert states == {
        "Who keeps the bees?": PieceState.PUBLISHED,
        "What it answers": PieceState.PUBLISHED,
        "Not yet out": PieceState.PUBLISHED,
        "Half a draft": PieceState.DRAFT,
        "With the editors": PieceState.SUBMITTED,
    }


def test_names_that_nobody_chose_and_held_comments_stay_even_then(whole: list[Record]):
    told = repr(whole)
    assert not [word for word in ("Invited Name", "hidden words", "real@", "Real Name") if word in told]


def test_what_no_record_has_room_for_is_said(whole: list[Record]):
    lost = {(loss.what, loss.which) for loss in of(Loss, whole)}
    assert ("planned part", "Hives, part 3") in lost
    months = [loss.why for loss in of(Loss, whole) if loss.which == "Hives, part 2"]
    assert months == ["That it is planned for September 2026 goes out with backups alone."]
    assert ("earlier text", "Who keeps the bees?") in lost
    assert ("piece", "1 × Retracted") in lost


def test_what_the_footer_says_stays_and_is_told(blog: Blog):
    assert not [loss for loss in of(Loss, list(taking_out.records(at=AT))) if loss.what == "masthead"]
    Masthead.objects.update_or_create(pk=1, defaults={"colophon": "By keepers."})
    assert [loss.what for loss in of(Loss, list(taking_out.records(at=AT)))][:1] == ["masthead"]


def test_a_batch_of_pieces_takes_a_fixed_number_of_questions(blog: Blog, django_assert_max_num_queries):
    with django_assert_max_num_queries(40):
        list(taking_out.records(at=AT))


def test_the_same_rows_give_the_same_records(public: list[Record]):
    assert list(taking_out.records(at=AT)) == public
