"""What must never be false of names that came with an archive: rows for `test_facts`."""

from collections.abc import Callable

from accounts.models import ArchivedName, TakenOver
from blog.models import Archive
from tests.factories import NOW, UserFactory


def archive() -> Archive:
    return Archive.objects.get_or_create(name="old.example", defaults={"system": "WordPress", "begun_at": NOW})[0]


def archived(name: str = "Dana", address: str = "") -> None:
    ArchivedName.objects.create(archive=archive(), user=UserFactory(), name=name, address=address)


def archived_twice() -> None:
    for _ in range(2):
        archived(address="dana@council.example")


FALSE_OF_ARCHIVED_NAMES: dict[str, Callable[[], object]] = {
    "archived_name_is_one": lambda: archived(name=""),
    "archived_address_is_lower_case": lambda: archived(address="Dana@council.example"),
    "archived_once_by_address": archived_twice,
    "taken_over_from_a_name": lambda: TakenOver.objects.create(
        user=UserFactory(), archive=archive(), comments=1, at=NOW
    ),
}
