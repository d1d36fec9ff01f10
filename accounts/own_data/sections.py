"""The parts of the archive that are more than columns of rows: comments, pieces, letters. Each gives row after row."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.html import strip_tags

from accounts.models import AccountPicture, Comment, CommentDecision, CommentEdit, TakenOver
from accounts.roles import BESIDE_THE_ROLE, has_beside, role_of
from blog.editorial.letters.writing import absolute
from blog.editorial.names.identity import looks_behind_names_of
from blog.editorial.noting.noted import notes_on
from blog.models import Author, Identity, Invitation, Letter, Picture, Pitch, PitchEvent, Post, SignOff

if TYPE_CHECKING:
    from accounts.models import User

Row = dict[str, Any]
SOME = 100


@dataclass
class Asked:
    """Whose archive is made. `files` collects what goes in beside the JSON: names in the archive by those here."""

    user: "User"
    addresses: Sequence[str]
    files: dict[str, str] = field(default_factory=dict)

    def take(self, folder: str, name: str) -> str:
        """Note a file for the archive, and return where it will be found there."""
        place = f"{folder}/{name.rpartition('/')[2]}"
        self.files[place] = name
        return place

    def who(self, user_pk: int | None) -> str:
        """Return who did something: nobody else is named in the archive."""
        return "you" if user_pk == self.user.pk else "somebody else"


def account(asked: Asked) -> Iterator[Row]:
    """Give the account itself, with its role and limits."""
    user = asked.user
    yield {
        "display_name": user.display_name,
        "main_address": user.email,
        "joined_at": user.joined_at,
        "last_signed_in_at": user.last_login,
        "has_a_password": user.has_usable_password(),
        "role": str(role_of(user) or ""),
        "limited_to": list(user.remits.values_list("category__name", flat=True)),
        "beside_the_role": [name for name in BESIDE_THE_ROLE if has_beside(user, name)],
    }


def picture(asked: Asked) -> Iterator[Row]:
    """Give the picture beside the comments."""
    for row in AccountPicture.objects.filter(user=asked.user):
        yield {"file": asked.take("files", row.file.name or ""), "uploaded_at": row.taken_in_at}


def comments(asked: Asked) -> Iterator[Row]:
    """Give each comment with its earlier texts and what editors decided, without who decided."""
    rows = Comment.objects.filter(user=asked.user).select_related("author", "post__live", "post__working")
    rows = rows.prefetch_related(
        Prefetch("edits", CommentEdit.objects.order_by("at", "pk")),
        Prefetch("decisions", CommentDecision.objects.order_by("at", "pk")),
    )
    for row in rows.order_by("pk").iterator(chunk_size=SOME):
        yield {
            "under": row.post.live.title if row.post.live else "",
            "address": absolute(row.own_url()),
            "name_beside_it": row.author.name if row.author else asked.user.display_name,
            "is_a_reply": row.parent_id is not None,
            "text": row.text,
            "state": row.state,
            "written_at": row.written_at,
            "edited_at": row.edited_at,
            "deleted_at": row.deleted_at,
            "earlier_texts": [{"text": edit.text, "replaced_at": edit.at} for edit in row.edits.all()],
            "decisions": [{"kind": one.kind, "at": one.at, "reason": one.reason} for one in row.decisions.all()],
        }


def comments_of_archives(asked: Asked) -> Iterator[Row]:
    """Give what came with an archive and was written with one's address, and what one took over."""
    rows = Comment.objects.filter(user__archived_name__address__in=asked.addresses)
    rows = rows.select_related("user__archived_name__archive", "post__live")
    for row in rows.order_by("pk").iterator(chunk_size=SOME):
        name = row.user.archived_name
        yield {
            "archive": name.archive.name,
            "name_beside_it": name.name,
            "address_typed_with_it": name.address,
            "left_as_it_is_at": name.left_at,
            "under": row.post.live.title if row.post.live else "",
            "text": row.text,
            "state": row.state,
            "written_at": row.written_at,
        }
    for taken in TakenOver.objects.filter(user=asked.user).select_related("archive").order_by("pk"):
        yield {
            "archive": taken.archive.name,
            "name_beside_it": taken.name,
            "taken_over_at": taken.at,
            "comments": taken.comments,
        }


def names(asked: Asked) -> Iterator[Row]:
    """Give the public names that are one's own, pen names included, and who looked behind them."""
    looks = looks_behind_names_of(user=asked.user)
    for row in Identity.objects.filter(user=asked.user).select_related("author__portrait").order_by("pk"):
        author: Author = row.author
        portrait = author.portrait
        yield {
            "name": author.name,
            "is_pen_name": author.is_pen_name,
            "role": author.role,
            "organisation": author.organisation,
            "about": author.about,
            "portrait": asked.take("files", portrait.file.name or "") if portrait else "",
            "looked_behind": [
                {"at": look.at, "by": look.by.display_name if look.by else "", "reason": look.reason}
                for look in looks
                if look.author_id == author.pk
            ],
        }


def pieces(asked: Asked) -> Iterator[Row]:
    """Give each piece that has one's name on it: one's own revisions, its history, notes and correspondence.

    What editors wrote into the text is theirs and the piece's; what they wrote to its writers is in it.
    """
    for pk in Post.objects.held_by(asked.user).order_by("pk").values_list("pk", flat=True):
        post = Post.objects.select_related("working", "live").get(pk=pk)
        yield {
            "title": post.title,
            "address": absolute(post.get_absolute_url()) if post.published_at and post.slug else "",
            "desk": absolute(reverse("writing:piece", args=[post.pk])),
            "state": post.state,
            "asked_for": post.brief,
            "published_at": post.published_at,
            "your_names": list(
                Author.objects.filter(bylines__post=post, identity__user=asked.user).values_list("name", flat=True)
            ),
            "revisions": [
                {
                    "number": one.number,
                    "written_at": one.written_at,
                    "title": one.title,
                    "standfirst": one.standfirst,
                    "body": one.body,
                    "plain": strip_tags(one.body),
                }
                for one in post.revisions.filter(written_by=asked.user).order_by("number").iterator(chunk_size=SOME)
            ],
            "moves": [
                {"kind": one.kind, "from": one.from_state, "to": one.to_state, "at": one.at, "reason": one.reason,
                 "by": asked.who(one.by_id)}
                for one in post.moves.all()
            ],
            "messages": [
                {"at": one.at, "by": asked.who(one.by_id), "text": one.text} for one in post.messages.all()
            ],
            "notes": [
                {"at": one.note.at, "by": asked.who(one.note.by_id), "about": one.words, "text": one.note.text,
                 "instead": one.note.new, "outcome": one.note.outcome, "answers": [
                     {"at": said.at, "by": asked.who(said.by_id), "text": said.text} for _name, said in one.answers
                 ]}
                for one in notes_on(post, reader=asked.user, text=None)
            ],
            "sign_offs": list(
                SignOff.objects.filter(post=post, author__identity__user=asked.user).values(
                    "revision__number", "at", "voided_at"
                )
            ),
            "word_files": list(
                post.word_files.filter(brought_by=asked.user).values("brought_at", "pictures", "left_out")
            ),
        }  # fmt: skip


def pictures(asked: Asked) -> Iterator[Row]:
    """Give the pictures that one uploaded."""
    for row in Picture.objects.filter(uploaded_by=asked.user).order_by("pk").iterator(chunk_size=SOME):
        yield {
            "file": asked.take("files", row.file.name or ""),
            "description": row.alt,
            "caption": row.caption,
            "credit": row.credit,
            "uploaded_at": row.uploaded_at,
        }


def invitations(asked: Asked) -> Iterator[Row]:
    """Give the invitations that one got."""
    mine = Q(accepted_by=asked.user) | Q(email__in=asked.addresses)
    yield from (
        Invitation.objects.filter(mine)
        .order_by("pk")
        .values(
            *("name", "email", "note", "sent_at", "expires_at", "opened_at", "accepted_at", "declined_at", "revoked_at")
        )
    )


def pitches(asked: Asked) -> Iterator[Row]:
    """Give the pitches that came from one's addresses, with what was said about them."""
    rows = Pitch.objects.filter(email__in=asked.addresses).prefetch_related(
        Prefetch("events", PitchEvent.objects.order_by("at", "pk"))
    )
    for row in rows.order_by("pk"):
        yield {
            **{name: getattr(row, name) for name in ("name", "email", "title", "text", "about", "state", "sent_at")},
            "said": [
                {"kind": one.kind, "at": one.at, "by": "an editor" if one.is_by_editor else "you", "text": one.text}
                for one in row.events.all()
                if one.text or not one.is_by_editor
            ],
        }


def letters(asked: Asked) -> Iterator[Row]:
    """Give the letters that went out to one, but for those with a code or a link that opens the account."""
    mine = Q(to_user=asked.user) | Q(to_address__in=asked.addresses)
    sent = Letter.objects.filter(mine, status=Letter.Status.SENT, is_confidential=False).order_by("pk")
    for row in sent.values("kind", "to_address", "sent_at", "subject", "text").iterator(chunk_size=SOME):
        yield dict(row)


BY_HAND: dict[str, Callable[[Asked], Iterator[Row]]] = {
    made.__name__: made
    for made in (
        *(account, picture, comments, comments_of_archives, names, pieces, pictures, invitations, pitches, letters),
    )
}
