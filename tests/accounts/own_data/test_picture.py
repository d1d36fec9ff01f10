"""The picture beside one's comments: made anew, under a random name, and gone when it goes."""

from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.commenting import appearance
from accounts.commenting.reading import discussion_of
from accounts.models import AccountPicture, PictureTakenAway
from blog import keys
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.models import Letter, Purge
from tests.accounts.own_data.conftest import LATER, a_picture
from tests.accounts.own_data.dump import whole_folder
from tests.factories import NOW, make_author, make_comment
from tests.people import signed_in

pytestmark = pytest.mark.django_db


def with_place() -> SimpleUploadedFile:
    """Return a photograph that says where it was taken."""
    out, exif = BytesIO(), Image.Exif()
    exif[0x010E] = "At home, 4 Mill Lane"
    Image.new("RGB", (400, 300), "blue").save(out, "JPEG", exif=exif, comment=b"Mill Lane")
    return SimpleUploadedFile("mill-lane.jpg", out.getvalue())


def test_what_is_kept_is_square_small_and_says_nothing_more(dana):
    picture = appearance.show_picture(user=dana, file=with_place(), at=NOW)
    files = whole_folder()
    assert len(files) == 2
    assert all(b"Mill" not in content and b"Exif" not in content for content in files.values())
    sides = sorted(Image.open(BytesIO(content)).size for content in files.values())
    assert sides == [(96, 96), (192, 192)]
    assert "mill" not in picture.file.name


def test_it_stands_beside_comments_under_the_display_name_alone(dana, post):
    make_comment(post, dana, text="Under my own.")
    make_comment(post, dana, text="Under the byline’s.", author=make_author(dana, name="The Mole", is_pen_name=True))
    picture = appearance.show_picture(user=dana, file=a_picture(), at=LATER)
    faces = {entry.text: entry.face for entry in discussion_of(post, LATER).entries()}
    assert faces == {"Under my own.": picture.file.name, "Under the byline’s.": ""}


def test_pages_are_renewed_but_not_for_a_comment_under_a_byline(dana, post, mole):
    make_comment(post, dana)
    make_comment(mole.out, dana, author=make_author(dana, name="The Shrew", is_pen_name=True))
    appearance.show_picture(user=dana, file=a_picture(), at=LATER)
    assert set(Purge.objects.filter(due_at=LATER).values_list("key", flat=True)) == {
        keys.discussion(post.pk),
        keys.COMMENTS,
    }


def test_another_one_replaces_it_and_the_old_files_go(dana, django_capture_on_commit_callbacks):
    appearance.show_picture(user=dana, file=a_picture(), at=NOW)
    before = set(whole_folder())
    with django_capture_on_commit_callbacks(execute=True):
        appearance.show_picture(user=dana, file=a_picture("green"), at=LATER)
    assert len(whole_folder()) == 2
    assert not before & set(whole_folder())


@pytest.mark.parametrize("content", [b"", b"<svg/>", b"GIF89a\x01", b"\x89PNG\r\n\x1a\nbroken"])
def test_what_is_no_picture_is_refused_with_a_sentence(dana, content):
    answer = signed_in(dana).post("/accounts/picture/", {"picture": SimpleUploadedFile("x.png", content)})
    assert answer.status_code == 422
    assert not AccountPicture.objects.exists()
    assert signed_in(dana).post("/accounts/picture/", {"picture": "no file"}).status_code == 422


def test_on_the_page_it_can_be_chosen_and_taken_away(dana, django_capture_on_commit_callbacks):
    client = signed_in(dana)
    assert client.post("/accounts/picture/", {"picture": a_picture()}).status_code == 302
    assert "/media/faces/" in client.get("/accounts/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post("/accounts/picture/", {"remove": "1"}).status_code == 302
    assert whole_folder() == {}


def test_a_moderator_takes_it_away_with_a_reason_that_its_owner_reads(dana, editor):
    appearance.show_picture(user=dana, file=a_picture(), at=NOW)
    with pytest.raises(IncompleteError):
        appearance.take_picture_away(user=dana, reason=" ", by=editor, at=LATER)
    appearance.take_picture_away(user=dana, reason="Shows somebody else.", by=editor, at=LATER)
    assert PictureTakenAway.objects.get().by == editor
    assert "Shows somebody else." in Letter.objects.get(to_user=dana).text
    with pytest.raises(EditorialRefusal):
        appearance.take_picture_away(user=dana, reason="Again.", by=editor, at=LATER)


def test_nobody_else_takes_it_away(dana, reader):
    appearance.show_picture(user=dana, file=a_picture(), at=NOW)
    with pytest.raises(PermissionDenied):
        appearance.take_picture_away(user=dana, reason="Mine.", by=reader, at=LATER)


def test_moderators_find_it_beside_a_comment_and_never_by_one_under_a_byline(dana, post, as_editor, as_reader):
    comment = make_comment(post, dana)
    under = make_comment(post, dana, author=make_author(dana, name="The Mole", is_pen_name=True))
    appearance.show_picture(user=dana, file=a_picture(), at=NOW)
    path = "/admin/accounts/comment/{}/picture/"
    assert path.format(comment.pk) in as_editor.get(f"/admin/accounts/comment/{comment.pk}/change/").content.decode()
    assert path.format(under.pk) not in as_editor.get(f"/admin/accounts/comment/{under.pk}/change/").content.decode()
    assert as_editor.get(path.format(under.pk)).status_code == 404
    assert as_reader.post(path.format(comment.pk), {"reason": "Mine."}).status_code == 302
    assert AccountPicture.objects.exists()
    assert as_editor.post(path.format(comment.pk), {"reason": "\x00"}).status_code == 422
    assert as_editor.post(path.format(comment.pk), {"reason": "Shows somebody else."}).status_code == 302
    assert not AccountPicture.objects.exists()
    assert as_editor.get(path.format(comment.pk)).status_code == 404
