"""Pieces of an archive that answer each other, tied once all of them are here."""

from collections.abc import Iterable

from blog.models import Post

BATCH = 200


def answer(*, pairs: Iterable[tuple[int, int]]) -> int:
    """Write which piece answers which (keys of the answer and of what it answers), and return how many were tied.

    One that answers something already, or that would answer what answers it, stays as it is. The writers of what is
    answered are not told.
    """
    wanted = {answer: answered for answer, answered in pairs if answer != answered}
    rows = Post.objects.filter(pk__in=wanted, in_reply_to__isnull=True).only("pk")
    changed = []
    for row in rows:
        if wanted.get(wanted[row.pk]) != row.pk or row.pk > wanted[row.pk]:
            row.in_reply_to_id = wanted[row.pk]
            changed.append(row)
    Post.objects.bulk_update(changed, ["in_reply_to"], batch_size=BATCH)
    return len(changed)
