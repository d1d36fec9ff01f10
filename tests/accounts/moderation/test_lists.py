"""The lists of moderation in the admin: they cost the same however long they are, and lead on."""

import datetime as dt

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.commenting import blocking, complaints, moderation
from accounts.models import Comment
from accounts.roles import Role, give_role
from tests.factories import NOW, UserFactory, make_comment
from tests.people import signed_in

LISTS = ("comment", "commentdecision", "accountblock", "complaint", "user")


def make_rows(post, number: int) -> Comment:
    """Make a comment that is approved, an account that is blocked beside it, and a complaint, so many times."""
    for _ in range(number):
        user = UserFactory()
        comment = make_comment(post, user, state=Comment.State.HELD)
        moderation.approve(comment=comment, by=post.editor, at=NOW)
        blocking.block(user=user, reason="Spam.", by=post.editor, at=NOW)
        page = f"http://blog.example{post.get_absolute_url()}"
        words = {"kind": "other", "passage": "x", "why": "y", "name": "Max", "email": user.email}
        complaints.complain(page=page, **words, at=NOW + dt.timedelta(minutes=1))
    return comment


def test_they_ask_the_database_the_same_number_of_times(post):
    administrator = UserFactory()
    give_role(user=administrator, role=Role.ADMINISTRATOR, at=NOW)
    as_administrator = signed_in(administrator)

    def costs() -> dict[str, int]:
        found = {}
        for name in LISTS:
            with CaptureQueriesContext(connection) as queries:
                assert as_administrator.get(f"/admin/accounts/{name}/").status_code == 200
            found[name] = len(queries)
        return found

    make_rows(post, 1)
    costs()
    one = costs()
    make_rows(post, 3)
    assert costs() == one


def test_the_list_of_blocks_leads_to_where_a_block_is_lifted(post, as_editor):
    comment = make_rows(post, 1)
    assert f"/admin/accounts/comment/{comment.pk}/change/" in as_editor.get("/admin/accounts/accountblock/").text
