"""Who has signed off a proof, who has not, and who was invited to write it: the sentences a writer reads.

Pure wording, from what `access.with_history` has brought along.
"""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.html import format_html
from django.utils.translation import gettext as _

from blog.desk.words import day, listed
from blog.editorial.names.bylines import hash_of, waits_for_answers
from blog.models import Author, Post

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class SigningOff:
    """How far a proof has come, for one of its writers."""

    post: Post
    today: dt.date
    invited: list[str]
    is_mine: bool
    given: list[str]
    others: list[str]

    @classmethod
    def of(cls, post: Post, *, reader: "User", today: dt.date) -> "SigningOff":
        """Return how far the proof of a piece has come: text and byline as they stand now."""
        names = post.ordered_bylines()
        byline_hash = hash_of(names)
        signed = {
            given.author_id
            for given in post.sign_offs.all()
            if given.revision_id == post.working_id and given.byline_hash == byline_hash and given.voided_at is None
        }
        unsigned = [one.author for one in names if one.author_id not in signed]
        return cls(
            post=post,
            today=today,
            invited=invited_to(post),
            is_mine=any(_is_behind(author, reader) for author in unsigned),
            given=[one.author.name for one in names if one.author_id in signed],
            others=[author.name for author in unsigned if not _is_behind(author, reader)],
        )

    @property
    def waits(self) -> str:
        """Say that invited names keep it from being signed off."""
        return format_html("{}", waits_for_answers(self.invited))

    def please(self, *, editor: str) -> str:
        """Ask for the sign-off by its day, or say that the day has passed."""
        due = self.post.proof_due_date
        if due is None:
            return _("Read it and sign it off; nothing is published before you do.")
        sentence = _(
            "Please sign it off by <b>{due}</b>, or tell {editor} if you need longer. Nothing is published before you "
            "have signed it."
        )
        if due < self.today:
            sentence = _("Your sign-off was due on <b>{due}</b>. Sign it off, or tell {editor} how long you need.")
        return format_html(sentence, due=day(due, self.today), editor=editor)

    @property
    def others_so_far(self) -> str:
        """Say which of the others have signed off, and which have not: Ben has signed off; Ann has not yet."""
        if not self.given:
            return ""
        given = _("{names} has signed off") if len(self.given) == 1 else _("{names} have signed off")
        sentence = given.format(names=listed(self.given))
        if not self.others:
            return format_html("{}.", sentence)
        missing = _("{names} has not yet") if len(self.others) == 1 else _("{names} have not yet")
        return format_html("{}; {}.", sentence, missing.format(names=listed(self.others)))

    @property
    def you_have(self) -> str:
        """Say that the reader has signed off, who has not, and by when."""
        sentence = _("You have signed it off; {names} has not yet. You need do nothing.")
        if len(self.others) != 1:
            sentence = _("You have signed it off; {names} have not yet. You need do nothing.")
        due = self.post.proof_due_date
        if due is None:
            return format_html(sentence, names=listed(self.others))
        when = _("It was due on {due}.") if due < self.today else _("It is due by {due}.")
        return format_html(
            "{} {}", format_html(sentence, names=listed(self.others)), when.format(due=day(due, self.today))
        )


def invited_to(post: Post) -> list[str]:
    """Return the names on the byline whose invitation to the piece nobody has answered."""
    waiting = {one.author_id for one in getattr(post, "waiting_invitations", [])}
    return [one.author.name for one in post.ordered_bylines() if one.author_id in waiting]


def invited_as_well(post: Post) -> str:
    """Say who has been asked to write a piece as well and has not answered."""
    invited = invited_to(post)
    if not invited:
        return ""
    return format_html(_("Invited to write with you, no answer yet: {names}."), names=listed(invited))


def _is_behind(author: Author, reader: "User") -> bool:
    identity = getattr(author, "identity", None)
    return identity is not None and identity.user_id == reader.pk
