"""What a Word file is made of arrives as the house's own HTML."""

from blog.word.reading import WordText, read_word_file
from tests.word.making import (
    drawing,
    item,
    link,
    note_mark,
    paragraph,
    png,
    run,
    table,
    word_file,
)


def read(*blocks: str, **more: object) -> WordText:
    return read_word_file(word_file(*blocks, **more))


def html(*blocks: str, **more: object) -> str:
    return read(*blocks, **more).html


def test_the_title_and_the_subtitle_are_not_part_of_the_text():
    text = read(paragraph("Small lists", "Title"), paragraph("A tally", "Subtitle"), paragraph("We began."))

    assert (text.title, text.standfirst, text.html) == ("Small lists", "A tally", "<p>We began.</p>")


def test_a_lone_first_heading_is_the_title_and_the_next_level_the_headings():
    text = read(
        paragraph("Small lists", "berschrift1"),
        paragraph("We began.", ""),
        paragraph("Rows", "berschrift2"),
        paragraph("Names", "berschrift3"),
    )

    assert text.title == "Small lists"
    assert text.html == "<p>We began.</p><h2>Rows</h2><h3>Names</h3>"


def test_headings_are_found_by_their_built_in_names_and_through_styles_based_on_them():
    made = html(
        paragraph("Rows", "berschrift1"), paragraph("Dates", "berschrift1"), paragraph("Names", "CouncilHeading")
    )

    assert made == "<h2>Rows</h2><h2>Dates</h2><h3>Names</h3>"


def test_a_heading_in_bold_is_only_a_heading():
    assert html(paragraph("x"), paragraph(run("Rows", "<w:b/>"), "berschrift2")) == "<p>x</p><h2>Rows</h2>"


def test_lists_are_nested_and_go_on_with_their_numbers():
    made = html(
        item("one", 0, 2),
        item("deeper", 1, 2),
        item("two", 0, 2),
        paragraph("Between."),
        item("three", 0, 2),
        item("dot"),
    )

    assert made == (
        "<ol><li>one<ol><li>deeper</li></ol></li><li>two</li></ol><p>Between.</p>"
        '<ol start="3"><li>three</li></ol><ul><li>dot</li></ul>'
    )


def test_a_list_by_its_style_alone_is_a_list():
    assert html(paragraph("dot", "ListBullet")) == "<ul><li>dot</li></ul>"


def test_tables_keep_head_and_caption():
    made = html(paragraph("Rows by month", "Caption"), table(["Month", "Rows"], ["May", "241"], head="<w:tblHeader/>"))

    assert made == (
        "<table><caption>Rows by month</caption><thead><tr><th>Month</th><th>Rows</th></tr></thead>"
        "<tbody><tr><td>May</td><td>241</td></tr></tbody></table>"
    )


def test_a_first_row_in_bold_is_the_head():
    bold = "<w:tbl>{}</w:tbl>".format(
        "".join(
            "<w:tr>" + "".join(f"<w:tc>{paragraph(run(text, look))}</w:tc>" for text in row) + "</w:tr>"
            for row, look in ((["Month", "Rows"], "<w:b/>"), (["May", "241"], ""))
        )
    )

    assert "<thead><tr><th><strong>Month</strong></th>" in html(bold)


def test_a_table_of_one_cell_is_only_a_frame():
    assert html(table(["In a frame."])) == "<p>In a frame.</p>"


def test_merged_cells_keep_their_spans():
    cells = (
        '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{}</w:tc></w:tr>'
        "<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>"
    )

    made = html(f"<w:tbl>{cells.format(*[paragraph(text) for text in 'abc'])}</w:tbl>")

    assert made == '<table><tr><td colspan="2">a</td></tr><tr><td>b</td><td>c</td></tr></table>'


def test_links_and_notes_arrive_as_the_house_writes_them():
    made = html(
        paragraph(run("See ") + link("l1", "the report") + note_mark(1) + run(".")),
        links={"l1": "https://example.org/a?b=1&c=2"},
        notes={1: "Cabinet, 4 March."},
    )

    assert made == (
        '<p>See <a href="https://example.org/a?b=1&amp;c=2">the report</a><sup>1</sup>.</p>'
        "<ol><li>Cabinet, 4 March.</li></ol>"
    )


def test_a_link_made_by_a_field_arrives_too():
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://example.org/" </w:instrText>'
        '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )

    assert html(paragraph(field.format(run("here")))) == '<p><a href="https://example.org/">here</a></p>'


def test_words_in_simple_fields_controls_and_smart_tags_stay():
    wrapped = (
        f"<w:fldSimple w:instr='DATE'>{run('May ')}</w:fldSimple><w:smartTag>{run('Leeds ')}</w:smartTag>"
        f"<w:sdt><w:sdtPr/><w:sdtContent>{run('row')}</w:sdtContent></w:sdt>"
    )

    assert html(paragraph(wrapped)) == "<p>May Leeds row</p>"


def test_pictures_arrive_with_description_and_caption_where_they_stood():
    text = read(
        paragraph(run("Before ") + drawing('r:embed="p.png"', "Slips of paper on a wall") + run("after.")),
        paragraph("The wall in May", "Caption"),
        pictures={"p.png": png()},
    )

    assert text.html == (
        '<p>Before after.</p><figure><img src="word-picture-0" /><figcaption>The wall in May</figcaption></figure>'
    )
    assert [picture.description for picture in text.pictures] == ["Slips of paper on a wall"]
    assert text.pictures[0].content == png()


def test_a_description_that_word_guessed_or_that_names_a_file_is_none():
    for guessed in (
        "C:\\Users\\Priya Raman\\Pictures\\wall.jpg",
        "wall.png",
        "A picture containing text\n\nDescription automatically generated",
        "Picture 3",
    ):
        text = read(paragraph(drawing('r:embed="p.png"', guessed)), pictures={"p.png": png()})
        assert [picture.description for picture in text.pictures] == [""], guessed


def test_a_drop_cap_is_the_first_letter_of_its_paragraph():
    framed = paragraph("W", "", '<w:framePr w:dropCap="drop" w:lines="3"/>')

    assert html(framed, paragraph("e kept a tally.")) == "<p>We kept a tally.</p>"


def test_a_quotation_is_one_and_marks_stay():
    raised = run("2", '<w:vertAlign w:val="superscript"/>')

    made = html(paragraph("Ask early.", "Quote"), paragraph(run("CO", "<w:i/>") + raised + run(" and ", "<w:u/>")))

    assert made == "<blockquote><p>Ask early.</p></blockquote><p><em>CO</em><sup>2</sup> and </p>"


def test_the_strict_form_of_the_format_is_read_too():
    plain = word_file(paragraph("Rows", "berschrift2"), paragraph("Strict."))
    from io import BytesIO
    from zipfile import ZipFile

    from tests.word.making import zipped

    old, new = (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/",
        b"http://purl.oclc.org/ooxml/wordprocessingml/",
    )
    archive = ZipFile(BytesIO(plain))
    strict = {name: archive.read(name).replace(old, new).decode() for name in archive.namelist()}

    assert read_word_file(zipped(strict)).html == "<h2>Rows</h2><p>Strict.</p>"
