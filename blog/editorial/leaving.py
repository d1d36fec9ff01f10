"""What becomes of the pieces, pitches, invitations and letters of somebody who erases their account.

Published pieces keep their byline, as agreed: a public name is not the account. What editors have received is kept as
the blog's correspondence, under the name on the byline; what only its writer has seen goes. This is the one place
where a revision is ever emptied: nothing that anyone typed is lost, unless they want it to be (UK GDPR, article 17).
"""

import datetime as dt
import re
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from blog import keys
from blog.editorial import drafting, review
from blog.editorial.invitation_post import cancel_unsent, hash_of
from blog.editorial.names.bylines import goes_off
from blog.editorial.names.identity import free_slug
from blog.editorial.upkeep import renditions
from blog.editorial.upkeep.purges import mark
from blog.models import (
    Author,
    Identity,
    Invitation,
    Letter,
    LetterAct,
    News,
    Note,
    NoteAnswer,
    Pitch,
    PitchEvent,
    PitchState,
    Post,
    Revision,
)
from blog.models.pitches import OPEN_STATES
from blog.states import OUT_STATES, UNPUBLISHED_STATES, MoveKind, State

if TYPE_CHECKING:
    from accounts.models import User

NOWHERE = "erased.invalid"  # No mail can ever be sent there (RFC 2606, section 2)
MANY = 500
# As in a text: not within a longer word
WHOLE = r"(?<!\w){}(?!\w)"


@dataclass
class Plan:
    """What would become of somebody's pieces, by kind."""

    out: list[Post] = field(default_factory=list)
    agreed: list[Post] = field(default_factory=list)
    shared: list[Post] = field(default_factory=list)
    withdrawn: list[Post] = field(default_factory=list)
    emptied: list[Post] = field(default_factory=list)
    closed: list[Post] = field(default_factory=list)


def nowhere() -> str:
    """Return an address that is nobody's, and like no other."""
    return f"{secrets.token_hex(8)}@{NOWHERE}"


def plan(user: "User") -> Plan:
    """Say what would become of each piece that has somebody's name on it.

    What is out stays, and so does what is signed off and ready. A piece with other writers stays theirs. One that no
    editor has ever been sent is withdrawn and emptied; one that an editor has been sent is withdrawn, and its text
    stays with the editors, as does that of pieces that were withdrawn or declined.
    """
    found = Plan()
    for post in Post.objects.held_by(user).select_related("working").order_by("pk"):
        others = Identity.objects.filter(author__bylines__post=post).exclude(user=user)
        if post.state in OUT_STATES:
            found.out.append(post)
        elif others.exists():
            found.shared.append(post)
        elif not post.moves.filter(kind=MoveKind.SUBMIT).exists():
            found.emptied.append(post)
        elif post.state == State.READY:
            found.agreed.append(post)
        elif post.state in UNPUBLISHED_STATES:
            found.withdrawn.append(post)
        else:
            found.closed.append(post)
    return found


def leave_pieces(*, user: "User", at: dt.datetime) -> None:
    """Do with somebody's pieces what `plan` says, while the account still stands behind its names.

    Withdrawing writes to the editors, as always. The other writers of a shared piece and its editors read in its
    conversation that somebody has left. Names that stand on nothing that anybody was sent are emptied as well.
    """
    with transaction.atomic():
        now = plan(user)
        names = list(Author.objects.filter(identity__user=user))
        for post in (*now.withdrawn, *now.emptied):
            if post.state in UNPUBLISHED_STATES:
                review.withdraw(post=post, by=user, at=at)
        for post in now.shared:
            if post.state in UNPUBLISHED_STATES:
                text = _("I have closed my account. My name stays on this piece, and my part of the text is yours.")
                drafting.say(post=post, text=text, by=user, at=at)
        for post in now.emptied:
            _empty(post, user)
        emptied = {post.pk for post in now.emptied}
        for author in names:
            if not _is_known(author, besides=emptied):
                _forget_name(author, at=at)
        Identity.objects.filter(user=user).delete()


def _empty(post: Post, user: "User") -> None:
    """Take out of a piece what its writer typed and nobody was sent."""
    # By the plain manager: the one of revisions refuses, as it should for everybody else
    Revision._base_manager.filter(post=post, written_by=user).update(  # noqa: SLF001  The way past the manager
        title="", standfirst="", body="", introduction="", introduced_by=None, lead_picture=None, words=0,
        content_hash=Revision().hash_of_content(),
    )  # fmt: skip
    own_notes = Note.objects.filter(post=post, by=user)
    NoteAnswer.objects.filter(Q(note__in=own_notes) | Q(note__post=post, by=user)).delete()
    own_notes.delete()
    post.word_files.update(left_out=[])
    for picture in post.pictures.filter(uploaded_by=user):
        renditions.take_away(picture=picture)


def _is_known(author: Author, *, besides: Collection[int]) -> bool:
    """Whether a name stands on a piece that anybody was sent, or has been read somewhere else."""
    on = author.bylines.exclude(post__in=besides)
    return on.exists() or author.introductions.exists() or author.sign_offs.exists() or author.mergers.exists()


def _forget_name(author: Author, *, at: dt.datetime) -> None:
    portrait = author.portrait
    author.name, author.is_pen_name, author.portrait = _("A former writer"), False, None
    author.role = author.organisation = author.about = ""
    author.slug = free_slug(author.name)
    author.save(update_fields=["name", "slug", "is_pen_name", "portrait", "role", "organisation", "about"])
    author.bylines.update(role="", organisation="")
    if portrait:
        renditions.take_away(picture=portrait)
    mark(keys.author(author.pk), at=at)


def forget_pitches(*, addresses: Collection[str], at: dt.datetime) -> list[str]:
    """Take name and address out of the pitches that came from these addresses; return the names.

    What was never confirmed goes altogether: no editor has seen it. What still waited for an answer is withdrawn. Title
    and text stay with the editors. The links in earlier letters stop working.
    """
    pitches = Pitch.objects.filter(email__in=addresses)
    names = [name for name in pitches.values_list("name", flat=True).distinct() if name]
    Letter.objects.filter(pitch__in=pitches, status__in=[Letter.Status.WAITING, Letter.Status.HELD]).update(
        status=Letter.Status.CANCELLED
    )
    for pitch in pitches.select_for_update(of=("self",)):
        if pitch.state == PitchState.UNCONFIRMED:
            pitch.letters.all().delete()
            pitch.delete()
            continue
        if pitch.state in OPEN_STATES:
            pitch.state, pitch.state_since = PitchState.WITHDRAWN, at
            PitchEvent.objects.create(pitch=pitch, kind=PitchEvent.Kind.WITHDRAW, at=at)
        forget_words(Letter.objects.filter(pitch=pitch), [pitch.name])
        pitch.name, pitch.email, pitch.about = _("A former reader"), nowhere(), ""
        pitch.nonce, pitch.token_hash = "", hash_of(secrets.token_urlsafe(32))
        pitch.save()
    return names


def forget_invitations(*, user: "User", addresses: Collection[str], at: dt.datetime) -> None:
    """Take name and address out of the invitations that somebody got.

    Those that wait for an answer are declined without a letter: the name goes off the byline where others write too.
    """
    for invitation in Invitation.objects.filter(Q(accepted_by=user) | Q(email__in=addresses)).order_by("pk"):
        if invitation.is_unanswered:
            post = Post.objects.locked(invitation.post_id)
            invitation.declined_at = at
            cancel_unsent(invitation)
            goes_off(post, invitation.author, by=None, at=at)
            if not _is_known(invitation.author, besides={post.pk}):
                _forget_name(invitation.author, at=at)
        if not Author.objects.filter(bylines__post=invitation.post_id, name=invitation.name).exists():
            forget_words(Letter.objects.filter(post=invitation.post_id), [invitation.name])
        invitation.name, invitation.email, invitation.is_address_hidden = _("A former reader"), nowhere(), False
        invitation.nonce, invitation.token_hash = "", hash_of(secrets.token_urlsafe(32))
        invitation.save()


def forget_letters(*, user: "User", addresses: Collection[str]) -> None:
    """Remove the letters that somebody got, and take their addresses out of everybody else's."""
    News.objects.filter(user=user).delete()
    Letter.objects.filter(Q(to_user=user) | Q(to_address__in=addresses)).delete()
    for address in addresses:
        found = Q(text__icontains=address) | Q(subject__icontains=address) | Q(last_error__icontains=address)
        found |= Q(acts__earlier_text__icontains=address)
        forget_words(Letter.objects.filter(found), [address])


def forget_work(*, user: "User") -> None:
    """Take the name of somebody who did things around pieces and pitches out of the letters that told of them.

    Not where it stands on the byline as well, which stays. To be called while the records still lead to the account.
    """
    did = Q(moves__by=user) | Q(messages__by=user) | Q(notes__by=user) | Q(invitations__invited_by=user)
    pieces = Post.objects.filter(did | Q(editor=user)).exclude(bylines__author__name=user.display_name)
    pitches = Pitch.objects.filter(Q(events__by=user) | Q(editor=user))
    named = Q(text__contains=user.display_name) | Q(subject__contains=user.display_name)
    letters = Letter.objects.filter(named).filter(
        Q(post__in=pieces.values("pk")) | Q(pitch__in=pitches.values("pk")) | Q(acts__by=user)
    )
    forget_words(letters, [user.display_name])


def forget_words(letters: QuerySet[Letter], words: Iterable[str], *, instead: str = "") -> None:
    """Take names, addresses or sentences out of letters, wherever they stand as whole words."""
    wanted = "|".join(WHOLE.format(re.escape(word)) for word in words if word)
    if not wanted:
        return
    # By a function: as a text it would be read for groups
    pattern, put = re.compile(wanted, re.IGNORECASE), instead or _("A former reader")
    rows = Letter.objects.filter(pk__in=list(letters.values_list("pk", flat=True).distinct()))
    for letter in rows.iterator(chunk_size=MANY):
        for name in ("subject", "text", "to_name", "last_error"):
            setattr(letter, name, pattern.sub(lambda _found: put, getattr(letter, name)))
        letter.subject, letter.to_name = letter.subject[:250], letter.to_name[:120]
        letter.save(update_fields=["subject", "text", "to_name", "last_error"])
        for act in LetterAct.objects.filter(letter=letter).exclude(earlier_text=""):
            act.earlier_text, act.earlier_subject = (
                pattern.sub(lambda _found: put, act.earlier_text),
                pattern.sub(lambda _found: put, act.earlier_subject)[:250],
            )
            act.save(update_fields=["earlier_text", "earlier_subject"])


def silence(letters: QuerySet[Letter]) -> None:
    """Empty letters that carry what somebody wrote or was called; those that have not gone out never do."""
    keys_of = list(letters.values_list("pk", flat=True).distinct())
    words = _("This letter was about somebody who has erased their account. Its words went with it.") + "\n"
    for start in range(0, len(keys_of), MANY):
        some = Letter.objects.filter(pk__in=keys_of[start : start + MANY])
        some.filter(status__in=[Letter.Status.WAITING, Letter.Status.HELD]).update(status=Letter.Status.CANCELLED)
        some.exclude(is_confidential=True, status=Letter.Status.SENT).update(text=words)
        some.update(subject=_("About a former reader"), last_error="")
        LetterAct.objects.filter(letter__in=some).exclude(earlier_text="").update(
            earlier_text=words, earlier_subject=_("About a former reader")
        )
