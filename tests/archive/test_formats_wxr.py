"""WXR: well-formed whatever a text says, with nobody's address, and everything that WordPress knows in its place."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from blog.archive.formats import wxr
from blog.archive.formats.markdown.bodies import tidy
from blog.archive.formats.wxr import names
from blog.archive.formats.wxr.bodies import as_blocks
from blog.archive.records import Page, Person, Piece, Record, Remark
from blog.archive.sources import wordpress
from tests.archive.samples import HOSTILE, LATER, SAMPLE, SITE, written

SPACES = {**wxr.NAMESPACES}


def channel(path: Path, records: list[Record] | None = None) -> etree._Element:
    written("wxr", path, records) if records is not None else written("wxr", path)
    return etree.parse(str(path)).getroot()[0]


def said(element: etree._Element, path: str) -> list[str]:
    return [found.text or "" for found in element.findall(path, SPACES)]


def items(root: etree._Element, kind: str) -> list[etree._Element]:
    return [item for item in root.findall("item") if item.findtext("wp:post_type", namespaces=SPACES) == kind]


def fields_of(item: etree._Element, kind: str = "post") -> dict[str, str]:
    rows = item.findall(f"wp:{kind}meta", SPACES)
    return {said(row, "wp:meta_key")[0]: said(row, "wp:meta_value")[0] for row in rows}


def test_it_is_wxr_1_2_with_names_without_addresses(tmp_path: Path):
    root = channel(tmp_path / "blog.xml")
    assert said(root, "wp:wxr_version") == ["1.2"]
    assert said(root, "wp:base_blog_url") == [SITE]
    assert said(root, "wp:author/wp:author_login") == ["ada", "cy"]
    assert said(root, "wp:author/wp:author_display_name") == ["Ada &lt;Byron&gt;", "Cy"]
    assert said(root, "wp:author/wp:author_email") == ["", ""]


def test_topics_are_what_wordpress_has_for_them(tmp_path: Path):
    root = channel(tmp_path / "blog.xml")
    assert said(root, "wp:category/wp:cat_name") == ["Roofs &amp; walls"]
    assert said(root, "wp:tag/wp:tag_slug") == ["bees"]
    assert said(root, "wp:term/wp:term_taxonomy") == [names.SERIES]
    assert fields_of(root.find("wp:term", SPACES), "term")[names.PLANNED_PARTS] == "3"


def test_a_piece_has_all_that_wordpress_knows_and_the_rest_in_its_own_fields(tmp_path: Path):
    root = channel(tmp_path / "blog.xml")
    piece = items(root, "post")[0]
    assert piece.findtext("title") == (HOSTILE.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
    assert said(piece, "dc:creator") == ["ada"]
    assert said(piece, "wp:post_date") == ["2026-03-11 09:30:00"]
    assert said(piece, "wp:status") == ["publish"]
    assert said(piece, "wp:comment_status") == ["closed"]
    assert [(row.get("domain"), row.get("nicename")) for row in piece.findall("category")] == [
        ("category", "roofs"), ("post_tag", "bees"), ("series", "hives"), ("author", "cap-ada"), ("author", "cap-cy"),
    ]  # fmt: skip
    fields = fields_of(piece)
    picture = items(root, "attachment")[0]
    assert fields[names.THUMBNAIL] == said(picture, "wp:post_id")[0]
    assert (fields[names.OLD_SLUG], fields[names.PART], fields[names.KEY]) == ("once", "2", "post:who")
    assert f"{SITE}/?p=7" in fields[names.ADDRESSES]


def test_drafts_are_drafts_and_have_no_date_by_greenwich(tmp_path: Path):
    draft = items(channel(tmp_path / "blog.xml"), "post")[2]
    assert said(draft, "wp:status") == ["draft"]
    assert said(draft, "wp:post_date_gmt") == ["0000-00-00 00:00:00"]


def test_comments_keep_their_thread_and_their_words_as_text(tmp_path: Path):
    piece = items(channel(tmp_path / "blog.xml"), "post")[0]
    first, second = piece.findall("wp:comment", SPACES)
    assert said(first, "wp:comment_content") == ["So &lt;did&gt; we &amp; you.\n\n&gt; no"]
    assert said(second, "wp:comment_parent") == said(first, "wp:comment_id")
    assert said(first, "wp:comment_approved") == ["1"]
    assert said(second, "wlg:person") == ["ada"]


def test_an_address_never_goes_out_even_if_a_record_had_one(tmp_path: Path):
    remark = Remark("1", "Dana", "Yes", LATER, address="dana@council.example")
    for to in ("wxr", "markdown"):
        path = tmp_path / to
        written(to, path, [Person("author:a", "A", "a"), Piece("post:a", "A", "", slug="a", remarks=(remark,))])
        assert b"council.example" not in path.read_bytes()


def test_addresses_in_texts_say_where_the_blog_is_and_words_stay_words():
    body = '<p>src="/media/x" <a href="/about/">a</a> <a href="#b">b</a></p><figure><img src="/media/x.png" alt="a &gt; b"></figure>'
    assert as_blocks(body, SITE) == (
        f'<!-- wp:paragraph -->\n<p>src="/media/x" <a href="{SITE}/about/">a</a> <a href="#b">b</a></p>\n'
        "<!-- /wp:paragraph -->\n\n<!-- wp:html -->\n"
        f'<figure><img src="{SITE}/media/x.png" alt="a &gt; b"></figure>\n<!-- /wp:html -->'
    )


def test_it_is_well_formed_whatever_is_said(tmp_path: Path):
    awkward = "]]>\x00\x0b\ufffe<![CDATA[ ]]]]> &amp; <!-- \U0001f41d --> ]]"
    path = tmp_path / "blog.xml"
    root = channel(path, [Piece("post:a", awkward, f"<p>{awkward}</p>", slug="a", standfirst=awkward)])
    assert said(root, "item/excerpt:encoded") == ["]]&gt;&lt;![CDATA[ ]]]]&gt; &amp;amp; &lt;!-- \U0001f41d --&gt; ]]"]
    assert wxr.read_back(path)["piece"] == 1


def test_moved_addresses_stand_where_wordpress_passes_them_over(tmp_path: Path):
    moved = channel(tmp_path / "blog.xml").find("wlg:moved", SPACES)
    assert (said(moved, "wlg:from")[0], said(moved, "wlg:to")[0]) == (f"{SITE}/old/*", f"{SITE}/archive/")


def came_in(path: Path) -> list[Record]:
    return list(wordpress.open_export(path).records())


def test_what_went_out_comes_in_as_it_was(tmp_path: Path):
    written("wxr", tmp_path / "blog.xml")
    assert [as_sent(record) for record in came_in(tmp_path / "blog.xml")] == [as_sent(record) for record in SAMPLE]


def as_sent(record: Record) -> Record:
    """Return a record with its texts as they are compared: on one site, without white space between blocks."""
    if isinstance(record, Page | Piece):
        record = replace(record, body=tidy(record.body.replace(f'="{SITE}/', '="/')))
    if isinstance(record, Piece):
        record = replace(record, introduction=tidy(record.introduction.replace(f'="{SITE}/', '="/')))
    return record


@pytest.mark.parametrize(
    "junk", ["{", "[1]", '{"role": 7}', "[" * 9_000, '[{"person": 1}]', "9" * 5_000, '[{"kind":"x"}]']
)
def test_what_a_stranger_wrote_under_our_names_harms_nobody(tmp_path: Path, junk: str):
    path = tmp_path / "blog.xml"
    written("wxr", path)
    known = re.compile(
        r"(<wp:meta_key><!\[CDATA\[_wlg_(?!key)\w+\]\]></wp:meta_key><wp:meta_value>).*?(</wp:meta_value>)", re.DOTALL
    )
    text = re.sub(
        r"<wlg:person>.*?</wlg:person>", f"<wlg:person>{junk}</wlg:person>", path.read_text(), flags=re.DOTALL
    )
    path.write_text(known.sub(lambda found: f"{found[1]}{junk}{found[2]}", text))
    pieces = [record for record in came_in(path) if isinstance(record, Piece)]
    assert [piece.key for piece in pieces] == ["post:who", "post:answer", "draft:4"]
