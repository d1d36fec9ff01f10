"""The letters about who writes a piece, its proof, and corrections proposed later, as rows of the registry."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.editorial.letters.about_invitations import INVITATION_WORDS
from blog.editorial.letters.kinds import (
    ALWAYS,
    PROOF_PAGE,
    REASON,
    REVIEW_PAGE,
    WRITERS_PAGE,
    WRITES,
    Given,
    Kind,
    Word,
    full_day,
    link_word,
    quoted,
    register,
)
from blog.states import State


def _in_proof(given: Given) -> bool:
    return given.post is not None and given.post.state == State.IN_PROOF


def _due(given: Given) -> str:
    due = given.post.proof_due_date if given.post else None
    return _("Please do so by {day}.").format(day=full_day(due)) if due else ""


NAME = Word(
    "name",
    gettext_lazy("the name on the byline that it is about."),
    "Ann Lee",
    lambda given: given.text("name"),
)
NAMES = Word(
    "names",
    gettext_lazy("the names on the byline, in their order."),
    "Ann Lee, Priya Raman",
    lambda given: ", ".join(given.more.get("names") or []),
)
NOTHING_OR_SIGN = Word(
    "what_next",
    gettext_lazy("what they do now: sign off again where somebody had signed, or else nothing."),
    gettext_lazy("You need do nothing."),
    lambda given: (
        _("The byline is another now, so what was signed off before is to be signed off again.")
        if given.more.get("signs_again")
        else _("You need do nothing.")
    ),
)
IF_SIGNED = Word(
    "if_signed",
    gettext_lazy("the sentence that asks for the sign-off of a proof, if there is one."),
    gettext_lazy("If you signed off the proof before, please sign it again: the byline is another now."),
    lambda given: (
        _("If you signed off the proof before, please sign it again: the byline is another now.")
        if _in_proof(given)
        else ""
    ),
    is_optional=True,
)
WRONG = Word(
    "wrong",
    gettext_lazy("what is wrong, as it was written, set apart as their own words."),
    "> It was 241, not 214.",
    lambda given: quoted(given.text("wrong")),
    is_long=True,
)
IT_SHOULD_SAY = Word(
    "it_should_say",
    gettext_lazy("“It should say:”, if the writer said what."),
    gettext_lazy("It should say:"),
    lambda given: _("It should say:") if given.text("wanted") else "",
    is_optional=True,
)
WANTED = Word(
    "wanted",
    gettext_lazy("what it should say, set apart as their own words."),
    "> We sent 241 chasers.",
    lambda given: quoted(given.text("wanted")),
    is_long=True,
    is_optional=True,
)
SIGN_OFF_BY = Word(
    "sign_off_by",
    gettext_lazy("the sentence that asks for the sign-off by its date, if there is one."),
    gettext_lazy("Please do so by Friday 20 March."),
    _due,
    is_optional=True,
)
NEW_DAY = Word(
    "new_day",
    gettext_lazy("the new day, or that there is none any more."),
    gettext_lazy("by Friday 20 March"),
    lambda given: (
        _("by {day}").format(day=full_day(given.post.proof_due_date))
        if given.post and given.post.proof_due_date
        else _("when you can; there is no day any more")
    ),
)
BYLINE_PAGE = link_word(
    "/desk/12/co-authors/", lambda g: reverse("writing:co_authors", args=[g.post.pk]) if g.post else ""
)
EDITORS_BYLINE_PAGE = link_word(
    "/admin/blog/post/12/names/", lambda g: reverse("admin:blog_post_names", args=[g.post.pk]) if g.post else ""
)

register(
    Kind(
        "to_writer/co_author_invitation",
        gettext_lazy("Invitation to write together"),
        gettext_lazy("Sent to somebody whom a writer or an editor invites onto the byline of a piece."),
        INVITATION_WORDS,
    ),
    Kind(
        "to_writer/co_author_invited",
        gettext_lazy("A co-author is invited"),
        gettext_lazy("Sent to the other writers when somebody is invited onto the byline."),
        (*ALWAYS, NAME, NOTHING_OR_SIGN, BYLINE_PAGE),
    ),
    Kind(
        "to_editor/co_author_invited",
        gettext_lazy("A co-author is invited"),
        gettext_lazy("Sent when a writer invites somebody onto the byline."),
        (*ALWAYS, NAME, NOTHING_OR_SIGN, EDITORS_BYLINE_PAGE),
        group="unassigned",
    ),
    Kind(
        "to_writer/co_author_joined",
        gettext_lazy("A co-author has accepted"),
        gettext_lazy("Sent to the other writers when somebody accepts to write with them."),
        (*ALWAYS, WRITERS_PAGE),
    ),
    Kind(
        "to_writer/co_author_declined",
        gettext_lazy("A co-author has declined"),
        gettext_lazy("Sent to the other writers when somebody does not want to write with them."),
        (*ALWAYS, NAME, IF_SIGNED, WRITERS_PAGE),
    ),
    Kind(
        "to_writer/co_author_left",
        gettext_lazy("A co-author has left"),
        gettext_lazy("Sent to the other writers when somebody takes their name off."),
        (*ALWAYS, NAME, NOTHING_OR_SIGN, WRITERS_PAGE),
    ),
    Kind(
        "to_editor/co_author_left",
        gettext_lazy("A co-author has left"),
        gettext_lazy("Sent when one of several writers takes their name off."),
        (*ALWAYS, NAME, NOTHING_OR_SIGN, REVIEW_PAGE),
        group="unassigned",
    ),
    Kind(
        "to_writer/name_taken_off",
        gettext_lazy("An invited name is taken off"),
        gettext_lazy("Sent to the writers when the name of somebody who had not answered comes off the byline."),
        (*ALWAYS, NAME, IF_SIGNED, WRITERS_PAGE),
    ),
    Kind(
        "to_writer/byline_changed",
        gettext_lazy("The byline has changed"),
        gettext_lazy("Sent to the other writers when a changed byline voids what was signed off."),
        (*ALWAYS, NAMES, SIGN_OFF_BY, PROOF_PAGE),
    ),
    Kind(
        "to_editor/byline_changed",
        gettext_lazy("The byline has changed"),
        gettext_lazy("Sent when a changed byline takes a ready piece back into proof."),
        (*ALWAYS, NAMES, REVIEW_PAGE),
        group="unassigned",
    ),
    Kind(
        "to_writer/correction_asked",
        gettext_lazy("A co-author asks for a correction"),
        gettext_lazy("Sent to the other writers when one of them sends the proof back."),
        (*ALWAYS, REASON, WRITERS_PAGE),
    ),
    Kind(
        "to_writer/proof_date",
        gettext_lazy("Another day for the sign-off"),
        gettext_lazy("Sent to the writers when an editor sets another day for their proof."),
        (*ALWAYS, NEW_DAY, PROOF_PAGE),
    ),
    Kind(
        "to_editor/correction_proposed",
        gettext_lazy("A correction is proposed"),
        gettext_lazy("Sent when a writer says that something is wrong in a published piece."),
        (*ALWAYS, WRONG, IT_SHOULD_SAY, WANTED, REVIEW_PAGE),
        needs=("wrong", "link"),
        group="unassigned",
    ),
    Kind(
        "to_writer/correction_taken",
        gettext_lazy("A proposed correction is taken up"),
        gettext_lazy("Sent to the writers when an editor agrees that something is to be put right."),
        (*ALWAYS, WRONG, WRITES, REASON, WRITERS_PAGE),
    ),
    Kind(
        "to_writer/correction_refused",
        gettext_lazy("A proposed correction is refused"),
        gettext_lazy("Sent to the writers when an editor leaves the text as it is."),
        (*ALWAYS, WRONG, REASON, WRITERS_PAGE),
        needs=("reason", "link"),
    ),
)
