"""What gives a person away, and where in bytes, words and pictures it is looked for."""

import base64
import html
import io
import re
from email import message_from_bytes
from email.policy import default
from urllib.parse import unquote

from PIL import Image

# Nothing else on the site has any of these in it: not the house's own words, not the other people
NAME = "Xanthippe Quill"
ADDRESS = "apis.mellifera@council.example"
USER_NAME = "Zenobia"
# The keys that come after it have no digits in common with it, not even in base64
KEY = 7999999
PEN_NAMES = ["The Mole", "A Beekeeper", "A Second Keeper", "A Third Keeper", "A Fourth Keeper"]


def in_base64(secret: bytes) -> list[str]:
    """Return what every base64 text with the secret in it contains, wherever in it the secret begins."""
    found = []
    for before in range(3):
        text = base64.b64encode(b"\0" * before + secret).decode().rstrip("=")
        found.append(text[(0, 2, 3)[before] : len(text) - bool((before + len(secret)) % 3)])
    return found


_WORDS = ["xanthippe", "quill", "apis.mellifera", "apis%2emellifera", USER_NAME.lower()]
_KEY = re.compile(rf"(?<!\d){KEY}(?!\d)")
_CODED = sorted({
    part
    for secret in (b"Xanthippe", b"xanthippe", b"Quill", b"mellifera", b"Zenobia", str(KEY).encode())
    for part in in_base64(secret)
    if len(part) > 4
})  # fmt: skip
# Letters and digits that are written as numbers: those of the house's own are quotation marks alone
_ESCAPED = re.compile(r"&#(?!x27;|39;)")
_QUOTED = re.compile(r"%[3-7][0-9A-Fa-f]")


def telling(words: str) -> list[str]:
    """Return what in a text gives the person away, as it stands, unescaped, unquoted or in base64."""
    low = words.lower()
    found = [word for word in _WORDS if word in low]
    if str(KEY) in words and _KEY.search(words):
        found.append(str(KEY))
    found += [part for part in _CODED if part in words]
    if _ESCAPED.search(words) and (plain := html.unescape(words)) != words and not found:
        return telling(plain)
    if _QUOTED.search(words) and (plain := unquote(words)) != words and not found:
        return telling(plain)
    return sorted(set(found))


def telling_bytes(content: bytes) -> list[str]:
    """Return the same of bytes: in UTF-8 and UTF-16, and in what a picture says about itself."""
    found = set(telling(content.decode("utf-8", errors="replace")))
    if b"\0" in content:
        found |= set(telling(content.replace(b"\0", b"").decode("latin-1")))
    if content[:4] in {b"\x89PNG", b"RIFF"} or content[:2] == b"\xff\xd8" or content[4:8] == b"ftyp":
        with Image.open(io.BytesIO(content)) as image:
            image.load()
            said = [*image.info.values(), *image.getexif().values(), *image.getexif().get_ifd(0x8769).values()]
        for value in said:
            found |= set(telling(value.decode("latin-1") if isinstance(value, bytes) else str(value)))
    return sorted(found)


def telling_mail(raw: bytes) -> list[str]:
    """Return the same of a mail as it goes over the wire: its headers, and each part as it is read."""
    message = message_from_bytes(raw, policy=default)
    found = set(telling_bytes(raw.replace(b"=\n", b"")))
    for name, value in message.items():
        found |= set(telling(f"{name}: {value}"))
    for part in message.walk():
        if not part.is_multipart():
            found |= set(telling_bytes(part.get_payload(decode=True) or b""))
    return sorted(found)
