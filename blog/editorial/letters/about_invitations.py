"""The letters with which guests are invited, and reminded of it, as rows of the registry."""

from typing import TYPE_CHECKING

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.editorial.letters.kinds import (
    BLOG,
    BY_NAME,
    TO_NAME,
    Given,
    Kind,
    Value,
    Word,
    full_day,
    of_post,
    quoted,
    register,
    sentence_of,
)

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise


def _invitation_words() -> tuple[Word, ...]:
    def of_title(pattern: "Words") -> Value:
        return lambda g: (
            str(pattern).format(g.post.working.title) if g.post and g.post.working and g.post.working.title else ""
        )

    def of_series(given: Given) -> str:
        post = given.post
        if not post or not post.series:
            return ""
        if post.part_number:
            sentence = _("It would be part {number} of the series “{series}”.")
            return sentence.format(number=post.part_number, series=post.series.title)
        return _("It would be part of the series “{series}”.").format(series=post.series.title)

    def of_answered(given: Given) -> str:
        answered = given.post.in_reply_to if given.post else None
        if not answered or not answered.live or not answered.is_visible_at(given.at):
            return ""
        return _("It would answer “{title}”.").format(title=answered.live.title)

    return (
        TO_NAME,
        BY_NAME,
        BLOG,
        Word(
            "title_in_quotes",
            gettext_lazy("the working title in quotation marks, if there is one."),
            "“Who closes a row?”",
            of_title("“{}”"),
            is_optional=True,
        ),
        Word(
            "strapline",
            gettext_lazy("the strapline of the blog in brackets, if there is one."),
            gettext_lazy("(the work behind the counter)"),
            lambda g: f"({g.masthead.strapline})" if g.masthead.strapline else "",
            is_optional=True,
        ),
        Word(
            "note",
            gettext_lazy("your note to the guest, set apart as your own words."),
            "> We met at the February call.",
            lambda g: quoted(g.invitation.note) if g.invitation else "",
            is_long=True,
            is_optional=True,
        ),
        Word(
            "the_piece",
            gettext_lazy("“The piece:” and the working title."),
            gettext_lazy("The piece: Who closes a row?"),
            of_title(gettext_lazy("The piece: {}")),
            is_optional=True,
        ),
        Word(
            "the_brief",
            gettext_lazy("“What we have in mind:” and what you asked for."),
            gettext_lazy("What we have in mind: what happens when an enquiry is finished."),
            of_post(lambda p: _("What we have in mind: {brief}").format(brief=p.brief) if p.brief else ""),
            is_long=True,
            is_optional=True,
        ),
        Word(
            "the_answered",
            gettext_lazy("which piece it would answer, if it is a reply."),
            gettext_lazy("It would answer “Who closes a row?”."),
            of_answered,
            is_optional=True,
        ),
        Word(
            "the_series",
            gettext_lazy("which part of which series it would be."),
            gettext_lazy("It would be part 2 of the series “Small lists”."),
            of_series,
            is_optional=True,
        ),
        Word(
            "the_length",
            gettext_lazy("how long it should be."),
            gettext_lazy("Length: about 900 words"),
            of_post(lambda p: _("Length: about {n} words").format(n=p.brief_words) if p.brief_words else ""),
            is_optional=True,
        ),
        Word(
            "the_date",
            gettext_lazy("until when you would like to have it."),
            gettext_lazy("If you can, by Friday 20 March"),
            sentence_of(gettext_lazy("If you can, by {day}"), lambda g: g.post.due_date if g.post else None),
            is_optional=True,
        ),
        Word(
            "until",
            gettext_lazy("the day until which the link works."),
            "Friday 10 April",
            lambda g: full_day(localdate(g.invitation.expires_at)) if g.invitation else "",
        ),
        Word(
            "link",
            gettext_lazy("the guest’s own link. It is put in as the letter goes out, and shown to nobody else."),
            "https://blog.example/invitation/…/",
            lambda given: given.text("link"),
        ),
    )


INVITATION_WORDS = _invitation_words()

register(
    Kind(
        "to_writer/invitation",
        gettext_lazy("Invitation"),
        gettext_lazy("Sent to a guest whom an editor invites to write."),
        INVITATION_WORDS,
    ),
    Kind(
        "to_writer/invitation_waits",
        gettext_lazy("Reminder of an invitation"),
        gettext_lazy("Sent to a guest who has not answered for a week."),
        INVITATION_WORDS,
    ),
    Kind(
        "to_writer/invitation_ends",
        gettext_lazy("An invitation runs out"),
        gettext_lazy("Sent to a guest who has not answered, three days before the link stops working."),
        INVITATION_WORDS,
    ),
)
