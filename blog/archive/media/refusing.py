"""Why a file is not kept."""


class KindError(Exception):
    """A file that can't be taken in. The text is a sentence for people: what it is, and why that doesn't do."""
