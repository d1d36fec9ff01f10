"""Templates of letters: what editors can write in them, what is refused, and what comes of it."""

import pytest
from django.core.exceptions import PermissionDenied

from blog.editorial import review
from blog.editorial.letters import wordings as letter_wordings
from blog.editorial.letters.html import html_of
from blog.editorial.letters.kinds import KINDS
from blog.editorial.letters.wordings import Wording, WordingHasChangedError, fill
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.models import Letter, LetterWording
from blog.states import State
from tests.factories import NOW, UserFactory

pytestmark = pytest.mark.django_db
KIND = "to_writer/changes_requested"
TEXT = "Dear {to_name},\n\n{reason}\n\nGo on:\n{link}"


@pytest.fixture
def administrator():
    return UserFactory(administrator=True)


def change(by, *, subject="About “{title}”", text=TEXT, seen=0):
    return letter_wordings.change_wording(kind=KIND, subject=subject, text=text, seen=seen, by=by, at=NOW)


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_the_words_the_blog_comes_with_pass_the_check_and_leave_no_holes(kind):
    wording = letter_wordings.default_wording(kind.name)

    assert wording, "Make it of words in braces, so that editors can change it."
    assert letter_wordings.faults_in(kind, wording.subject, wording.text) == {}
    for is_short in (False, True):
        filled = fill(wording, kind.example(is_short=is_short))
        assert filled.subject
        assert "{" not in filled.subject + filled.text
        assert "\n\n\n" not in filled.text
        assert "  " not in filled.text


def test_a_letter_is_made_from_the_words_in_force_and_earlier_ones_are_kept(administrator, editor, piece):
    change(administrator)
    change(administrator, subject="Your turn: “{title}”", seen=1)

    review.ask_for_changes(post=piece(State.SUBMITTED), reason="Who answers?", by=editor, at=NOW)

    letter = Letter.objects.get()
    assert letter.subject == "Your turn: “Who closes a row?”"
    assert letter.text.startswith("Dear The Mole,\n\n> Who answers?\n\nGo on:\nhttp")
    assert [row.subject for row in LetterWording.objects.order_by("number")] == [
        "About “{title}”",
        "Your turn: “{title}”",
    ]


def test_going_back_to_the_default_keeps_what_was_written(administrator):
    change(administrator)

    letter_wordings.go_back_to_default(kind=KIND, seen=1, by=administrator, at=NOW)

    assert letter_wordings.wording_of(KIND) == letter_wordings.default_wording(KIND)
    assert LetterWording.objects.count() == 2
    with pytest.raises(EditorialRefusal):
        letter_wordings.go_back_to_default(kind=KIND, seen=2, by=administrator, at=NOW)


@pytest.mark.parametrize(
    ("subject", "text", "field", "said"),
    [
        ("S", TEXT + "{colour}", "text", "no word “{colour}”"),
        ("{titel}", TEXT, "subject", "Write a subject"),
        ("About {titel}", TEXT, "subject", "{title}"),
        ("S", TEXT + "{{ post.editor.email }}", "text", "no word “{ post.editor.email }”"),
        ("S", TEXT + "{title", "text", "A brace “{” stands alone"),
        ("S", TEXT + "title}", "text", "A brace “}” stands alone"),
        ("S", "Dear {to_name}, {reason}", "text", "Put “{link}” into the text"),
        ("S", "Dear {to_name}, {link}", "text", "Put “{reason}” into the text"),
        ("About {reason}", TEXT, "subject", "several lines"),
        ("S", "", "text", "Write the text"),
        (" ", TEXT, "subject", "Write a subject"),
        ("S" * 201, TEXT, "subject", "Shorten"),
        ("S", TEXT + "x" * 10_000, "text", "Shorten"),
    ],
)
def test_a_wording_that_could_not_work_is_refused_with_a_sentence(subject, text, field, said, administrator):
    with pytest.raises(IncompleteError) as refusal:
        change(administrator, subject=subject, text=text)

    assert said in refusal.value.errors[field]
    assert not LetterWording.objects.exists()


def test_only_administrators_change_the_words(editor):
    with pytest.raises(PermissionDenied):
        change(editor)


def test_of_two_who_change_the_words_the_second_is_told(administrator):
    change(administrator)

    with pytest.raises(WordingHasChangedError):
        change(administrator, subject="Another", seen=0)


def test_what_people_write_is_never_read_for_words():
    filled = fill(Wording("{title}", "{title}\n{reason}"), {"title": "{reason}", "reason": "> {link} {title"})

    assert filled == Wording("{reason}", "{reason}\n> {link} {title")


def test_a_line_of_empty_words_disappears_and_an_empty_word_leaves_no_gap():
    wording = Wording("For {blog} {strapline}.", "One.\n\n{note}\n\n{a} {b}\nTwo {strapline}.\n{a} three")

    assert fill(wording, {"blog": "Us"}) == Wording("For Us.", "One.\n\nTwo.\nthree")


def test_script_in_words_stays_text_in_the_html_part(administrator, editor, piece):
    change(administrator, text="<script>a()</script> {to_name}\n\n{reason}\n\n{link}")

    review.ask_for_changes(post=piece(State.SUBMITTED), reason="<img src=x onerror=alert(1)>", by=editor, at=NOW)

    letter = Letter.objects.get()
    html = html_of(subject=letter.subject, text=letter.text)
    assert "<script>a" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html
