"""Keys of rows in forms and addresses, where anybody can write anything."""

import pytest

from blog.desk.keys import key_in


@pytest.mark.parametrize(("text", "key"), [("1", 1), ("007", 7), (str(2**63 - 1), 2**63 - 1)])
def test_a_key_is_read(text, key):
    assert key_in(text) == key


@pytest.mark.parametrize("text", ["", "x", "-1", "1.5", " 1", "²", "٣", "\x00", str(2**63), "9" * 5000])
def test_what_no_database_could_hold_is_none(text):
    assert key_in(text) is None
