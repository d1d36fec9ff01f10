"""Why a file is refused, in one word each; the sentences are the editorial room's."""


class WordFileRefusedError(Exception):
    """A file that can't be taken in. `kind` says why: see `KINDS`."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


OLD_WORD = "old_word"  # .doc, from before 2007
PROTECTED = "protected"  # A password is on it
MACROS = "macros"  # .docm
OPEN_DOCUMENT = "open_document"  # .odt
PDF = "pdf"
RICH_TEXT = "rich_text"
OTHER_OFFICE = "other_office"  # A table or slides
NOT_WORD = "not_word"
DAMAGED = "damaged"
TOO_LARGE = "too_large"  # The file itself, or what it unpacks to
TOO_COMPLICATED = "too_complicated"  # It ran out of its time, its memory or its depth
BUSY = "busy"  # Others are being read

KINDS = {
    OLD_WORD, PROTECTED, MACROS, OPEN_DOCUMENT, PDF, RICH_TEXT, OTHER_OFFICE, NOT_WORD, DAMAGED, TOO_LARGE,
    TOO_COMPLICATED, BUSY,
}  # fmt: skip
