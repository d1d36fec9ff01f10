"""WordPress exports that are damaged, or made to do harm."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.archive.records import File, Piece, Topic, Weight
from blog.archive.sources.base import SourceError
from blog.archive.sources.wordpress import php
from blog.archive.sources.wordpress.body.meanings import VOCABULARY
from blog.archive.sources.wordpress.body.paragraphs import paragraphs
from blog.archive.sources.wordpress.elements import read
from blog.archive.sources.wordpress.scanning import MOST_BYTES, Fragment
from tests.archive.wordpress_exports import (
    HEAD,
    attachment,
    body,
    category,
    comment,
    export,
    item,
    losses,
    piece,
    records,
)

BOMB = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
FILE = '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
FOREIGN = '<!DOCTYPE rss SYSTEM "http://attacker.example/x.dtd">'


@pytest.mark.parametrize("doctype", [BOMB, FILE])
def test_declarations_of_entities_are_refused(tmp_path: Path, doctype):
    with pytest.raises(SourceError, match="entities"):
        records(tmp_path, export(item(title="x"), head=HEAD.replace("<rss", f"{doctype}<rss")))


def test_a_doctype_that_declares_nothing_here_is_passed_over(tmp_path: Path):
    found = records(tmp_path, export(item(), head=HEAD.replace("<rss", f"{FOREIGN}<rss")))

    assert sum(isinstance(record, Piece) for record in found) == 1


def test_a_declaration_within_an_item_declares_nothing(tmp_path: Path):
    hidden = item().replace("<item>", f"<item>{BOMB}<x>&b;</x>")

    found = records(tmp_path, export(hidden, item(8)))

    assert [record.key for record in found if isinstance(record, Piece)][-1] == "8"


def test_signs_that_xml_forbids_are_passed_over(tmp_path: Path):
    found = piece(
        tmp_path, item(title="A\x00 \x0bti\x1ftle\ufffe").replace("Some words.", "So\x00me&#0;&#x1F; words.\x08")
    )

    assert (found.title, found.body) == ("A title", "<p>Some words.</p>")


def test_bytes_that_are_not_utf_8_are_read_as_windows_does(tmp_path: Path):
    text = export(item(text="It's caf@ time")).encode().replace(b"'", b"\x92").replace(b"@", b"\xe9")

    found = records(tmp_path, text)

    assert "It’s café time" in next(record.body for record in found if isinstance(record, Piece))
    assert [loss.weight for loss in losses(found)] == [Weight.CHANGED]


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "windows-1252", "UTF-16", "shift_jis", "zip", "no-such"])
def test_the_encoding_that_a_file_declares_is_heeded(tmp_path: Path, encoding):
    text = export(item(text="cafe"), head=HEAD.replace("UTF-8", encoding))
    raw = text.encode("utf-16") if encoding == "UTF-16" else text.encode()

    found = records(tmp_path, raw)

    assert next(record.body for record in found if isinstance(record, Piece)) == "<p>cafe</p>"


def test_prefixes_need_no_declaration_and_entities_of_html_are_text(tmp_path: Path):
    text = item().replace("<title><![CDATA[A piece]]></title>", "<title>A&nbsp;&laquo;piece&raquo; & more</title>")

    assert piece(tmp_path, f"<atom:link/>{text}").title == "A «piece» & more"


def test_a_text_whose_own_brackets_were_not_taken_apart_is_whole(tmp_path: Path):
    torn = item(text="if (a[b[0]]@@ 0) <em>x</em> done", comments=[comment(1, "c[d[1]]@@ 2")]).replace("@@", ">")

    found = piece(tmp_path, torn)

    assert found.body == "<p>if (a[b[0]]> 0) <em>x</em> done</p>"
    assert found.remarks[0].text == "c[d[1]]> 2"


def test_a_text_that_stands_as_xml_keeps_its_words(tmp_path: Path):
    bare = item(text="@@").replace("<![CDATA[@@]]>", "<p>One <b>two</b> three.</p>")

    found = records(tmp_path, export(bare))

    assert "One two three." in next(record.body for record in found if isinstance(record, Piece))
    assert [loss.weight for loss in losses(found)] == [Weight.CHANGED]


def test_an_item_of_broken_xml_costs_no_more_than_itself(tmp_path: Path):
    broken = item(title="Broken").replace("<wp:post_id>", "<b><wp:post_id>")

    found = records(tmp_path, export(item(1), broken, item(2)))

    assert [record.title for record in found if isinstance(record, Piece)][::2] == ["A piece", "A piece"]
    assert any("damaged" in loss.why or "type" in loss.why for loss in losses(found))


def test_a_file_that_ends_early_gives_what_came_before_and_says_where(tmp_path: Path):
    whole = export(item(1, title="The first"), item(2, title="The second"))

    within = records(tmp_path, whole[: whole.index("The second") + 30])
    between = records(tmp_path, export(item(1, title="The first"), end=""))

    for found in (within, between):
        assert [record.title for record in found if isinstance(record, Piece)] == ["The first"]
        assert any(loss.what == "export" and "The first" in loss.why for loss in losses(found))
    assert any(loss.which == "The second" for loss in losses(within))


def test_the_mark_of_an_item_within_a_text_ends_nothing(tmp_path: Path):
    text = "How feeds look: <pre>&lt;item&gt;</pre> </item> <item> ]]> done"

    assert "done" in body(tmp_path, text)


def test_an_item_that_is_too_large_is_named_and_passed_over(tmp_path: Path):
    found = records(tmp_path, export(item(1, "x" * (MOST_BYTES + 100_000), title="Huge"), item(2)))

    assert [record.key for record in found if isinstance(record, Piece)] == ["2"]
    assert [(loss.what, loss.which) for loss in losses(found)] == [("item", "Huge")]


def test_two_items_of_one_number_are_two_pieces_and_one_twice_is_one(tmp_path: Path):
    one, other = item(7, title="One"), item(7, title="Other", post_name="other")

    found = records(tmp_path, export(one, other, one))

    keys = [record.key for record in found if isinstance(record, Piece)]
    assert len(keys) == len(set(keys)) == 2
    assert all(loss.weight is Weight.NOTED for loss in losses(found))


def test_a_megabyte_of_title_is_read_in_good_time(tmp_path: Path):
    assert len(piece(tmp_path, item(title="<b>" * 200_000 + "x" * 1_000_000)).title) == 1_000_000


def test_categories_above_one_another_end(tmp_path: Path):
    found = records(tmp_path, export(category("a", "A", parent="b"), category("b", "B", parent="a"), item()))

    assert [record.parent for record in found if isinstance(record, Topic)] == ["", ""]
    assert [loss.what for loss in losses(found)] == ["category", "category"]


@pytest.mark.parametrize(
    "notation",
    [
        'O:8:"Attacker":1:{s:4:"file";s:1:"x";}',
        'C:8:"Attacker":1:{x}',
        "a:99999:{",
        "a:1:{i:0;" * 5_000,
        's:9999999:"x',
        "i:99999999999999999999999;",
        "R:1;",
        "a:1:{a:0:{}i:1;}",
        "",
        "x" * 2_000_000,
    ],
    ids=range(10),
)
def test_notation_of_php_that_is_none_or_too_much_is_refused(notation):
    with pytest.raises(php.PhpError):
        php.read(notation)


def test_notation_of_php_is_read_though_lengths_are_wrong():
    assert php.read('a:2:{s:1:"a";s:3:"ä";i:0;b:1;}') == {"a": "ä", 0: True}


def test_numbers_of_php_may_have_a_hundred_places():
    assert php.read(f"a:1:{{i:0;d:2.{'5' + '0' * 99};}}") == {0: 2.5}


def test_an_object_in_the_particulars_of_a_picture_leaves_the_picture(tmp_path: Path):
    bad = [("_wp_attachment_metadata", 'O:8:"Attacker":0:{}')]
    leading = [("_wp_attachment_metadata", 'a:1:{s:14:"original_image";s:16:"../../secret.jpg";}')]

    found = records(
        tmp_path,
        export(
            attachment(1, "https://old.example/a.jpg", meta=bad),
            attachment(2, "https://old.example/b.jpg", meta=leading),
        ),
    )

    files = [record for record in found if isinstance(record, File)]
    assert [len(file.addresses) for file in files] == [1, 1]
    assert [loss.weight for loss in losses(found)] == [Weight.NOTED]


@pytest.mark.parametrize(
    "text",
    [
        "<div>" * 100_000,
        "<div>" * 50_000 + "</div>" * 50_000,
        "<pre>" * 100_000,
        "<!--" * 100_000,
        "<!-- wp:a {" * 60_000,
        "<!-- wp:group -->" * 30_000,
        "<!-- wp:gallery -->" + "<img><figcaption>" * 50_000,
        "[caption]" * 60_000,
        "[caption" * 60_000,
        "[" * 300_000,
        "[code]" * 60_000 + "[/code]",
        "a>" * 200_000,
        "\n \n" * 100_000,
        '<img src="' * 60_000,
        "<a href='x'>" * 60_000,
        "http://a.example/" * 30_000,
    ],
    ids=range(16),
)
def test_a_tangled_text_takes_no_more_than_a_moment(tmp_path: Path, text):
    began = time.process_time()

    body(tmp_path, text, title="Tangled")

    assert time.process_time() - began < 3


@settings(max_examples=25, deadline=None, database=None, derandomize=True)
@given(st.binary(max_size=300))
def test_no_bytes_make_a_fragment_raise(tail):
    element = read(Fragment("item", b"<item><title>A</title>" + tail + b"</item>", 0))

    assert element.name == "item"


@settings(max_examples=25, deadline=None, database=None, derandomize=True)
@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<ul><li>", "</li>", "a", "\n\n", "\n", "<br>", "<pre>", "</pre>", "<!--", "-->", "<td>"]
        )
    )
)
def test_paragraphs_lose_no_word(parts):
    assert paragraphs("".join(parts)).count("a") - paragraphs("".join(parts)).count("<a") >= parts.count("a")


def test_every_shortcode_bears_being_empty(tmp_path: Path):
    text = " ".join(f"[{name}] [{name} x=][/{name}]" for name in {**VOCABULARY.meanings, **VOCABULARY.gone})

    assert body(tmp_path, text) is not None


def test_fields_may_be_missing_or_senseless(tmp_path: Path):
    bare = "<item><title>Bare</title></item>"
    odd = item(
        "x" * 400,
        post_date_gmt="99999-99-99",
        post_date="x",
        menu_order="1e9",
        post_parent="-",
        comments=[comment(1, date_gmt="x", date="y")],
    )

    found = records(tmp_path, export(bare, odd, "<item/>"))

    assert "Bare" in [record.title for record in found if isinstance(record, Piece)]
    assert any(loss.why == "1 comment without a date." for loss in losses(found))


def test_more_terms_than_anybody_files_under_are_named(tmp_path: Path):
    terms = '<category domain="post_tag" nicename="a">A</category>' * 20_001

    found = records(tmp_path, export(item().replace("</item>", f"{terms}</item>")))

    assert [(loss.what, loss.weight) for loss in losses(found)] == [("piece", Weight.LOST)]


def test_blocks_that_hold_one_another_many_times_come_to_an_end(tmp_path: Path):
    def references(number: int) -> str:
        return f'<!-- wp:block {{"ref":{number}}} /-->' * 200

    parts = [item(n, references(n + 1), kind="wp_block", title=str(n)) for n in range(100, 104)]
    began = time.process_time()

    found = records(tmp_path, export(*parts, item(text=references(100))))

    assert time.process_time() - began < 3
    assert {loss.what for loss in losses(found)} == {"reusable block"}


def test_a_gallery_said_many_times_comes_to_an_end(tmp_path: Path):
    files = [attachment(n, f"https://old.example/{n}.jpg", post_parent=7) for n in range(100, 150)]
    began = time.process_time()

    shown = records(tmp_path, export(*files, item(text="[gallery] " * 20_000)))

    assert time.process_time() - began < 3
    assert next(record.body for record in shown if isinstance(record, Piece)).count("<img") == 1_000
    assert [loss.what for loss in losses(shown)] == ["gallery"]
