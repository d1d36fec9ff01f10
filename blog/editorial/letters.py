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
from django.utils.translation import gettext

from blog.models import Byline, Invitation, Letter, Masthead, Post
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
    is_confidential: bool = False,
    **context: Any,
) -> Letter:
    """Write one letter from `templates/letters/<kind>.txt`, whose first line is the subject."""
    content = render_to_string(
        f"letters/{kind}.txt",
        {
            **context,
            "post": post,
            "invitation": invitation,
            "to_name": to_name,
            "masthead": Masthead.current(),
            "site_url": settings.SITE_URL,
            "at": at,
        },
    )
    subject, _, text = content.strip().partition("\n")
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
        is_confidential=is_confidential,
    )


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
    is_confidential: bool = False,
) -> Letter:
    """Write one letter whose subject and text are at hand. Line breaks can't get into its headers."""
    return Letter.objects.create(
        kind=kind,
        to_address=to_address,
        to_name=clean_line(to_name)[:120],
        subject=clean_line(subject)[:250],
        text=text.strip() + "\n",
        written_at=at,
        due_at=at,
        message_id=make_msgid(domain=settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >") or "localhost"),
        to_user=to_user,
        post=post,
        invitation=invitation,
        is_confidential=is_confidential,
    )


def tell_writers(kind: str, *, post: Post, by: "User", at: dt.datetime, **context: Any) -> list[Letter]:
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
    """Write to the editor who looks after the piece, or to all editors, but not to who did it."""
    by_name = name_for(by, post)
    return [
        write_letter(
            f"to_editor/{kind}",
            to_address=editor.email,
            to_name=editor.display_name,
            to_user=editor,
            post=post,
            at=at,
            by_name=by_name,
            **context,
        )
        for editor in editors_to_tell(post, by)
    ]


def writers_to_tell(post: Post, by: "User") -> "dict[User, str]":
    """Return whom a letter to the writers goes to, each with the name on the byline: not to who acts."""
    users: dict[User, str] = {}
    for byline in _bylines(post):
        identity = getattr(byline.author, "identity", None)
        if identity and identity.user_id != by.pk and identity.user.is_active:
            users.setdefault(identity.user, byline.author.name)
    return users


def editors_to_tell(post: Post, by: "User") -> "list[User]":
    """Return whom a letter to the editors goes to: who looks after the piece, or else all; not to who acts."""
    looks_after = post.editor
    recipients = [looks_after] if looks_after and looks_after.is_active else editors()
    return [editor for editor in recipients if editor.pk != by.pk]


def editors() -> "Iterable[User]":
    """Return the accounts that may edit pieces."""
    return holders_of("blog.edit_pieces")


def holders_of(permission: str) -> "Iterable[User]":
    """Return the active accounts with a permission, through a group, on their own, or as administrators."""
    app, _, codename = permission.partition(".")
    granted = Permission.objects.filter(content_type__app_label=app, codename=codename)
    return (
        get_user_model()
        .objects.filter(is_active=True)
        .filter(Q(groups__permissions__in=granted) | Q(user_permissions__in=granted) | Q(is_superuser=True))
        .distinct()
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
    """Return the name on the byline of each account that has one, by the account's key; of several, the first."""
    names: dict[int, str] = {}
    for byline in _bylines(post):
        identity = getattr(byline.author, "identity", None)
        if identity:
            names.setdefault(identity.user_id, byline.author.name)
    return names


def _bylines(post: Post) -> list[Byline]:
    """Return the bylines in their order with who is behind them: in one query, or none if they were brought along."""
    if "bylines" in getattr(post, "_prefetched_objects_cache", {}):
        return post.ordered_bylines()
    return list(post.bylines.select_related("author__identity__user").order_by("position"))
