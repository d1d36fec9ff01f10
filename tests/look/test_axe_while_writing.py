"""axe finds nothing on the pages beside the writing: two texts that become one, and a Word file."""

import pytest

from blog.editorial import drafting
from blog.models import Post
from blog.states import State
from tests.factories import NOW, UserFactory, make_editor, make_piece
from tests.look.axe import problems_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BODY = "<h2>Rows</h2><p>We kept a tally beside the {}.</p><p>{}</p>"


def clash(post: Post, by) -> int:
    began = post.working_id
    first, second = (
        drafting.Text(title=title, body=BODY.format(place, title))
        for title, place in (("A", "copier"), ("B", "window"))
    )
    drafting.save_text(post=post, text=first, by=by, at=NOW, based_on=began)
    with pytest.raises(drafting.ConflictError) as conflict:
        drafting.save_text(post=post, text=second, by=by, at=NOW, based_on=began)
    return conflict.value.kept.pk


def test_at_the_guests_desk(open_page):
    writer = UserFactory()
    post = make_piece(writer=writer, body=BODY.format("kettle", "x"))
    kept = clash(post, writer)
    page, found = open_page(writer), []
    for address in (f"/desk/{post.pk}/merge/{kept}/", f"/desk/{post.pk}/word/", f"/desk/{post.pk}/"):
        page.goto(address)
        if "merge" in address:
            page.get_by_label("Write it by hand").last.check()
        found += problems_of(page)
    page.get_by_role("link", name="Bring in a Word file").click()
    found += problems_of(page)

    assert not found, "\n".join(found)


def test_at_the_editors_desk(open_page):
    editor = make_editor()
    post = make_piece(State.SUBMITTED, editor=editor, body=BODY.format("kettle", "x"))
    kept = clash(post, editor)
    page, found = open_page(editor), []
    for address in (f"merge/{kept}/", "word/"):
        page.goto(f"/admin/blog/post/{post.pk}/{address}")
        found += problems_of(page)

    assert not found, "\n".join(found)
