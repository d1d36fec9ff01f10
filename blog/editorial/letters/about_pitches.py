"""The letters about pitches and replies, as rows of the registry (`letter_words`)."""

from django.utils.translation import gettext_lazy

from blog.editorial.letters.kinds import BLOG, BY_NAME, TO_NAME, Given, Kind, Word, quoted, register
from blog.models import Pitch

# Stands in the row of a letter where the pitch's link belongs: the token itself is never stored
PITCH_LINK = "[the link of the pitch]"


def _pitch(given: Given) -> Pitch:
    return given.more.get("pitch") or Pitch()


def _part(given: Given) -> str:
    pitch = _pitch(given)
    facts = []
    if pitch.slot:
        wanted = gettext_lazy("For part {number} of “{series}”.")
        facts.append(str(wanted).format(number=pitch.slot.part_number, series=pitch.slot.series.title))
    if pitch.in_reply_to:
        facts.append(str(gettext_lazy("In reply to “{title}”.")).format(title=pitch.in_reply_to.title))
    return " ".join(facts)


TITLE = Word("title", gettext_lazy("the title of the pitch."), "Who closes a row?", lambda given: _pitch(given).title)
WRITER = Word("writer", gettext_lazy("who pitched it."), "Priya Raman", lambda given: _pitch(given).name)
PITCHED = Word(
    "pitched",
    gettext_lazy("what was pitched, set apart as their own words."),
    "> What happens to an enquiry once it is finished?",
    lambda given: quoted(_pitch(given).text),
    is_long=True,
)
ABOUT = Word(
    "about_them",
    gettext_lazy("what the writer says about themselves, if anything."),
    "> I have run the planning enquiries for nine years.",
    lambda given: quoted(_pitch(given).about),
    is_long=True,
    is_optional=True,
)
PART = Word(
    "part",
    gettext_lazy("which part of a series, or which piece, it is for, if any."),
    gettext_lazy("For part 3 of “Small lists”."),
    _part,
    is_optional=True,
)
MESSAGE = Word(
    "message",
    gettext_lazy("what was written, set apart as their own words."),
    "> Which council would it be about?",
    lambda given: quoted(given.text("message")),
    is_long=True,
)
WORDS = Word(
    "words",
    gettext_lazy("the whole letter, as the editor wrote it."),
    gettext_lazy("Dear Priya,\n\nThank you. We have just run a piece like it.\n\nTom"),
    lambda given: given.text("message"),
    is_long=True,
)
ANSWER_TIME = Word(
    "answer_time",
    gettext_lazy("the sentence about the usual answering time."),
    gettext_lazy("We usually answer within four days."),
    lambda given: given.text("answer_time"),
)
DAYS = Word("days", gettext_lazy("for how many days the link works."), "14", lambda given: given.text("days"))
PITCH_PAGE = Word(
    "link",
    gettext_lazy("the pitch’s own link. It is put in as the letter goes out, and shown to nobody else."),
    "https://blog.example/pitch/…/",
    lambda given: given.text("link"),
)
ADMIN_PAGE = Word(
    "link",
    gettext_lazy("the address of the pitch in the admin."),
    "https://blog.example/admin/blog/pitch/12/change/",
    lambda given: given.text("link"),
)

register(
    Kind(
        "to_writer/pitch_confirm",
        gettext_lazy("Pitch: confirm the address"),
        gettext_lazy("Sent to the address on a pitch. It holds none of what was typed: anybody can type one."),
        (BLOG, DAYS, PITCH_PAGE),
    ),
    Kind(
        "to_writer/pitch_received",
        gettext_lazy("Pitch: received"),
        gettext_lazy("Sent to the writer of a pitch once the address is confirmed."),
        (TO_NAME, TITLE, ANSWER_TIME, BLOG, PITCH_PAGE),
    ),
    Kind(
        "to_writer/pitch_question",
        gettext_lazy("Pitch: a question"),
        gettext_lazy("Sent to the writer of a pitch when an editor asks something."),
        (TO_NAME, BY_NAME, TITLE, MESSAGE, BLOG, PITCH_PAGE),
        needs=("link", "message"),
    ),
    Kind(
        "to_writer/pitch_declined",
        gettext_lazy("Pitch: declined"),
        gettext_lazy("Sent to the writer of a pitch when an editor declines it."),
        (BY_NAME, TITLE, WORDS, BLOG),
        needs=("words",),
    ),
    Kind(
        "to_writer/reply_published",
        gettext_lazy("A reply is out"),
        gettext_lazy("Sent to the writers of a piece when a reply to it comes out."),
        (
            TO_NAME,
            Word(
                "title",
                gettext_lazy("the title of their piece."),
                "Who closes a row?",
                lambda given: given.post.title if given.post else "",
            ),
            Word(
                "reply_title",
                gettext_lazy("the title of the reply."),
                "Nobody closes a row",
                lambda given: given.text("reply_title"),
            ),
            BLOG,
            Word(
                "link",
                gettext_lazy("the address of the reply."),
                "https://blog.example/2026/04/02/nobody-closes-a-row/",
                lambda given: given.text("link"),
            ),
        ),
    ),
    Kind(
        "to_editor/pitch",
        gettext_lazy("A pitch has come"),
        gettext_lazy("Sent to every editor once the address on a pitch is confirmed."),
        (TO_NAME, WRITER, TITLE, PITCHED, ABOUT, PART, BLOG, ADMIN_PAGE),
    ),
    Kind(
        "to_editor/pitch_answered",
        gettext_lazy("A question about a pitch is answered"),
        gettext_lazy("Sent to the editor who asked."),
        (TO_NAME, WRITER, TITLE, MESSAGE, BLOG, ADMIN_PAGE),
    ),
    Kind(
        "to_editor/pitch_withdrawn",
        gettext_lazy("A pitch is withdrawn"),
        gettext_lazy("Sent to the editor who looks after it, or to all."),
        (TO_NAME, WRITER, TITLE, BLOG, ADMIN_PAGE),
    ),
    Kind(
        "to_editor/pitch_handed_over",
        gettext_lazy("A pitch is handed over"),
        gettext_lazy("Sent to the editor who looks after it from then on."),
        (TO_NAME, BY_NAME, WRITER, TITLE, BLOG, ADMIN_PAGE),
    ),
)
