"""Correcting what is published: the live text stays until an editor publishes the corrected one."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from blog.editorial import drafting
from blog.editorial.hub import announce
from blog.editorial.letters import tell_writers
from blog.editorial.listings import relist
from blog.editorial.moves import move
from blog.editorial.refusals import EditorialRefusal
from blog.models import Correction, Move, Post
from blog.states import MoveKind

if TYPE_CHECKING:
    from accounts.models import User


def publish_correction(*, post: Post, note: str, by: "User", at: dt.datetime, seen: int | None = None) -> Move:
    """Make the working text of a published piece the live one.

    In one transaction: moves it (the note is the recorded reason), makes the text live, adds the correction that
    readers see with its note, records that pages with it are out of date, and tells the writers. Address and date stay.
    A piece whose time lies ahead is refused: nobody has read it, so it goes back to its writers for their sign-off
    instead.
    """
    with transaction.atomic():
        row = Post.objects.locked(post.pk)
        made = move(post=post, kind=MoveKind.CORRECT, by=by, at=at, reason=note, seen=seen, live_id=row.working_id)
        if not row.is_visible_at(at):
            raise EditorialRefusal(_("The piece is not out yet. Take it off the schedule to change it."))
        if row.live is None or row.working is None or row.live_id == row.working_id:
            raise EditorialRefusal(_("There is nothing to correct: edit the text first."))
        drafting.require_complete(post)
        Correction.objects.create(post=post, note=made.reason, earlier=row.live, corrected=row.working, at=at)
        relist(post=post, at=at)
        announce(post=post, at=at)
        tell_writers("corrected", post=post, by=by, at=at, reason=made.reason)
    return made
