"""The letters to editors, and the letter of the day, as rows of the registry."""

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.editorial.letters.kinds import (
    ALWAYS,
    ANSWER_BY,
    BLOG,
    DUE,
    MESSAGE,
    NOTE,
    NOTES_STAND,
    OPEN_NOTES,
    REASON,
    REVIEW_NOTES,
    REVIEW_PAGE,
    TITLE,
    TO_NAME,
    WRITES,
    Kind,
    Word,
    answer_due,
    full_day,
    of_post,
    quoted,
    register,
    sentence_of,
)

register(
    Kind(
        "to_editor/submitted",
        gettext_lazy("A text came"),
        gettext_lazy("Sent when a writer sends a piece to the editor."),
        (
            *ALWAYS,
            Word(
                "words",
                gettext_lazy("how many words the text has."),
                "612",
                of_post(lambda post: post.working.words if post.working else ""),
            ),
            NOTES_STAND,
            OPEN_NOTES,
            ANSWER_BY,
            REVIEW_PAGE,
        ),
        group="unassigned",
    ),
    Kind(
        "to_editor/taken_back",
        gettext_lazy("Taken back by the writer"),
        gettext_lazy("Sent when a writer takes a text back to go on with it."),
        (*ALWAYS, REVIEW_PAGE),
        group="unassigned",
    ),
    Kind(
        "to_editor/signed_off",
        gettext_lazy("Signed off"),
        gettext_lazy("Sent when the last name on the byline has signed off."),
        (*ALWAYS, REVIEW_PAGE),
        group="unassigned",
    ),
    Kind(
        "to_editor/correction_asked",
        gettext_lazy("A correction is asked for"),
        gettext_lazy("Sent when a writer finds something wrong in the proof."),
        (*ALWAYS, REASON, ANSWER_BY, REVIEW_PAGE),
        group="unassigned",
    ),
    Kind(
        "to_editor/withdrawn",
        gettext_lazy("Withdrawn by the writer"),
        gettext_lazy("Sent when a writer withdraws a piece."),
        (*ALWAYS, WRITES, REASON, REVIEW_PAGE),
        group="unassigned",
    ),
    Kind(
        "to_editor/message",
        gettext_lazy("A message from a writer"),
        gettext_lazy("Sent when a writer writes to the editors about a piece."),
        (*ALWAYS, MESSAGE, REVIEW_PAGE),
        needs=("message", "link"),
        group="unassigned",
    ),
    Kind(
        "to_editor/notes",
        gettext_lazy("Notes from a writer"),
        gettext_lazy("Sent when a writer writes beside the text, or answers a note, while an editor has it."),
        (*ALWAYS, NOTE, REVIEW_NOTES),
        needs=("note", "link"),
        group="unassigned",
    ),
    Kind(
        "to_editor/invitation_accepted",
        gettext_lazy("An invitation was accepted"),
        gettext_lazy("Sent when a guest says yes."),
        (
            *ALWAYS,
            Word(
                "due_sentence",
                gettext_lazy("the sentence that says when the text is due, if it has a date."),
                gettext_lazy("It is due on Friday 20 March."),
                sentence_of(gettext_lazy("It is due on {day}."), lambda g: g.post.due_date if g.post else None),
                is_optional=True,
            ),
            REVIEW_PAGE,
        ),
        group="unassigned",
    ),
    Kind(
        "to_editor/invitation_declined",
        gettext_lazy("An invitation was declined"),
        gettext_lazy("Sent when a guest says no."),
        (*ALWAYS, WRITES, REASON, REVIEW_PAGE),
    ),
    Kind(
        "to_editor/handed_over",
        gettext_lazy("A piece was handed over"),
        gettext_lazy("Sent to the editor who looks after a piece from now on."),
        (
            *ALWAYS,
            Word(
                "state",
                gettext_lazy("where the piece is."),
                gettext_lazy("With the editor"),
                of_post(lambda post: post.get_state_display()),
            ),
            Word(
                "whose_turn",
                gettext_lazy("the sentence that says whether it is their turn now."),
                gettext_lazy("It is your turn now."),
                lambda given: (
                    _("It is your turn now.") if answer_due(given) else _("You get the letters about it from now on.")
                ),
            ),
            ANSWER_BY,
            REVIEW_PAGE,
        ),
    ),
    Kind(
        "to_editor/answer_soon",
        gettext_lazy("An answer is due soon"),
        gettext_lazy("Sent the day before a writer may expect an answer."),
        (TO_NAME, TITLE, BLOG, DUE, REVIEW_PAGE),
        group="reminders",
    ),
    Kind(
        "to_editor/answer_late",
        gettext_lazy("An answer was due"),
        gettext_lazy("Sent the day after a writer should have had an answer."),
        (TO_NAME, TITLE, BLOG, DUE, REVIEW_PAGE),
        group="reminders",
    ),
    Kind(
        "to_editor/contact",
        gettext_lazy("A reader writes"),
        gettext_lazy("Sent to every editor when somebody uses the contact page."),
        (
            Word("sender", gettext_lazy("who writes."), "Dana Whitby", lambda given: given.text("sender")),
            Word(
                "address",
                gettext_lazy("the address to answer to."),
                "dana@council.example",
                lambda given: given.text("address"),
            ),
            Word(
                "message",
                gettext_lazy("what they write, set apart as their own words."),
                "> May I print this for my team?",
                lambda given: quoted(given.text("message")),
                is_long=True,
            ),
            BLOG,
        ),
        needs=("address", "message"),
    ),
    Kind(
        "to_reader/digest",
        gettext_lazy("The letter of the day"),
        gettext_lazy("Sent in the morning to everybody who wants one letter a day, if there is something to tell."),
        (
            TO_NAME,
            BLOG,
            Word("day", gettext_lazy("today."), "Wednesday 11 March", lambda given: full_day(localdate(given.at))),
            Word(
                "news",
                gettext_lazy("everything there is to tell, with the address of each."),
                "Dana Whitby commented on “Who closes a row?”\nhttps://blog.example/2026/03/14/who-closes-a-row/",
                lambda given: given.text("news"),
                is_long=True,
            ),
            Word(
                "link",
                gettext_lazy("the address of the page where they choose what they get."),
                "https://blog.example/accounts/letters/",
                lambda given: given.site + reverse("accounts:letters"),
            ),
        ),
        needs=("news",),
    ),
)
