"""The ways in which the editorial room says no. Each is a sentence for the person who asked."""

from django.utils.translation import gettext as _


class EditorialRefusal(Exception):
    """Something can't be done now. `str()` is one clear sentence, ready to be shown."""


class MoveNotAllowedError(EditorialRefusal):
    """The piece, the letter or the comment is in another state than the act needs; somebody may have been quicker."""


class TextHasChangedError(EditorialRefusal):
    """The text is no longer the one that was looked at."""

    def __init__(self) -> None:
        super().__init__(_("The text has changed since you opened it. Read it again, then decide."))


class IncompleteError(EditorialRefusal):
    """Something is missing. `errors` names each field with the sentence that says how to mend it."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = errors
