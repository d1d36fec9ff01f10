"""What a mailing says, and to whom it says how to end it. Nothing in it is counted: no picture, no link of its own."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.crypto import salted_hmac
from django.utils.encoding import punycode
from django.utils.translation import gettext as _

from blog.editorial.letters.about_mailings import ANNOUNCEMENT, ROUND_UP
from blog.editorial.letters.html import html_of
from blog.editorial.letters.kinds import KINDS, Given
from blog.editorial.letters.wordings import Wording, fill, wording_of
from blog.editorial.letters.writing import absolute
from blog.editorial.mailings.round_up import pieces_of
from blog.editorial.permissions import is_in_limits
from blog.editorial.subscriptions.ending import end_link, manage_link
from blog.models import Delivery, Mailing, Masthead, Post, Subscription

if TYPE_CHECKING:
    from accounts.models import User

Kind = Subscription.Kind


@dataclass(frozen=True)
class Sample:
    """A mailing in the words that somebody who follows everything gets, without the end that is each reader's own."""

    kind: str
    subject: str
    text: str


def is_told_of(user: "User", post: Post, *, at: dt.datetime) -> bool:
    """Whether an editor is told of a piece in a mailing: within their limits, or once everybody can read it."""
    return is_in_limits(user, post) or post.is_visible_at(at)


class Contents:
    """What a mailing says at a moment, read once for many letters. `posts` are its pieces that are out, in order."""

    def __init__(self, mailing: Mailing, *, at: dt.datetime) -> None:
        self.mailing, self.at = mailing, at
        self.posts = pieces_of(mailing, at=at) if mailing.is_round_up else _announced(mailing, at)
        self.kind = ROUND_UP if mailing.is_round_up else ANNOUNCEMENT
        self.masthead = Masthead.current()
        wording = wording_of(self.kind)
        if wording is None:
            raise LookupError(self.kind)
        self._wording = wording
        self._filled: dict[tuple[int, ...], Wording] = {}

    def of(self, posts: Sequence[Post]) -> Wording:
        """Return subject and text of the letter with these of its pieces."""
        key = tuple(post.pk for post in posts)
        if key not in self._filled:
            self._filled[key] = fill(self._wording, KINDS[self.kind].fill_from(self._given(posts)))
        return self._filled[key]

    def _given(self, posts: Sequence[Post]) -> Given:
        if self.mailing.is_round_up:
            more = {"introduction": self.mailing.introduction, "pieces": "\n\n".join(map(_entry, posts))}
        else:
            post = posts[0]
            more = {
                "title": post.readers_title,
                "byline": _byline(post),
                "standfirst": post.live.standfirst if post.live else "",
                "part_of": _part_of(post),
                "link": absolute(post.get_absolute_url()),
            }
        return Given(self.at, settings.SITE_URL, more=more)


def sample_of(mailing: Mailing, *, at: dt.datetime, by: "User") -> Sample | None:
    """Return what a mailing says now to somebody who follows everything; None while no piece of it is out.

    A round-up that still waits shows the pieces that will be out at its time, as far as this editor is told of them.
    """
    waits = mailing.is_round_up and mailing.queued_at is None
    contents = Contents(mailing, at=max(at, mailing.at) if waits else at)
    posts = [post for post in contents.posts if is_told_of(by, post, at=at)]
    if not posts:
        return None
    wording = contents.of(posts)
    return Sample(contents.kind, wording.subject, f"{wording.text}\n\n{_imprint(contents.masthead)}")


def message_for(
    delivery: Delivery, contents: Contents, posts: Sequence[Post], subscriptions: Sequence[Subscription]
) -> EmailMultiAlternatives:
    """Return the letter to one address: why it came, how to have no more, and who sends it, in its words and headers.

    RFC 8058 ends the first of the subscriptions with one POST; RFC 2919 names the list; RFC 3834 keeps answering
    machines quiet. Its Message-ID is the same at every try.
    """
    wording = contents.of(posts)
    text = f"{wording.text}\n\n{_end(subscriptions, contents.masthead)}\n"
    name, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
    local, _at, host = delivery.address.rpartition("@")
    sender_line = formataddr((contents.masthead.name or name, sender))
    message = EmailMultiAlternatives(
        subject=wording.subject,
        body=text,
        # The envelope's sender is where a letter comes back to (RFC 5321, 4.4)
        from_email=settings.BOUNCE_ADDRESS or sender_line,
        to=[f"{local}@{punycode(host)}"],
        headers={
            "From": sender_line,
            "Message-ID": message_id_of(delivery),
            "List-Id": f"<{'weekly' if contents.mailing.is_round_up else 'pieces'}.{_host()}>",
            "List-Unsubscribe": f"<{end_link(subscriptions[0])}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Precedence": "bulk",
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(
        html_of(subject=wording.subject, text=text, has_pieces=contents.mailing.is_round_up), "text/html"
    )
    # What django-anymail asks of a provider: that it leaves links and pictures as they are
    message.track_clicks = message.track_opens = False  # type: ignore[attr-defined]  # anymail's own
    return message


def message_id_of(delivery: Delivery) -> str:
    """Return the Message-ID of a letter: the same at every try, and nobody else can make it."""
    stable = salted_hmac("wlg.mailings", f"{delivery.mailing_id}:{delivery.pk}").hexdigest()[:32]
    return f"<{stable}@{parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition('@')[2] or 'localhost'}>"


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def _announced(mailing: Mailing, at: dt.datetime) -> list[Post]:
    return list(Post.objects.visible_at(at).filter(mailings=mailing).for_lists())


def _byline(post: Post) -> str:
    return _listed([byline.author.name for byline in post.ordered_bylines()])


def _listed(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return _("{first} and {last}").format(first=", ".join(words[:-1]), last=words[-1])


def _part_of(post: Post) -> str:
    if not post.series:
        return ""
    if post.part_number is None:
        return _("Of the series “{series}”.").format(series=post.series.title)
    return _("Part {number} of the series “{series}”.").format(number=post.part_number, series=post.series.title)


def _entry(post: Post) -> str:
    """Return a piece as a round-up has it: title, names and standfirst, address, each on a line of its own."""
    standfirst = f" {post.live.standfirst}" if post.live and post.live.standfirst else ""
    about = _("By {names}.").format(names=_byline(post)) + standfirst
    return "\n".join([post.readers_title, " ".join(about.split()), absolute(post.get_absolute_url())])


def _followed(subscription: Subscription, masthead: Masthead) -> str:
    if subscription.subject_kind == Kind.SERIES:
        return _("the series “{name}”").format(name=subscription.series)
    if subscription.subject_kind == Kind.CATEGORY:
        return _("the category “{name}”").format(name=subscription.category)
    if subscription.subject_kind == Kind.AUTHOR:
        return _("what {name} writes").format(name=subscription.author)
    return _("everything at {blog}").format(blog=masthead.name)


def _end(subscriptions: Sequence[Subscription], masthead: Masthead) -> str:
    """Return the end of a letter: why it came, how to have no more of it, and who sends it."""
    followed = [_followed(one, masthead) for one in subscriptions]
    lines = ["--", _("You get this letter because you follow {what}.").format(what=_listed(followed))]
    if len(subscriptions) == 1:
        lines.append(_("Have no more of these: {link}").format(link=end_link(subscriptions[0])))
    else:
        sentence = _("Have no more about {what}: {link}")
        lines += [
            sentence.format(what=what, link=end_link(one)) for what, one in zip(followed, subscriptions, strict=True)
        ]
    lines.append(_("See what you follow, and change it: {link}").format(link=manage_link(subscriptions[0])))
    return "\n".join([*lines, "", _imprint(masthead)])


def _imprint(masthead: Masthead) -> str:
    """Return who sends it, and where they are reached: what the foot of every page says."""
    lines = [masthead.name, masthead.colophon.strip(), *masthead.address_list(), settings.SITE_URL]
    return "\n".join(line for line in lines if line)
