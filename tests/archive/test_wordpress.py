"""WordPress exports → records: what an ordinary blog holds."""

import datetime as dt
import gzip
import zipfile
from pathlib import Path

import pytest

from blog.archive.records import (
    File,
    MenuEntry,
    Moved,
    Page,
    Person,
    Piece,
    PieceState,
    Site,
    Topic,
    TopicKind,
    Weight,
)
from blog.archive.sources.base import SourceError
from blog.archive.sources.wordpress import open_export, recognises
from tests.archive.wordpress_exports import (
    HEAD,
    attachment,
    author,
    category,
    export,
    item,
    losses,
    page,
    piece,
    records,
)


def test_a_post_comes_with_all_that_hangs_on_it(tmp_path: Path):
    found = piece(
        tmp_path,
        author("jane", "Jane Doe"),
        attachment(9, "https://old.example/wp-content/uploads/2013/12/town-hall.jpg"),
        item(
            title="Bins &amp; <em>budgets</em>",
            text="One.\n\nTwo.",
            excerpt="In short",
            terms=[("category", "finance", "Finance"), ("post_tag", "bins", "Bins")],
            meta=[("_thumbnail_id", "9"), ("_wp_old_slug", "bins")],
            post_modified_gmt="2014-01-02 03:04:05",
        ),
    )

    assert (found.key, found.title, found.slug, found.standfirst) == ("7", "Bins & budgets", "a-piece", "In short")
    assert found.body.replace("\n", "") == "<p>One.</p><p>Two.</p>"
    assert found.state is PieceState.PUBLISHED
    assert found.published_at == dt.datetime(2013, 12, 10, 9, tzinfo=dt.UTC)
    assert found.changed_at == dt.datetime(2014, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
    assert [credit.person for credit in found.credits] == ["jane"]
    assert (found.category, found.tags) == ("finance", ("bins",))
    assert found.lead == "https://old.example/wp-content/uploads/2013/12/town-hall.jpg"
    assert found.addresses == (
        "https://old.example/2013/12/10/a-piece/",
        "https://old.example/?p=7",
        "https://old.example/2013/12/10/bins/",
    )


def test_records_come_in_the_order_that_is_promised(tmp_path: Path):
    text = export(
        author("jane", "Jane"),
        category("a", "A"),
        item(),
        attachment(9, "https://old.example/x.jpg"),
        item(8, kind="page"),
        item(20, kind="nav_menu_item", terms=[("nav_menu", "main", "Main")], meta=_menu("page", "8")),
    )

    kinds = [type(record) for record in records(tmp_path, text) if type(record) in _ORDER]

    assert kinds == sorted(kinds, key=_ORDER.index)
    assert set(kinds) == set(_ORDER)


_ORDER = [Site, Person, Topic, File, Piece, Page, MenuEntry, Moved]


@pytest.mark.parametrize(
    ("status", "state", "is_changed"),
    [
        ("publish", PieceState.PUBLISHED, False),
        ("future", PieceState.PUBLISHED, False),
        ("pending", PieceState.SUBMITTED, False),
        ("draft", PieceState.DRAFT, False),
        ("private", PieceState.DRAFT, True),
        ("trash", PieceState.DRAFT, True),
        ("in-progress", PieceState.DRAFT, True),
    ],
)
def test_what_readers_could_not_freely_read_comes_as_a_draft(tmp_path: Path, status, state, is_changed):
    found = records(tmp_path, export(item(status=status)))

    assert next(record.state for record in found if isinstance(record, Piece)) is state
    assert [loss.weight for loss in losses(found)] == [Weight.CHANGED] * is_changed


def test_a_piece_behind_a_password_comes_as_a_draft(tmp_path: Path):
    found = records(tmp_path, export(item(post_password="enter")))

    assert next(record.state for record in found if isinstance(record, Piece)) is PieceState.DRAFT
    assert "password" in losses(found)[0].why


def test_moments_without_utc_are_read_by_the_clock_of_the_blog(tmp_path: Path):
    known = item(1, post_date="2013-07-01 10:00:00", post_date_gmt="2013-07-01 09:00:00")
    unknown = item(2, post_date="2013-07-02 10:00:00", post_date_gmt="0000-00-00 00:00:00")

    found = [record for record in records(tmp_path, export(known, unknown)) if isinstance(record, Piece)]

    assert found[1].published_at == dt.datetime(2013, 7, 2, 9, tzinfo=dt.UTC)


def test_co_authors_plus_puts_several_names_on_a_piece(tmp_path: Path):
    guest = item(
        50, kind="guest-author", post_name="cap-sam", meta=[("cap-display_name", "Sam"), ("cap-user_login", "sam")]
    )
    written = item(terms=[("author", "cap-jane", "jane"), ("author", "cap-sam", "sam")], creator="admin")
    found = records(tmp_path, export(author("jane", "Jane Doe"), guest, written))

    names = {record.key: record.name for record in found if isinstance(record, Person)}
    credited = next(record.credits for record in found if isinstance(record, Piece))

    assert [names[credit.person] for credit in credited] == ["Jane Doe", "Sam"]
    assert [(loss.what, loss.weight) for loss in losses(found)] == [("order of names", Weight.NOTED)]


def test_a_guest_who_has_an_account_is_one_person(tmp_path: Path):
    guest = item(
        50,
        kind="guest-author",
        title="Jane D.",
        post_name="cap-jd",
        meta=[("cap-linked_account", "jane"), ("cap-user_login", "jd")],
    )
    found = records(tmp_path, export(author("jane", "Jane"), guest, item(terms=[("author", "cap-jd", "jd")])))

    assert [record.name for record in found if isinstance(record, Person)] == ["Jane D."]


def test_molongui_names_come_main_author_first(tmp_path: Path):
    guest = item(60, kind="guest_author", title="Kim")
    named = [("_molongui_author", "user-1"), ("_molongui_author", "guest-60"), ("_molongui_main_author", "guest-60")]

    found = piece(tmp_path, author("jane", "Jane"), guest, item(meta=named))

    assert [credit.person for credit in found.credits] == ["guest-60", "jane"]


def test_a_mail_address_is_no_name(tmp_path: Path):
    found = records(
        tmp_path, export(author("jane@home.example", "jane@home.example"), item(creator="jane@home.example"))
    )

    (person,) = [record for record in found if isinstance(record, Person)]

    assert (person.name, person.slug) == ("jane", "")
    assert losses(found)[0].weight is Weight.CHANGED


def test_categories_have_every_address_that_wordpress_gave_them(tmp_path: Path):
    found = records(
        tmp_path, export(category("uk", "UK", number=1), category("local", "Local", parent="uk", number=2), item())
    )

    local = next(record for record in found if isinstance(record, Topic) and record.key == "local")

    assert local.parent == "uk"
    assert set(local.addresses) == {
        "https://old.example/category/uk/local/",
        "https://old.example/category/local/",
        "https://old.example/?cat=2",
        "https://old.example/?category_name=local",
    }


def test_the_primary_category_goes_before_the_first(tmp_path: Path):
    terms = [("category", "a", "A"), ("category", "b", "B")]
    found = piece(
        tmp_path,
        category("a", "A", number=1),
        category("b", "B", number=2),
        item(terms=terms, meta=[("_yoast_wpseo_primary_category", "2")]),
    )

    assert (found.category, found.also_in) == ("b", ("a",))


@pytest.mark.parametrize(("slugs", "filed"), [(("uncategorized", "a"), "a"), (("uncategorized",), "uncategorized")])
def test_the_category_for_want_of_another_gives_way(tmp_path: Path, slugs, filed):
    found = piece(tmp_path, item(terms=[("category", slug, slug.title()) for slug in slugs]))

    assert (found.category, found.also_in) == (filed, ())


def test_exports_before_3_0_say_terms_twice(tmp_path: Path):
    old = (
        "<category><![CDATA[Finance]]></category>"
        '<category domain="category" nicename="finance"><![CDATA[Finance]]></category>'
        '<category domain="tag"><![CDATA[Bins]]></category>'
        '<category domain="tag" nicename="bins"><![CDATA[Bins]]></category>'
    )
    found = piece(tmp_path, item().replace("</item>", f"{old}</item>"))

    assert (found.category, found.also_in, found.tags) == ("finance", (), ("bins",))


def test_series_of_a_plugin_are_series(tmp_path: Path):
    found = records(
        tmp_path, export(item(terms=[("series", "central-local", "Central – Local")], meta=[("_series_part", "4")]))
    )

    assert [record.kind for record in found if isinstance(record, Topic)] == [TopicKind.SERIES]
    assert next((r.series, r.part) for r in found if isinstance(r, Piece)) == ("central-local", 4)


def test_a_picture_brings_its_words_and_all_its_addresses(tmp_path: Path):
    sizes = 'a:3:{s:5:"width";i:900;s:5:"sizes";a:1:{s:5:"thumb";a:1:{s:4:"file";s:14:"hall-90x60.jpg";}}s:10:"image_meta";a:1:{s:6:"credit";s:3:"Sam";}}'
    found = records(
        tmp_path,
        export(
            attachment(
                9,
                "https://old.example/wp-content/uploads/2013/12/hall-scaled.jpg",
                excerpt="The <em>hall</em>",
                meta=[("_wp_attachment_image_alt", "A hall"), ("_wp_attachment_metadata", sizes)],
            )
        ),
    )

    (file,) = [record for record in found if isinstance(record, File)]

    assert (file.key, file.alt, file.caption, file.credit) == ("9", "A hall", "The <em>hall</em>", "Sam")
    assert file.addresses == (
        "https://old.example/?attachment_id=9",
        "https://old.example/wp-content/uploads/2013/12/hall.jpg",
        "https://old.example/wp-content/uploads/2013/12/hall-90x60.jpg",
    )


def test_a_page_keeps_its_place_and_its_addresses(tmp_path: Path):
    found = page(tmp_path, item(8, kind="page", link="https://old.example/about/us/", post_name="us", menu_order=3))

    assert (found.slug, found.position, found.is_published) == ("us", 3, True)
    assert "https://old.example/?page_id=8" in found.addresses


def test_a_page_that_was_the_first_page_does_not_claim_its_address(tmp_path: Path):
    found = page(tmp_path, item(8, kind="page", link="https://old.example/"))

    assert "https://old.example/" not in found.addresses


def test_the_main_menu_gives_its_pages_in_order(tmp_path: Path):
    parts = [item(8, kind="page"), item(9, kind="page", title="Contact")]
    for key, order, target in [(20, 2, "8"), (21, 1, "9")]:
        terms = [("nav_menu", "main-menu", "Main menu")]
        parts.append(item(key, kind="nav_menu_item", terms=terms, meta=_menu("page", target), menu_order=order))
    parts.append(
        item(22, kind="nav_menu_item", title="Elsewhere", terms=terms, meta=_menu("custom", "22"), menu_order=3)
    )
    parts.append(item(23, kind="nav_menu_item", terms=[("nav_menu", "social", "")], meta=_menu("page", "8")))

    found = records(tmp_path, export(*parts))

    assert [record for record in found if isinstance(record, MenuEntry)] == [MenuEntry("9", 1), MenuEntry("8", 2)]
    assert {(loss.what, loss.which, loss.weight) for loss in losses(found)} == {
        ("menu entry", "Elsewhere", Weight.NOTED),
        ("menu", "social", Weight.NOTED),
    }


def _menu(kind: str, target: str) -> list[tuple[str, str]]:
    what = "custom" if kind == "custom" else "post_type"
    return [("_menu_item_type", what), ("_menu_item_object", kind), ("_menu_item_object_id", target)]


def test_what_is_not_brought_is_named_with_the_reason(tmp_path: Path):
    found = losses(
        records(
            tmp_path,
            export(
                item(1, kind="product", title="A mug"),
                item(2, kind="wp_template", title="Single"),
                item(3, kind="wp_template", title="Archive"),
                item(4, title="Auto Draft", status="auto-draft"),
                item(5, title="On top", is_sticky=1),
                item(6, title="Filed", terms=[("region", "north", "North")]),
            ),
        )
    )

    assert {(loss.what, loss.which) for loss in found} == {
        ("item", "A mug"),
        ("wp_template", "2 of them"),
        ("post", "Auto Draft"),
        ("piece", "On top"),
        ("taxonomy", "region"),
    }
    assert "Single, Archive" in next(loss.why for loss in found if loss.what == "wp_template")
    assert "North" in next(loss.why for loss in found if loss.what == "taxonomy")


def test_feeds_lead_to_ours_and_a_folder_to_the_root(tmp_path: Path):
    found = records(tmp_path, export(item()), address="https://old.example/blog/")

    moved = {record.address: record.to for record in found if isinstance(record, Moved)}

    assert moved["https://old.example/blog/?feed=rss2"] == "/feed/"
    assert moved["https://old.example/blog/feed/rdf/"] == "/feed/"
    assert moved["https://old.example/blog/wp-commentsrss2.php"] == "/comments/feed/"
    assert moved["https://old.example/blog/*"] == "/"


def test_a_folder_that_all_addresses_begin_with_counts_for_lists_too(tmp_path: Path):
    link = "https://old.example/blog/2013/12/10/a-piece/"

    found = records(tmp_path, export(category("a", "A"), item(link=link)))

    topic = next(record for record in found if isinstance(record, Topic))
    assert "https://old.example/blog/category/a/" in topic.addresses


def test_an_export_may_be_packed_or_come_in_parts(tmp_path: Path):
    first, second = export(item(1)), export(item(2))
    zipped = tmp_path / "both.zip"
    with zipfile.ZipFile(zipped, "w") as packed:
        packed.writestr("part.10.xml", second)
        packed.writestr("part.9.xml", first)
        packed.writestr("notes.xml", "<notes/>")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.xml.gz").write_bytes(gzip.compress(first.encode()))
    (folder / "b.xml").write_text(second)
    single = folder / "a.xml.gz"

    for path, keys in [(zipped, ["1", "2"]), (folder, ["1", "2"]), (single, ["1"])]:
        head = path.read_bytes()[:65_536] if path.is_file() else b""
        source = open_export(path)
        assert recognises(path, head)
        assert [record.key for record in source.records() if isinstance(record, Piece)] == keys
        assert source.progress() == 1
        assert [record.key for record in source.records() if isinstance(record, Piece)] == keys


def test_other_files_are_not_taken_for_exports(tmp_path: Path):
    path = tmp_path / "feed.xml"
    path.write_text('<?xml version="1.0"?><rss version="2.0"><channel><title>A feed</title></channel></rss>')

    assert not recognises(path, path.read_bytes())
    assert not recognises(tmp_path / "gone", b"")


def test_an_export_that_says_no_address_asks_for_one(tmp_path: Path):
    head = '<rss xmlns:wp="http://wordpress.org/export/1.0/"><channel><title>Old</title>'

    with pytest.raises(SourceError, match="--address"):
        records(tmp_path, export(item(), head=head))


def test_a_blog_that_has_moved_keeps_the_paths_it_had(tmp_path: Path):
    found = records(
        tmp_path, export(item(), item(8, link="https://elsewhere.example/x/")), address="https://new.example"
    )

    first, second = [record.addresses for record in found if isinstance(record, Piece)]
    assert "https://old.example/2013/12/10/a-piece/" in first
    assert "https://elsewhere.example/x/" not in second


def test_a_permanent_address_that_is_anothers_number_is_not_taken(tmp_path: Path):
    found = records(tmp_path, export(item(7), item(8, guid="https://old.example/?p=7", title="Another")))

    addresses = [address for record in found if isinstance(record, Piece) for address in record.addresses]
    assert addresses.count("https://old.example/?p=7") == 1


def test_what_missed_its_time_does_not_appear_by_itself(tmp_path: Path):
    head = HEAD.replace("<wp:wxr", "<pubDate>Fri, 10 Jan 2014 09:00:00 +0000</pubDate><wp:wxr", 1)

    found = records(tmp_path, export(item(status="future"), head=head))

    assert next(record.state for record in found if isinstance(record, Piece)) is PieceState.DRAFT
    assert losses(found)[0].weight is Weight.CHANGED
