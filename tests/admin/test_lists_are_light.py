"""Lists stay light: none reads the long texts of the pieces it names."""

from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from blog.models import Letter
from blog.states import State
from tests.admin.pages import piece_now
from tests.factories import UserFactory, make_comment

TITLE, NAME = "Who closes a row?", "Priya Raman"
LISTS = {
    "admin:index": TITLE,
    "admin:blog_post_changelist": TITLE,
    "admin:blog_letter_changelist": TITLE,
    "admin:blog_author_changelist": NAME,
    "admin:accounts_comment_changelist": TITLE,
    "reading:home": TITLE,
    "reading:authors": NAME,
    "writing:pieces": TITLE,
    "accounts:home": TITLE,
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_leaves_the_long_texts_where_they_are(name, as_editor, editor):
    for state, writer in product((State.SUBMITTED, State.IN_PROOF, State.PUBLISHED), (editor, UserFactory())):
        post = piece_now(state, editor=editor, writer=writer)
        make_comment(post, editor, written_at=timezone.now())
        make_comment(post, editor, written_at=timezone.now(), state="held")
    Letter.objects.update(status=Letter.Status.FAILED)

    with CaptureQueriesContext(connection) as asked:
        response = as_editor.get(reverse(name))

    # The desk counts the changes in each proof, for which it needs the texts of these
    long = [q["sql"] for q in asked if '"body"' in q["sql"].partition(" FROM ")[0] and '"id" IN (' not in q["sql"]]
    assert LISTS[name] in response.content.decode()
    assert long == []
