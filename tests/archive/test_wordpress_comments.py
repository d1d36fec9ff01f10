"""Comments of WordPress → remarks."""

import datetime as dt
from pathlib import Path

import pytest

from blog.archive.records import Piece, RemarkState, Weight
from tests.archive.wordpress_exports import author, comment, export, item, losses, piece, records


def test_a_comment_comes_with_what_its_writer_gave(tmp_path: Path):
    (remark,) = piece(
        tmp_path, item(comments=[comment(1, "Well <em>said</em>.\n\nAnd so on.", author_url="https://home.example/")])
    ).remarks

    assert (remark.key, remark.name, remark.text) == ("1", "A reader", "Well said.\n\nAnd so on.")
    assert (remark.address, remark.site) == ("reader@home.example", "https://home.example/")
    assert remark.written_at == dt.datetime(2013, 12, 11, 10, tzinfo=dt.UTC)
    assert remark.state is RemarkState.APPROVED


@pytest.mark.parametrize(
    ("approved", "state"),
    [
        ("1", RemarkState.APPROVED),
        ("0", RemarkState.HELD),
        ("spam", RemarkState.SPAM),
        ("post-trashed", RemarkState.HELD),
    ],
)
def test_states_stay(tmp_path: Path, approved, state):
    (remark,) = piece(tmp_path, item(comments=[comment(1, approved=approved)])).remarks

    assert remark.state is state


def test_an_author_is_known_by_the_number_and_never_by_the_name(tmp_path: Path):
    comments = [comment(1, user_id=1), comment(2, author="Jane Doe")]

    found = piece(tmp_path, author("jane", "Jane Doe", 1), item(comments=comments))

    assert [remark.person for remark in found.remarks] == ["jane", ""]


def test_where_authors_have_no_numbers_who_was_signed_in_is_known_by_the_account_s_address(tmp_path: Path):
    comments = [
        comment(1, user_id=1, author_email="Jane@old.example"),
        comment(2, user_id=0, author_email="jane@old.example"),
        comment(3, user_id=2),
    ]

    early = piece(tmp_path, author("jane", "Jane Doe", ""), item(comments=comments))
    numbered = piece(tmp_path, author("jane", "Jane Doe", 7), item(comments=comments))

    assert [remark.person for remark in early.remarks] == ["jane", "", ""]
    assert {remark.person for remark in numbered.remarks} == {""}


def test_pings_come_with_the_address_of_their_page_and_are_noted(tmp_path: Path):
    ping = comment(
        1, "[...] as said [...]", type="pingback", author="Elsewhere &raquo; Bins", author_url="https://e.example/1"
    )

    found = records(tmp_path, export(item(comments=[ping])))

    (remark,) = next(record.remarks for record in found if isinstance(record, Piece))
    assert (remark.name, remark.address) == ("Elsewhere » Bins", "")
    assert remark.text == "[...] as said [...]\n\nhttps://e.example/1"
    assert [(loss.what, loss.weight) for loss in losses(found)] == [("ping", Weight.NOTED)]


def test_answers_to_what_was_thrown_away_go_to_the_one_above(tmp_path: Path):
    comments = [comment(1), comment(2, parent=1, approved="trash"), comment(3, parent=2)]

    found = records(tmp_path, export(item(comments=comments)))

    remarks = next(record.remarks for record in found if isinstance(record, Piece))
    assert [(remark.key, remark.parent) for remark in remarks] == [("1", ""), ("3", "1")]
    assert "thrown away" in losses(found)[0].why


def test_circles_and_missing_parents_end_at_the_piece(tmp_path: Path):
    comments = [
        comment(1, parent=2),
        comment(2, parent=1),
        comment(3, parent=99),
        comment(4, parent=4),
        comment(5, parent=1),
    ]

    found = records(tmp_path, export(item(comments=comments)))

    parents = {remark.key: remark.parent for record in found if isinstance(record, Piece) for remark in record.remarks}
    assert all(_leads_out(key, parents) for key in parents)
    assert parents["5"] == "1"
    assert parents["3"] == parents["4"] == ""
    assert losses(found)[0].weight is Weight.CHANGED


def _leads_out(key: str, parents: dict[str, str]) -> bool:
    """Whether going from answer to answer comes to an end."""
    passed = set()
    while key and key not in passed:
        passed.add(key)
        key = parents[key]
    return not key


def test_numbers_that_come_twice_and_types_of_plugins_are_named(tmp_path: Path):
    comments = [comment(1), comment(1), comment(2, type="order_note")]

    found = records(tmp_path, export(item(comments=comments), item(8, title="Another", comments=[comment(1)])))

    assert [len(record.remarks) for record in found if isinstance(record, Piece)] == [1, 0]
    assert {(loss.which, loss.why) for loss in losses(found)} == {
        ("A piece", "1 comment of a number that came before."),
        ("A piece", "1 comment of the type “order_note”, which people didn't write."),
        ("Another", "1 comment of a number that came before."),
    }
