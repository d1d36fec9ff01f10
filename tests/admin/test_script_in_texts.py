"""Script in any text field is shown as text in the desk, or removed."""

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.editorial import drafting
from blog.models import Letter, Post, Series
from blog.states import State
from tests.admin.pages import edit_url, make_move, piece_now, review_url
from tests.factories import make_author

pytestmark = pytest.mark.django_db

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def post(editor, writer) -> Post:
    """A piece with script in every text that somebody can write."""
    author = make_author(writer, name=SCRIPT, role=SCRIPT, organisation=SCRIPT, about=SCRIPT)
    series = Series.objects.create(title=SCRIPT, slug="script", description=SCRIPT)
    post = piece_now(
        State.SUBMITTED,
        editor=editor,
        writer=writer,
        author=author,
        title=SCRIPT,
        brief=SCRIPT,
        body=f"<p>Words. {SCRIPT}<img src=x alt=x onerror=alert(1)></p>",
        series=series,
        part_number=1,
    )
    drafting.say(post=post, text=SCRIPT, by=writer, at=timezone.now())
    return post


def test_no_page_of_the_desk_carries_it(post, as_editor):
    author = post.ordered_bylines()[0].author
    make_move(as_editor, post, "ask_for_changes", reason=SCRIPT)
    piece = [reverse(f"admin:blog_post_{page}", args=[post.pk]) for page in ("versions", "particulars")]
    letters = [reverse("admin:blog_letter_change", args=[letter.pk]) for letter in Letter.objects.all()]
    lists = [f"/admin/blog/{path}/" for path in ("post", "letter", "author", "series")]
    urls = ["/admin/", review_url(post), *piece, *letters, *lists, f"/admin/blog/author/{author.pk}/change/"]
    for url in urls:
        page = as_editor.get(url).content.decode()
        assert SCRIPT not in page, url
        assert "<img src=x" not in page, url
        assert "onerror" not in page, url


def test_the_writing_page_and_the_comparison_carry_it_as_text(post, as_editor):
    revisions = list(post.revisions.order_by("number"))
    compare = reverse("admin:blog_post_compare", args=[post.pk, revisions[0].pk, revisions[-1].pk])
    for url in (edit_url(post), compare):
        page = as_editor.get(url).content.decode()
        assert SCRIPT not in page
        assert "&lt;script&gt;" in page


def test_what_was_typed_and_refused_is_shown_as_text(post, as_editor):
    response = as_editor.post("/admin/blog/post/invite/", {"name": SCRIPT, "email": SCRIPT, "note": SCRIPT})
    assert response.status_code == 422
    assert SCRIPT not in response.content.decode()


def test_desk_pages_have_no_inline_script_or_style(post, as_editor):
    for url in (
        "/admin/",
        "/admin/blog/post/",
        "/admin/blog/letter/",
        "/admin/blog/series/",
        review_url(post),
        edit_url(post),
    ):
        page = as_editor.get(url).content.decode()
        assert "<style" not in page
        assert " style=" not in page
        assert "<script>" not in page
        assert "default-src 'none'" in as_editor.get(url)["Content-Security-Policy"]
