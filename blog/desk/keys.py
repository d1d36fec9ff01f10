"""Keys of rows as they come in forms and addresses, where anybody can write anything."""

HIGHEST_KEY = 2**63 - 1


def key_in(text: str) -> int | None:
    """Return the key that a text holds, or None where it is none that a database could hold."""
    if not text.isascii() or not text.isdigit() or len(text) > len(str(HIGHEST_KEY)):
        return None
    key = int(text)
    return key if key <= HIGHEST_KEY else None
