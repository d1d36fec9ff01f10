"""How stored prose is set: tables with names and columns of numbers, notes linked both ways, code for the keyboard."""

import pytest
from lxml import html as lxml_html

from blog import prose
from blog.typesetting import link_notes, set_tables, typeset


def parsed(text: str) -> lxml_html.HtmlElement:
    return lxml_html.fragment_fromstring(typeset(prose.clean_prose(text)), create_parent=True)


def table(*rows: str, caption: str = "") -> str:
    head, *body = ["".join(f"<{tag}>{cell}</{tag}>" for cell in row.split("|")) for tag, row in _tagged(rows)]
    made = f"<caption>{caption}</caption>" if caption else ""
    return f"<table>{made}<thead><tr>{head}</tr></thead><tbody>{''.join(f'<tr>{row}</tr>' for row in body)}</tbody></table>"


def _tagged(rows: tuple[str, ...]) -> list[tuple[str, str]]:
    return [("th" if place == 0 else "td", row) for place, row in enumerate(rows)]


def numeric_cells(text: str) -> list[str]:
    return [cell.text_content() for cell in parsed(text).xpath("//*[@class='num']")]


def test_a_column_of_numbers_is_marked_with_its_heading():
    text = table("Measure|March|Change|Note", "Received|1,612|−29%|14 days", "Chasers|4.5|+3 %|–", "Cost|£340|–|a")

    assert numeric_cells(text) == ["March", "Change", "1,612", "−29%", "4.5", "+3 %", "£340", "–"]


@pytest.mark.parametrize(
    "rows", [("Year|Who", "2013|Ann", "2014|Bo"), ("A|B", "a|2 of 3", "b|4"), ("A|B", "a|", "b|–")]
)
def test_other_columns_are_left_alone(rows):
    assert numeric_cells(table(*rows)) == []


def test_a_table_with_joined_cells_is_left_as_it_is():
    text = '<table><tbody><tr><td colspan="2">3</td></tr><tr><td>1</td><td>2</td></tr></tbody></table>'

    assert numeric_cells(text) == []


def test_every_scroller_is_reached_by_keyboard_and_has_a_name_of_its_own():
    page = parsed(table("A", "x", caption='Two "fortnights" &amp; <em>more</em>') + table("B", "y") + table("C", "z"))
    scrollers = page.xpath("//div[@role='region'][@tabindex='0']")

    names = [scroller.get("aria-label") for scroller in scrollers]
    assert names == ['Table 1: Two "fortnights" & more', "Table 2", "Table 3"]


def test_code_is_reached_by_keyboard():
    assert [
        code.get("tabindex") for code in parsed("<p>x</p><pre>a</pre><pre>b</pre>").xpath("//pre[@aria-label]")
    ] == ["0", "0"]


NOTES = "<p>One<sup>1</sup> and two.<sup>2</sup> One again.<sup>1</sup></p><ol><li>First<ol><li>a</li></ol></li><li>Second</li></ol>"


def test_notes_are_linked_both_ways():
    page = parsed(NOTES)
    ids = page.xpath("//@id")

    assert ids == ["note-1-back", "note-2-back", "note-1", "note-2"]
    assert page.xpath("//sup/a/@href") == ["#note-1", "#note-2", "#note-1"]
    assert page.xpath("//section//a/@href") == ["#note-1-back", "#note-2-back"]
    assert all(target.removeprefix("#") in ids for target in page.xpath("//a/@href"))


def test_notes_from_word_are_linked_the_same_way():
    page = parsed(
        '<p>A.<sup><a href="#footnote-2">[1]</a></sup></p><ol><li><p>Note. <a href="#footnote-ref-2">↑</a></p></li></ol>'
    )

    assert page.xpath("//sup/a/@href") == ["#note-1"]
    assert page.xpath("string(//section)") == "Note. Back to the text"


@pytest.mark.parametrize(
    "text",
    [
        "<p>Ten m<sup>2</sup>.</p><ol><li>A</li><li>B</li></ol>",
        "<p>Only one<sup>1</sup>.</p><ol><li>A</li><li>B</li></ol>",
        "<p>No list.<sup>1</sup></p><p>End.</p>",
        "<p>A.<sup>1</sup></p><ul><li><ol><li>In a list</li></ol></li></ul>",
        "<ol><li>A<sup>1</sup></li></ol><p>End.</p>",
    ],
)
def test_what_is_no_note_stays_as_it_is(text):
    assert link_notes(text) == text


def test_a_text_without_any_of_it_is_unchanged():
    assert set_tables("<p>One &amp; two.</p>") == typeset("<p>One &amp; two.</p>") == "<p>One &amp; two.</p>"


def test_headings_of_other_levels_stay_headings():
    assert prose.clean_prose('<h1>A</h1><h4 class="x">B</h4><h6>C</h6>') == "<h2>A</h2><h3>B</h3><h3>C</h3>"
