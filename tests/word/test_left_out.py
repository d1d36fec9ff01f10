"""What does not arrive from a Word file is counted, and said in a sentence; nobody's name arrives with it."""

import pytest

from blog.editorial.word_report import LEFT_OUT, report
from blog.word.reading import WordText, read_word_file
from tests.word.making import WHO, drawing, link, paragraph, png, run, table, word_file

TEXT_BOX = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><a:graphic><a:graphicData "
    "uri='http://schemas.microsoft.com/office/word/2010/wordprocessingShape'><wps:wsp><wps:txbx><w:txbxContent>{0}"
    "</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></v:shape></w:pict>"
    "</mc:Fallback></mc:AlternateContent></w:r>"
).format(paragraph("In a box"))
CHART = (
    "<w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri='http://schemas.openxmlformats.org/drawingml/2006/chart'>"
    "<c:chart r:id='c1'/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)
OBJECT = "<w:object><v:shape><v:imagedata r:id='p.png'/></v:shape><o:OLEObject Type='Embed' ProgID='Excel.Sheet.12'/></w:object>"
COMMENT = "<w:commentRangeStart w:id='0'/>{}<w:commentRangeEnd w:id='0'/><w:r><w:commentReference w:id='0'/></w:r>"
TRACKED = (
    f"<w:ins w:id='1' {WHO}>{run('new ')}</w:ins><w:del w:id='2' {WHO}><w:r><w:delText>old</w:delText></w:r></w:del>"
)
PROPERTIES = "<w:rPr><w:rPrChange w:id='3' " + WHO + "><w:rPr/></w:rPrChange></w:rPr>"


def read(*runs: str, **more: object) -> WordText:
    return read_word_file(word_file(paragraph(run("Around it. ") + "".join(runs)), **more))


@pytest.mark.parametrize(
    ("kind", "content", "more"),
    [
        ("comments", COMMENT.format(run("said")), {}),
        ("changes", TRACKED, {}),
        ("text_boxes", TEXT_BOX, {}),
        ("equations", "<m:oMathPara><m:oMath><m:r><m:t>x=2</m:t></m:r></m:oMath></m:oMathPara>", {}),
        ("charts", CHART, {}),
        ("diagrams", CHART.replace("/chart'", "/diagram'"), {}),
        ("objects", f"<w:r>{OBJECT}</w:r>", {"pictures": {"p.png": png()}}),
        ("shapes", "<w:r><w:pict><v:line/></w:pict></w:r>", {}),
        ("pictures_outside", drawing('r:link="o"'), {"outside": {"o": "file:///etc/passwd"}}),
        ("pictures_outside", drawing('r:embed="o"'), {"outside": {"o": "http://192.0.2.1/track.png"}}),
        ("pictures_of_other_kinds", drawing('r:embed="p.emf"'), {"pictures": {"p.emf": b"\x01\0\0\0 EMF"}}),
        ("pictures_of_other_kinds", drawing('r:embed="p.svg"'), {"pictures": {"p.svg": b"<svg onload='x'/>"}}),
        ("pictures_missing", drawing('r:embed="nowhere"'), {}),
        ("links", link("l", "press"), {"links": {"l": "javascript:alert(1)"}}),
        ("links", link("l", "press"), {"links": {"l": "file:///C:/Users/Priya"}}),
        ("hidden", run("secret", "<w:vanish/>"), {}),
        ("struck", run("gone", "<w:strike/>"), {}),
        ("macros", "", {"parts": {"word/vbaProject.bin": b"x"}}),
    ],
)
def test_it_is_left_out_counted_and_said(kind: str, content: str, more: dict):
    text = read(content, **more)

    (row,) = text.left_out
    assert row["kind"] == kind
    assert row["count"] == (2 if kind == "changes" else 1)
    assert text.html.startswith("<p>Around it.")
    assert not [word for word in ("In a box", "x=2", "secret", "javascript", "passwd", "old") if word in text.html]
    (sentence,) = report(text.left_out)
    assert "{" not in sentence


def test_a_table_of_contents_and_the_heads_of_pages_are_left_out():
    contents = "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"

    text = read_word_file(
        word_file(contents.format(paragraph("Rows 3")), paragraph("Rows 3", "TOC1"), paragraph("Text."))
    )

    assert text.html == "<p>Text.</p>"
    assert [row["kind"] for row in text.left_out] == ["contents"]


def test_nothing_is_said_where_nothing_was_left_out():
    assert read().left_out == []
    assert report([]) == []


def test_a_sentence_says_how_many_and_where():
    (sentence,) = report([{"kind": "equations", "count": 2, "near": ["We found that", "Then"]}])

    assert sentence == "2 equations were left out. The first stood at “We found that” and “Then”."


def test_every_kind_that_is_counted_has_a_sentence():
    for kind in LEFT_OUT:
        assert report([{"kind": kind, "count": 2, "near": []}])


def test_no_name_of_a_person_arrives_anywhere():
    text = read_word_file(
        word_file(
            paragraph(
                run("Around it. ") + TRACKED + COMMENT.format(run("said")) + drawing('r:embed="p.png"', "", "Priya.png")
            ),
            paragraph(f"<w:r>{PROPERTIES}<w:t>Formatted</w:t></w:r>"),
            table(["a", "b"], ["c", "d"]),
            pictures={"p.png": png()},
            parts={
                "word/comments.xml": f"<w:comments xmlns:w='x'><w:comment {WHO}>Priya Raman</w:comment></w:comments>",
                "word/people.xml": "<people>Priya Raman</people>",
                "docProps/app.xml": "<Properties><Company>Leeds</Company><Manager>Priya Raman</Manager></Properties>",
            },
        )
    )

    whole = repr(text)
    assert not [name for name in ("Priya", "Raman", 'PR"', "Leeds") if name in whole]
