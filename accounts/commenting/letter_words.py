"""The letters about comments: the words that editors can fill in, and what people choose about them."""

from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounts.models import Comment
from blog.editorial.letters import choices as letter_choices
from blog.editorial.letters.choices import Group, HowOften
from blog.editorial.letters.kinds import (
    BLOG,
    LIVE_TITLE,
    REASON,
    TO_NAME,
    Given,
    Kind,
    Word,
    link_word,
    quoted,
    register,
    shortened,
)


def _comment(given: Given) -> Comment | None:
    found = given.more.get("comment")
    return found if isinstance(found, Comment) else None


def _own_page(given: Given) -> str:
    comment = _comment(given)
    return comment.own_url() if comment else ""


def _in_its_place(given: Given) -> str:
    comment = _comment(given)
    return comment.get_absolute_url() if comment else ""


def _name(given: Given) -> str:
    comment = _comment(given)
    return comment.public_name if comment else ""


def _words(given: Given) -> str:
    comment = _comment(given)
    return quoted(shortened(comment.text)) if comment else ""


COMMENTER = Word("commenter", gettext_lazy("the name that stands beside the comment."), "Dana Whitby", _name)
COMMENT = Word(
    "comment",
    gettext_lazy("the comment, or its beginning, set apart as their own words."),
    "> We tried this in our team, and it held for a year.",
    _words,
    is_long=True,
)
OWN_PAGE = link_word("/accounts/comment/12/", _own_page)
IN_ITS_PLACE = link_word("/2026/03/14/who-closes-a-row/#comment-3", _in_its_place)
ACCOUNT = link_word("/accounts/", lambda _given: reverse("accounts:home"))
QUEUE = link_word("/admin/accounts/comment/", lambda _given: reverse("admin:accounts_comment_changelist"))
COMMENTS_ON_YOURS, COMMENTS_WAITING, OUTCOMES = "comments_on_yours", "comments_waiting", "comment_outcomes"
REPLIES = "replies"


def register_letters() -> None:
    """Add the letters about comments, and the choices about them, to the lists of the blog. Once, at the start."""
    register(
        Kind(
            "to_editor/comments_waiting",
            gettext_lazy("A comment waits"),
            gettext_lazy("Sent to those who moderate when the first comment waits for them."),
            (TO_NAME, BLOG, LIVE_TITLE, COMMENTER, COMMENT, QUEUE),
            group=COMMENTS_WAITING,
        ),
        Kind(
            "to_writer/comment_on_yours",
            gettext_lazy("A comment on one’s piece"),
            gettext_lazy("Sent to the writers of a piece who want to hear of each comment at once."),
            (TO_NAME, BLOG, LIVE_TITLE, COMMENTER, COMMENT, IN_ITS_PLACE),
            group=COMMENTS_ON_YOURS,
        ),
        Kind(
            "to_reader/comment_answered",
            gettext_lazy("A reply to one’s comment"),
            gettext_lazy("Sent to commenters who want to hear at once of a reply to a comment of theirs."),
            (TO_NAME, BLOG, LIVE_TITLE, COMMENTER, COMMENT, IN_ITS_PLACE),
            group=REPLIES,
        ),
        Kind(
            "to_reader/comment_approved",
            gettext_lazy("A comment is published"),
            gettext_lazy("Sent to the commenter when an editor lets a comment through."),
            (TO_NAME, BLOG, LIVE_TITLE, IN_ITS_PLACE),
            group=OUTCOMES,
        ),
        Kind(
            "to_reader/comment_not_approved",
            gettext_lazy("A comment is not published"),
            gettext_lazy("Sent to the commenter when an editor decides against it."),
            (TO_NAME, BLOG, LIVE_TITLE, REASON, OWN_PAGE),
            needs=("reason", "link"),
            group=OUTCOMES,
        ),
        Kind(
            "to_reader/comment_taken_down",
            gettext_lazy("A comment is taken down"),
            gettext_lazy("Sent to the commenter when an editor takes a published comment down."),
            (TO_NAME, BLOG, LIVE_TITLE, REASON, OWN_PAGE),
            needs=("reason", "link"),
            group=OUTCOMES,
        ),
        Kind(
            "to_reader/picture_taken_away",
            gettext_lazy("A picture is taken away"),
            gettext_lazy("Sent to a commenter when an editor takes the picture beside their comments away."),
            (TO_NAME, BLOG, REASON, ACCOUNT),
            needs=("reason", "link"),
        ),
    )
    letter_choices.register(
        Group(
            COMMENTS_ON_YOURS,
            gettext_lazy("Comments on your pieces"),
            gettext_lazy("What readers write under a piece that has your name on it. Never your own."),
            (HowOften.AT_ONCE, HowOften.DAILY, HowOften.NEVER),
            HowOften.DAILY,
        ),
        Group(
            REPLIES,
            gettext_lazy("Replies to your comments"),
            gettext_lazy("What somebody answers to a comment of yours. Never your own, and nothing that still waits."),
            (HowOften.AT_ONCE, HowOften.DAILY, HowOften.NEVER),
            HowOften.DAILY,
        ),
        Group(
            OUTCOMES,
            gettext_lazy("What became of your comments"),
            gettext_lazy("Whether an editor let a comment of yours through. Your account shows it as well."),
            (HowOften.AT_ONCE, HowOften.NEVER),
            HowOften.AT_ONCE,
        ),
        Group(
            COMMENTS_WAITING,
            gettext_lazy("Comments that wait for an editor"),
            gettext_lazy("At once means: when the first one waits, and at most one such letter a day."),
            (HowOften.AT_ONCE, HowOften.DAILY, HowOften.NEVER),
            HowOften.AT_ONCE,
            permission="accounts.moderate_comments",
        ),
    )
