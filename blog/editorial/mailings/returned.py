"""Letters to subscribers that a mail server sends back (RFC 3464), where there is no provider who would tell."""

import datetime as dt
from email import message_from_bytes
from email.message import Message

from blog.editorial.mailings.messages import message_id_of
from blog.editorial.subscriptions.bouncing import note_bounce
from blog.models import Delivery

LONGEST = 5_000_000  # Bytes; more is no report
MOST_FAILED = 50  # Our letters go to one address each; a report that names hundreds is made up


def note_returned(*, report: bytes, at: dt.datetime) -> int:
    """Count the addresses that a report says its letter did not reach. Returns how many were ours.

    Anybody can write such a report, so it counts only if it names the Message-ID of a letter that this address got.
    One that can't be read, or is nested deeper than any server does, counts nothing.
    """
    if len(report) > LONGEST:
        return 0
    try:
        failed = _failed_in(message_from_bytes(report))
    except (RecursionError, ValueError, LookupError):
        return 0
    noted = 0
    for address, status in dict.fromkeys(failed[:MOST_FAILED]):
        ours = Delivery.objects.filter(address=address).exclude(tried_at=None)
        if any(message_id_of(one).encode() in report for one in ours):
            note_bounce(address=address, at=at, is_permanent=status.startswith("5."))
            noted += 1
    return noted


def _failed_in(report: Message) -> list[tuple[str, str]]:
    """Return the addresses of a report that failed, each with its status. A report of a delay names none."""
    failed = []
    for part in report.walk():
        if part.get_content_type() != "message/delivery-status" or not part.is_multipart():
            continue
        for fields in part.get_payload():
            if not isinstance(fields, Message) or str(fields.get("Action", "")).strip().lower() != "failed":
                continue
            named = fields.get("Original-Recipient") or fields.get("Final-Recipient") or ""
            address = str(named).partition(";")[2].strip().strip("<>").lower()
            if "\x00" in address or not address.isprintable():
                continue
            failed.append((address, str(fields.get("Status", "")).strip()))
    return failed
