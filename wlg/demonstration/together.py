"""Two who write a piece together, one who has not answered yet, and a correction proposed after publication."""

import datetime as dt

from accounts.models import User
from blog.editorial import invitations, proof, proposals
from blog.editorial.names import co_authors, identity
from blog.models import Post
from blog.states import State

HOUR = dt.timedelta(hours=1)


def write_together(users: dict[str, User], *, at: dt.datetime) -> None:
    """Put a second name on a draft and on a proof, and let a writer find a slip in what is published."""
    guest = users["priya-raman"]
    draft = Post.objects.held_by(guest).filter(state=State.DRAFTING).order_by("pk").first()
    if draft:
        co_authors.invite(
            post=draft,
            name="Ruth Calloway",
            email="ruth-calloway@aob.example",
            note="You wrote half of the method, so half of this is yours.",
            by=guest,
            at=at - 20 * HOUR,
        )
    in_proof = Post.objects.filter(state=State.IN_PROOF, is_guest_piece=True).exclude(authors__identity__user=guest)
    if read_twice := in_proof.order_by("pk").first():
        _sign_with(read_twice, guest, editor=users["tom-ashby"], at=at - 30 * HOUR)
    out = Post.objects.visible_at(at).held_by(guest).order_by("-published_at").first()
    if out:
        proposals.propose(
            post=out,
            wrong="The lane turned out to be a highway after all, so the second answer was wrong as well.",
            wanted="The second officer told her, wrongly, that the lane was private.",
            block=1,
            by=guest,
            at=at - 3 * HOUR,
        )


def _sign_with(post: Post, guest: User, *, editor: User, at: dt.datetime) -> None:
    """Invite a second name onto a proof, which accepts; the first one signs again, the second has not yet."""
    first = User.objects.filter(identities__author__bylines__post=post).first()
    sent = co_authors.invite(post=post, name="Priya Raman", email=guest.email, by=editor, at=at)
    invitations.accept(invitation=sent, by=guest, at=at + HOUR)
    byline = post.bylines.select_related("author").get(author__identity__user=guest)
    details = identity.details_of(byline.author)
    identity.set_byline(post=post, author=byline.author, details=details, by=guest, at=at + HOUR)
    if first and post.working_id:
        proof.sign_off(post=post, seen=post.working_id, by=first, at=at + 3 * HOUR)
