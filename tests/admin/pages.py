"""What the tests of the desk share: addresses, and reading the buttons of a page."""

import re
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog.models import Post
from blog.states import State
from tests.factories import make_piece

OFFERED = re.compile(r'data-move="(\w+)"')


def review_url(post: Post) -> str:
    return reverse("admin:blog_post_change", args=[post.pk])


def edit_url(post: Post) -> str:
    return reverse("admin:blog_post_edit", args=[post.pk])


def make_move(client: Client, post: Post, kind: str, **fields: Any):
    """Press a button of the review page, with a reason at hand for the moves that want one."""
    post.refresh_from_db()
    data = {"seen": post.working_id, "reason": "Who answers, and by when?", **fields}
    return client.post(reverse("admin:blog_post_move", args=[post.pk, kind]), data)


def buttons(client: Client, post: Post) -> list[str]:
    return OFFERED.findall(client.get(review_url(post)).content.decode())


def piece_now(state: State = State.DRAFTING, **fields: Any) -> Post:
    """Make a piece whose moments are today's, as the views read the clock."""
    return make_piece(state, at=timezone.now(), **fields)
