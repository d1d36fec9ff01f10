"""What is left to do before a piece goes out. Advice for the editor; what must hold is checked by the moves."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from blog.editorial.proof import signatures
from blog.models import Post, Revision
from blog.prose import pictures_without_description

LEEWAY = 0.15  # Nobody counts to the word


@dataclass(frozen=True)
class Check:
    """One line of the list: done, or still to do."""

    is_done: bool
    words: str


def before_it_goes_out(*, post: Post, at: dt.datetime) -> list[Check]:
    """Return what readers would miss if the piece went out now. Nothing for a piece that is out."""
    if post.is_visible_at(at):
        return []
    text = post.working or Revision()
    undescribed = pictures_without_description(text.body)
    lead = text.lead_picture
    has_descriptions = not undescribed and (lead is None or bool(lead.alt))
    return [
        Check(bool(text.title), _("A title")),
        Check(bool(text.standfirst), _("A standfirst")),
        Check(has_descriptions, _("Pictures have descriptions")),
        _length(post, text),
        Check(post.category_id is not None, _("A category")),
        *_sign_offs(post),
    ]


def _length(post: Post, text: Revision) -> Check:
    if not post.brief_words:
        return Check(bool(text.words), _("{words} words, no length asked for").format(words=text.words))
    is_within = abs(text.words - post.brief_words) <= post.brief_words * LEEWAY
    words = _("{words} words of about {asked}").format(words=text.words, asked=post.brief_words)
    return Check(is_within, words)


def _sign_offs(post: Post) -> list[Check]:
    if not post.is_guest_piece:
        return []
    checks = []
    for signature in signatures(post=post):
        if signature.signed_at:
            when = date_format(timezone.localtime(signature.signed_at), "j F, H.i")
            words = _("{name} signed off on {when}").format(name=signature.author.name, when=when)
        else:
            words = _("{name} signs off this text").format(name=signature.author.name)
        checks.append(Check(signature.signed_at is not None, words))
    return checks
