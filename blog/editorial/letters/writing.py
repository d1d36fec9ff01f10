"""Writing letters: rows in the transaction of what they report. The worker sends them (`post_room`)."""

import datetime as dt
from collections.abc import Iterable
from email.utils import make_msgid
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext

from blog.editorial.letters import (  # noqa: F401  Each brings the words of its letters along; here, so that none is missed
    about_bylines,
    about_invitations,
    about_mailings,
    about_pitches,
    about_subscriptions,
    to_editors,
    to_writers,
)
from blog.editorial.letters.choices import HowOften, choices_of
from blog.editorial.letters.kinds import KINDS, Given
from blog.editorial.letters.wordings import fill, wording_of
from blog.editorial.permissions import is_editor, is_in_limits
from blog.models import Byline, Invitation, Letter, Masthead, Move, News, Post
from blog.prose import clean_line

if TYPE_CHECKING:
    from accounts.models import User

# Stands in the row where the invitation's link belongs: the token itself is never stored
INVITATION_LINK = "[the link of the invitation]"


def absolute(path: str) -> str:
    """Return the full address of a path. From the settings, never from a request's Host header."""
    return f"{settings.SITE_URL}{path}"


def write_letter(
    kind: str,
    *,
    to_address: str,
    at: dt.datetime,
    to_name: str = "",
    to_user: "User | None" = None,
    post: Post | None = None,
    invitation: Invitation | None = None,
    move: Move | None = None,
    group: str | None = None,
    is_confidential: bool = False,
    **context: Any,
) -> Letter:
    """Write one letter, in the words that editors gave its kind or else in those of `templates/letters/<kind>.txt`.

    The words that are filled in are those of the registry (`letter_words`) and no others. A kind without a row there
    is made by a Django template, whose first line is the subject. A decision's letter goes out some minutes later.
    """
    registered = KINDS.get(kind)
    wording = wording_of(kind)
    if registered and wording:
        given = Given(at, settings.SITE_URL, clean_line(to_name), post, invitation, context)
        filled = fill(wording, registered.fill_from(given))
        subject, text = filled.subject, filled.text
    else:
        subject, text = _rendered(kind, context, post=post, invitation=invitation, to_name=to_name, at=at)
    is_decision = registered is not None and registered.is_decision and move is not None
    return put_in_post(
        kind,
        to_address=to_address,
        at=at,
        subject=subject,
        text=text,
        to_name=to_name,
        to_user=to_user,
        post=post,
        invitation=invitation,
        move=move,
        group=group if group is not None else registered.group if registered else "",
        due_at=at + dt.timedelta(minutes=settings.LETTER_MINUTES) if is_decision else at,
        is_confidential=is_confidential,
    )


def _rendered(kind: str, context: dict[str, Any], **given: Any) -> tuple[str, str]:
    everything = {**context, **given, "masthead": Masthead.current(), "site_url": settings.SITE_URL}
    subject, _, text = render_to_string(f"letters/{kind}.txt", everything).strip().partition("\n")
    return subject, text


def put_in_post(
    kind: str,
    *,
    to_address: str,
    at: dt.datetime,
    subject: str,
    text: str,
    to_name: str = "",
    to_user: "User | None" = None,
    post: Post | None = None,
    invitation: Invitation | None = None,
    move: Move | None = None,
    group: str = "",
    due_at: dt.datetime | None = None,
    is_confidential: bool = False,
) -> Letter:
    """Write one letter whose subject and text are at hand. Line breaks can't get into its headers.

    It goes out at once, or when it is `due_at`. `move` is the decision that it reports.
    """
    return Letter.objects.create(
        kind=kind,
        to_address=to_address,
        to_name=clean_line(to_name)[:120],
        subject=clean_line(subject)[:250],
        text=text.strip() + "\n",
        written_at=at,
        due_at=due_at or at,
        message_id=make_msgid(domain=settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >") or "localhost"),
        to_user=to_user,
        post=post,
        invitation=invitation,
        move=move,
        group=group,
        is_confidential=is_confidential,
    )


def tell_writers(kind: str, *, post: Post, by: "User | None", at: dt.datetime, **context: Any) -> list[Letter]:
    """Write to everybody on the byline who has an account, once each, but not to who did it."""
    by_name = name_for(by, post)
    return [
        write_letter(
            f"to_writer/{kind}",
            to_address=user.email,
            to_name=name,
            to_user=user,
            post=post,
            at=at,
            by_name=by_name,
            **context,
        )
        for user, name in writers_to_tell(post, by).items()
    ]


def tell_editors(kind: str, *, post: Post, by: "User", at: dt.datetime, **context: Any) -> list[Letter]:
    """Write to the editor who looks after the piece, or to all editors, but not to who did it.

    Of a piece that nobody looks after, each editor hears as they chose: at once, in the letter of the day, or not at
    all. If that left nobody, everybody would get the letter: no piece may arrive unseen.
    """
    by_name = name_for(by, post)
    told = editors_to_tell(post, by)
    registered = KINDS.get(f"to_editor/{kind}")
    can_be_unassigned = registered is not None and registered.group == "unassigned"
    is_unassigned = can_be_unassigned and post.editor not in told
    if is_unassigned:
        told = _as_they_chose(told, f"to_editor/{kind}", post=post, at=at, by_name=by_name, **context)
    return [
        write_letter(
            f"to_editor/{kind}",
            to_address=editor.email,
            to_name=editor.display_name,
            to_user=editor,
            post=post,
            at=at,
            by_name=by_name,
            group="" if can_be_unassigned and not is_unassigned else None,
            **context,
        )
        for editor in told
    ]


def _as_they_chose(told: "list[User]", kind: str, *, post: Post, at: dt.datetime, **context: Any) -> "list[User]":
    """Return who gets the letter at once, and keep a line for those who want one letter a day."""
    choices = choices_of(told, "unassigned")
    if all(often == HowOften.NEVER for often in choices.values()):
        return told
    daily = [editor for editor in told if choices[editor.pk] == HowOften.DAILY]
    wording = wording_of(kind)
    if daily and wording:
        words = KINDS[kind].fill_from(Given(at, settings.SITE_URL, "", post, None, context))
        for editor in daily:
            News.objects.get_or_create(
                user=editor,
                key=f"{kind}:{post.pk}:{at.isoformat()}",
                defaults={
                    "group": "unassigned",
                    "sentence": fill(wording, words).subject[:300],
                    "path": reverse("admin:blog_post_change", args=[post.pk]),
                    "at": at,
                },
            )
    return [editor for editor in told if choices[editor.pk] == HowOften.AT_ONCE]


def writers_to_tell(post: Post, by: "User | None") -> "dict[User, str]":
    """Return whom a letter to the writers goes to, each with the name on the byline: not to who acts."""
    users: dict[User, str] = {}
    for byline in _bylines(post):
        identity = getattr(byline.author, "identity", None)
        if identity and (by is None or identity.user_id != by.pk) and identity.user.is_active:
            users.setdefault(identity.user, byline.author.name)
    return users


def editors_to_tell(post: Post, by: "User | None") -> "list[User]":
    """Return whom a letter to the editors goes to: who looks after the piece, or else all; not to who acts."""
    looks_after = post.editor
    recipients = [looks_after] if looks_after and is_editor(looks_after) else editors_of(post)
    return [editor for editor in recipients if by is None or editor.pk != by.pk]


def editors() -> "Iterable[User]":
    """Return the accounts that may edit pieces."""
    return holders_of("blog.edit_pieces")


def editors_of(post: Post) -> "Iterable[User]":
    """Return the accounts that may edit this piece by their role and limits, whoever looks after it."""
    return [editor for editor in editors() if is_in_limits(editor, post)]


def holders_of(permission: str) -> "Iterable[User]":
    """Return the active accounts with a permission, through a group, on their own, or as administrators.

    Their limits come along, in one query for all of them.
    """
    app, _, codename = permission.partition(".")
    granted = Permission.objects.filter(content_type__app_label=app, codename=codename)
    return (
        get_user_model()
        .objects.filter(is_active=True)
        .filter(Q(groups__permissions__in=granted) | Q(user_permissions__in=granted) | Q(is_superuser=True))
        .distinct()
        .prefetch_related("remits")
    )


def name_for(user: "User | None", post: Post) -> str:
    """Return the name under which an account appears around a piece: the byline's for its writers.

    Everything that shows who did what (letters, history, messages) asks here, or for many accounts `name_in`, so
    that a pen name holds.
    """
    return name_in(names_around(post), user)


def name_in(names: dict[int, str], user: "User | None") -> str:
    """Return what `name_for` returns, from the names around the piece."""
    return names.get(user.pk, user.display_name) if user else gettext("Somebody who has left")


def names_around(post: Post) -> dict[int, str]:
    """Return the name on the byline of each account that has one, by the account's key; of several, the first.

    Whoever took their name off keeps it in what they did before.
    """
    authors = [byline.author for byline in _bylines(post)]
    if post.has_former_names:
        authors += [former.author for former in post.former_names.select_related("author__identity")]
    names: dict[int, str] = {}
    for author in authors:
        identity = getattr(author, "identity", None)
        if identity:
            names.setdefault(identity.user_id, author.name)
    return names


def _bylines(post: Post) -> list[Byline]:
    """Return the bylines in their order with who is behind them: in one query, or none if they were brought along."""
    if "bylines" in getattr(post, "_prefetched_objects_cache", {}):
        return post.ordered_bylines()
    return list(post.bylines.select_related("author__identity__user").order_by("position"))
