"""Every place that writes a state, by what it is the state of. A new one fails here until somebody has thought of it."""

import ast
from collections.abc import Iterator
from pathlib import Path

DOORS = {
    "a piece": {
        "blog/editorial/moves.py",
        "blog/editorial/drafting.py",  # Where it begins
        "blog/editorial/arriving/pieces.py",  # Where one begins that comes from an archive, published or not
        "blog/editorial/arriving/renewing.py",  # Where its draft comes out, because it has over there
    },
    "a pitch": {
        "blog/editorial/pitching/pitches.py",
        "blog/editorial/leaving.py",  # Whoever erases an account withdraws
    },
    "a comment": {
        "accounts/commenting/moves.py",
        "accounts/commenting/posting.py",  # Where it begins
        "accounts/commenting/leaving.py",  # Thousands at once, when an account is erased
        "accounts/commenting/reporting.py",  # What the caller has in hand, once it is written
    },
    "a complaint": {"accounts/commenting/complaints.py"},
    "a subscription": {
        "blog/editorial/subscriptions/asking.py",
        "blog/editorial/subscriptions/confirming.py",
        "blog/editorial/subscriptions/ending.py",
    },
    "a mailing and its deliveries": {
        "blog/editorial/mailings/announcing.py",
        "blog/editorial/mailings/controls.py",
        "blog/editorial/mailings/round_up.py",
        "blog/editorial/mailings/sending.py",
        "wlg/demonstration/posting.py",  # As if its letters had been sent
    },
}
READS = {"accounts/own_data/sections.py"}  # Tells the owner of the account
WRITES = {"update", "create", "get_or_create", "update_or_create"}


def assigned(tree: ast.Module) -> Iterator[str]:
    """Give the attributes that are assigned to, alone or several at once."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr


def passed(tree: ast.Module) -> Iterator[str]:
    """Give the names under which fields are written in one call, and the keys of what may be passed to such a call."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in WRITES:
            yield from (keyword.arg or "" for keyword in node.keywords)
        if isinstance(node, ast.Dict):
            # Only with a value that may be a state: a pattern or a sentence for people is none
            yield from (
                str(getattr(key, "value", ""))
                for key, value in zip(node.keys, node.values, strict=True)
                if isinstance(value, ast.Attribute | ast.Name)
            )


def test_only_its_doors_write_a_state():
    places = set()
    for path in (path for room in ("blog", "accounts", "wlg") for path in Path(room).rglob("*.py")):
        if "migrations" in path.parts:
            continue
        tree = ast.parse(path.read_text())
        if "state" in {*assigned(tree), *passed(tree)}:
            places.add(str(path))

    assert places - READS == set().union(*DOORS.values())
