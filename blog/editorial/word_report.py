"""The sentences about a Word file: why it was refused, and what of it was left out."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from blog.word import refusing


def why_refused(kind: str) -> str:
    """Return the sentence for somebody whose file was refused: what is wrong with it, and what to do."""
    sentences = {
        refusing.OLD_WORD: _("This is an old Word file (.doc). Open it in Word and save it as .docx."),
        refusing.PROTECTED: _("A password is on this file. Take it off in Word and save the file again."),
        refusing.MACROS: _("This Word file holds macros (.docm). Save it as .docx, which has none."),
        refusing.OPEN_DOCUMENT: _("This is an OpenDocument file (.odt). Save it as a Word file (.docx)."),
        refusing.PDF: _("This is a PDF. Choose the Word file (.docx) that it was made from."),
        refusing.RICH_TEXT: _("This is a rich text file (.rtf). Open it in Word and save it as .docx."),
        refusing.OTHER_OFFICE: _("This is a spreadsheet or a presentation. Choose a Word file (.docx)."),
        refusing.NOT_WORD: _("This is not a Word file. Choose one that ends in .docx."),
        refusing.DAMAGED: _("This file can’t be read. Open it in Word, save it as .docx again, and try once more."),
        refusing.TOO_LARGE: _(
            "This file is too large. At most 10 MB can be brought in; take its pictures out and add them here."
        ),
        refusing.TOO_COMPLICATED: _(
            "This file is too complicated to be brought in. Copy its text in Word and paste it here instead."
        ),
        refusing.BUSY: _("Other Word files are being read just now. Wait a moment and try again."),
    }
    return sentences.get(kind, sentences[refusing.DAMAGED])


# What is left out, in the order of a report. Only what is counted by its number says how many.
LEFT_OUT = {
    "comments": ngettext_lazy("{count} comment was left out.", "{count} comments were left out."),
    "changes": ngettext_lazy(
        "Tracked changes: the text is as if they had all been accepted ({count} place).",
        "Tracked changes: the text is as if they had all been accepted ({count} places).",
    ),
    "text_boxes": ngettext_lazy(
        "{count} text box was left out. Copy its words into the text if readers need them.",
        "{count} text boxes were left out. Copy their words into the text if readers need them.",
    ),
    "equations": ngettext_lazy("{count} equation was left out.", "{count} equations were left out."),
    "charts": ngettext_lazy(
        "{count} chart was left out. Save it as a picture and add it with Picture.",
        "{count} charts were left out. Save them as pictures and add them with Picture.",
    ),
    "diagrams": ngettext_lazy(
        "{count} diagram was left out. Save it as a picture and add it with Picture.",
        "{count} diagrams were left out. Save them as pictures and add them with Picture.",
    ),
    "objects": ngettext_lazy(
        "{count} embedded object, such as a spreadsheet, was left out.",
        "{count} embedded objects, such as spreadsheets, were left out.",
    ),
    "shapes": ngettext_lazy("{count} drawn shape was left out.", "{count} drawn shapes were left out."),
    "pictures_outside": ngettext_lazy(
        "{count} picture lies outside the file and was left out. Add it with Picture.",
        "{count} pictures lie outside the file and were left out. Add them with Picture.",
    ),
    "pictures_of_other_kinds": ngettext_lazy(
        "{count} picture is neither JPEG, PNG nor WebP and was left out. Add it with Picture.",
        "{count} pictures are neither JPEG, PNG nor WebP and were left out. Add them with Picture.",
    ),
    "pictures_too_large": ngettext_lazy(
        "{count} picture was too large, or one too many, and was left out. Add it with Picture.",
        "{count} pictures were too large, or too many, and were left out. Add them with Picture.",
    ),
    "pictures_missing": ngettext_lazy(
        "{count} picture is missing from the file.", "{count} pictures are missing from the file."
    ),
    "links": ngettext_lazy(
        "{count} link led to no web page or mail address; its words are there.",
        "{count} links led to no web page or mail address; their words are there.",
    ),
    "hidden": ngettext_lazy("Hidden text was left out ({count} place).", "Hidden text was left out ({count} places)."),
    "struck": ngettext_lazy(
        "Struck-through words stand as plain words ({count} place). Take them out if they were meant to go.",
        "Struck-through words stand as plain words ({count} places). Take them out if they were meant to go.",
    ),
    "contents": ngettext_lazy("The table of contents was left out.", "The table of contents was left out."),
    "headers": ngettext_lazy(
        "What stands at the top or foot of each page was left out.",
        "What stands at the top or foot of each page was left out.",
    ),
    "macros": ngettext_lazy("The file’s macros were left out.", "The file’s macros were left out."),
    "descriptions": ngettext_lazy(
        "{count} picture has no description yet: click it, then Picture, and say what a reader would miss.",
        "{count} pictures have no description yet: click each, then Picture, and say what a reader would miss.",
    ),
}


def report(left_out: list[dict[str, object]]) -> list[str]:
    """Return a sentence for each kind of thing that was left out, with the words beside the first places."""
    rows = {str(row.get("kind")): row for row in left_out}
    sentences = []
    for kind, words in LEFT_OUT.items():
        if kind in rows:
            count, near = rows[kind].get("count"), rows[kind].get("near")
            count = count if isinstance(count, int) else 1
            sentence = (words % count).format(count=count)
            if isinstance(near, list) and near:
                places = _(" and ").join(f"“{place}”" for place in near)
                where = ngettext("It stood at {places}.", "The first stood at {places}.", count)
                sentence = f"{sentence} {where.format(places=places)}"
            sentences.append(sentence)
    return sentences
