"""Beside the editors: one who is limited to a category, and a writer of the staff with a piece of her own."""

import datetime as dt

from accounts.models import User
from accounts.roles import Role, make_editor
from blog.editorial import drafting
from blog.models import Category
from wlg.demonstration.people import PASSWORD

HOUR = dt.timedelta(hours=1)


def employ(*, at: dt.datetime) -> None:
    """Make the two accounts, and begin the writer's piece."""
    democracy = Category.objects.filter(slug="democracy")
    make_editor(
        email="meera-joshi@aob.example",
        name="Meera Joshi",
        role=Role.EDITOR,
        limits=democracy,
        at=at,
        password=PASSWORD,
    )
    made, _ = make_editor(
        email="carys-bowen@aob.example", name="Carys Bowen", role=Role.WRITER, at=at, password=PASSWORD
    )
    writer = User.objects.get(pk=made.pk)  # With the permissions that it has now
    post = drafting.begin_own(by=writer, at=at, title="The committee room with no clock")
    body = "<p>There is a nail where it hung. Members look at the nail.</p>"
    text = drafting.Text(body=body, standfirst="Somebody took it down to change the battery in 2019.")
    drafting.save_text(post=post, text=text, by=writer, at=at + HOUR, based_on=post.working_id)
