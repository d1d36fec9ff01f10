"""What must never be false about archives: rows for `test_facts`."""

from collections.abc import Callable

from blog.models import Archive, Arrival, Document, OldPath, Suggestion
from tests.factories import NOW


def archive(**values: object) -> Archive:
    return Archive.objects.get_or_create(**{"name": "old.example", "defaults": {"begun_at": NOW}, **values})[0]


def arrival(**values: object) -> None:
    Arrival.objects.create(**{"archive": archive(), "kind": "post", "key": "7", "target": 1, **values})


def path(**values: object) -> None:
    OldPath.objects.create(**{"path": "/?p=7", "kind": "post", "target": 1, "kept_at": NOW, **values})


def suggestion(**values: object) -> None:
    Suggestion.objects.create(**{"archive": archive(), "kind": "series", "key": "bins", "made_at": NOW, **values})


FALSE_OF_ARCHIVES: dict[str, Callable[[], object]] = {
    "archive_has_a_name": lambda: archive(name=""),
    "thing_of_an_archive_comes_once": lambda: (arrival(), arrival(target=2)),
    "arrival_kind_is_known": lambda: arrival(kind="menu"),
    "old_path_begins_with_a_slash": lambda: path(path="old.example"),
    "old_path_leads_to_one_thing": lambda: path(to="/"),
    "document_has_a_name": lambda: Document.objects.create(file="a.pdf", name="", size=1, sha256="", came_at=NOW),
    "suggestion_is_made_once": lambda: (suggestion(), suggestion()),
    "suggestion_kind_is_known": lambda: suggestion(kind="category"),
    "suggestion_is_decided_at_a_moment": lambda: suggestion(is_taken=True),
}
