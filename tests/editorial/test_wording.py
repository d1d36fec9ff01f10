"""Suggested words take the place of exactly the old ones, and no tag is broken by it."""

import pytest

from blog.editorial.wording import reword, times
from blog.prose import clean_prose

SWAPS = [
    ("<p>We did it in order to see.</p>", "in order to see", "to see", "<p>We did it to see.</p>"),
    ("<p>In <em>order</em> to see.</p>", "In order to", "To", "<p>To see.</p>"),
    ("<p>a <strong>bold word</strong> here</p>", "word here", "one", "<p>a <strong>bold one</strong></p>"),
    ("<p>Fish &amp; chips</p>", "Fish & chips", "Pie & mash", "<p>Pie &amp; mash</p>"),
    ("<p>x &lt;b&gt; y</p>", "<b>", "<i>", "<p>x &lt;i&gt; y</p>"),
    ("<p>one  two\n three</p>", "two three", "2", "<p>one  2</p>"),
    ("<p>Go now, please.</p>", "now, ", "", "<p>Go please.</p>"),
    ('<p>See <a href="/x/">this list</a>.</p>', "this list", "the list", '<p>See <a href="/x/">the list</a>.</p>'),
    ("<ul><li>one</li><li>two</li></ul>", "two", "three", "<ul><li>one</li><li>three</li></ul>"),
    ("<p>a 5&nbsp;km walk</p>", "5 km", "6 km", "<p>a 6 km walk</p>"),
]


@pytest.mark.parametrize(("before", "old", "new", "after"), SWAPS)
def test_words_are_replaced_inside_the_marks_around_them(before, old, new, after):
    body = f"<p>Before.</p>{before}<p>After: {old and 'the same'}</p>"
    changed = reword(body, block=1, old=old, new=new)
    assert changed == f"<p>Before.</p>{after}<p>After: the same</p>"
    assert clean_prose(changed) == changed


@pytest.mark.parametrize(
    "html", ["<p>now and now</p>", "<p>then</p>", "<ul><li>n</li><li>ow</li></ul>", "<p>n<br>ow</p>"]
)
def test_words_that_stand_there_twice_or_not_at_all_are_left_alone(html):
    with pytest.raises(ValueError, match=r"^[02]$"):
        reword(html, block=0, old="now", new="later")


def test_nothing_stands_nowhere():
    assert times("<p>words</p>", "") == 0
    assert times("<p>aaa</p>", "aa") == 2
