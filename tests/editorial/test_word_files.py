"""A Word file becomes a revision; what was there stays, and a report is kept."""

import io
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from blog.editorial import drafting, word_files
from blog.editorial.drafting import ConflictError
from blog.editorial.refusals import IncompleteError, MoveNotAllowedError
from blog.editorial.word_files import bring_in
from blog.models import Picture, Post, Revision, WordFile
from blog.states import State
from blog.word.reading import place_in
from tests.factories import NOW, UserFactory, make_piece
from tests.word.making import COMMENT_LIKE, drawing, paragraph, png, run, word_file

pytestmark = pytest.mark.django_db
TEXT = "<p>We kept a tally.</p>"


def file(*blocks: str, **more: object) -> io.BytesIO:
    return io.BytesIO(word_file(*blocks, **more))


def bring(post: Post, content: io.BytesIO | None, by, way: str = "replace", based_on: int | None = None) -> WordFile:
    record = bring_in(post=post, file=content, way=way, by=by, at=NOW, based_on=based_on or post.working_id)
    post.refresh_from_db()
    return record


@pytest.fixture
def piece(writer, editor) -> Post:
    return make_piece(writer=writer, editor=editor, body=TEXT)


@pytest.fixture
def empty(writer, editor) -> Post:
    return make_piece(writer=writer, editor=editor, title="", body="")


def test_an_empty_piece_takes_title_standfirst_and_text(writer, empty):
    post = Post.objects.get(pk=empty.pk)
    drafting.save_text(post=post, text=drafting.Text(standfirst=""), by=writer, at=NOW, based_on=post.working_id)

    record = bring(
        post, file(paragraph("Rows", "Title"), paragraph("A tally", "Subtitle"), paragraph("Begun.")), writer, ""
    )

    working = post.working
    assert (working.title, working.standfirst, working.body) == ("Rows", "A tally", "<p>Begun.</p>")
    assert record.revision == working
    assert working.words == 1


def test_a_piece_with_a_title_keeps_it_and_the_files_becomes_a_heading(writer, piece):
    bring(piece, file(paragraph("Rows", "Title"), paragraph("Sub", "Subtitle"), paragraph("Begun.")), writer)

    assert piece.working.title == "Who closes a row?"
    assert piece.working.body == "<h2>Rows</h2><p>Sub</p><p>Begun.</p>"


def test_the_same_title_is_not_said_twice(writer, piece):
    bring(piece, file(paragraph("Who closes a row?", "Title"), paragraph("Begun.")), writer)

    assert piece.working.body == "<p>Begun.</p>"


@pytest.mark.parametrize(("way", "body"), [("replace", "<p>New.</p>"), ("add", f"{TEXT}<p>New.</p>")])
def test_a_text_that_is_there_is_replaced_or_added_to_and_kept_among_the_versions(writer, piece, way, body):
    earlier = piece.working_id

    bring(piece, file(paragraph("New.")), writer, way)

    assert piece.working.body == body
    assert piece.working.based_on_id == earlier
    assert Revision.objects.get(pk=earlier).body == TEXT


@pytest.mark.parametrize("way", ["", "anything"])
def test_a_text_that_is_there_asks_which_of_the_two(writer, piece, way):
    with pytest.raises(IncompleteError) as refused:
        bring(piece, file(paragraph("New.")), writer, way)

    assert list(refused.value.errors) == ["way"]
    assert piece.revisions.count() == 2


def test_a_file_that_is_refused_changes_nothing_and_says_why(writer, piece):
    for content, word in ((None, "Choose"), (io.BytesIO(b"%PDF-1.7"), "PDF"), (io.BytesIO(b"x"), "not a Word file")):
        with pytest.raises(IncompleteError) as refused:
            bring(piece, content, writer)
        assert word in refused.value.errors["file"]

    assert piece.revisions.count() == 2
    assert not WordFile.objects.exists()


def test_nobody_else_and_not_out_of_turn(writer, editor, piece):
    with pytest.raises(PermissionDenied):
        bring(piece, file(paragraph("x")), UserFactory())
    drafting.submit_for_review(post=piece, by=writer, at=NOW)
    with pytest.raises(MoveNotAllowedError):
        bring(Post.objects.get(pk=piece.pk), file(paragraph("x")), writer)


def test_an_editor_brings_one_in_on_their_turn(editor, writer):
    post = make_piece(State.SUBMITTED, writer=writer, editor=editor)

    bring(post, file(paragraph("New.")), editor)

    assert post.working.body == "<p>New.</p>"
    assert post.working.written_by == editor


def test_pictures_are_made_anew_without_what_the_camera_noted(writer, piece):
    out, noted = io.BytesIO(), PngInfo()
    noted.add_text("Author", "Priya Raman")
    Image.new("RGB", (20, 10), "#0c5a45").save(out, "PNG", pnginfo=noted)
    assert b"Priya" in out.getvalue()

    blocks = [paragraph(drawing('r:embed="p.png"', "A wall")), paragraph("In May", "Caption")]
    record = bring(piece, file(*blocks, pictures={"p.png": out.getvalue()}), writer)

    picture = Picture.objects.get()
    assert (picture.alt, picture.post, picture.uploaded_by) == ("A wall", piece, writer)
    with picture.file.open() as kept:
        assert b"Priya" not in kept.read()
    assert piece.working.body == (
        f'<figure><img src="{picture.file.url}" alt="A wall" width="20" height="10">'
        "<figcaption>In May</figcaption></figure>"
    )
    assert (record.pictures, record.left_out) == (1, [])


def test_a_picture_without_a_description_is_asked_for_and_holds_the_piece_back(writer, piece):
    record = bring(
        piece, file(paragraph(drawing('r:embed="p.png"')), paragraph("x"), pictures={"p.png": png()}), writer
    )

    assert record.left_out == [{"kind": "descriptions", "count": 1, "near": []}]
    with pytest.raises(IncompleteError):
        drafting.submit_for_review(post=piece, by=writer, at=NOW)


def test_a_picture_that_cannot_be_made_anew_leaves_its_caption(writer, piece):
    broken = png()[:60]

    record = bring(
        piece,
        file(
            paragraph(drawing('r:embed="p.png"', "A wall")), paragraph("In May", "Caption"), pictures={"p.png": broken}
        ),
        writer,
    )

    assert piece.working.body == "<p>In May</p>"
    assert [row["kind"] for row in record.left_out] == ["pictures_of_other_kinds"]


def test_somebody_who_was_quicker_is_not_overwritten(writer, editor, piece):
    began_from = piece.working_id
    theirs = drafting.Text(title="Theirs")
    drafting.save_text(post=piece, text=theirs, by=writer, at=NOW, based_on=began_from)

    with pytest.raises(ConflictError) as conflict:
        bring(piece, file(paragraph("New.")), writer, based_on=began_from)

    piece.refresh_from_db()
    assert piece.working.title == "Theirs"
    assert conflict.value.kept.body == "<p>New.</p>"
    assert WordFile.objects.get().revision == conflict.value.kept


def test_neither_the_files_name_nor_its_author_is_kept(writer, piece):
    content = file(paragraph(run("New. ") + COMMENT_LIKE))
    content.name = "Priya Raman, Leeds.docx"

    record = bring(piece, content, writer)

    kept = repr({field.name: getattr(record, field.name) for field in record._meta.fields}) + piece.working.body
    assert "Raman" not in kept
    assert "Leeds" not in kept


def test_while_two_are_read_a_third_is_told_to_wait(writer, piece, settings, monkeypatch):
    monkeypatch.setattr(word_files, "place_in", partial(place_in, patience=0.1))
    folder = settings.VAR_DIR / "word"
    with place_in(folder), place_in(folder), pytest.raises(IncompleteError) as refused:
        bring(piece, file(paragraph("x")), writer)

    assert "Wait a moment" in refused.value.errors["file"]
