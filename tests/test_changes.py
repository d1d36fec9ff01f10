"""What changed between two texts."""

from blog.changes import compare, compare_lines, split_blocks
from blog.prose import clean_prose


def marked(old: str, new: str) -> str:
    return "".join(block.html for block in compare(old, new).blocks)


def test_a_changed_word_is_marked_and_nothing_else():
    result = marked(
        "<p>The only one of the lot that we trusted.</p>", "<p>The only one of the seven that we trusted.</p>"
    )

    assert result == "<p>The only one of the <del>lot</del> <ins>seven</ins> that we trusted.</p>"


def test_equal_texts_have_no_changes():
    comparison = compare("<p>One.</p><p>Two.</p>", "<p>One.</p><p>Two.</p>")

    assert (comparison.changes, comparison.changed_blocks, len(comparison.blocks)) == (0, 0, 2)


def test_a_new_paragraph_is_added_whole_and_an_old_one_taken_out_whole():
    added = "<p>One.</p><p>Something quite different.</p>"

    assert marked("<p>One.</p>", added) == "<p>One.</p><p><ins>Something quite different.</ins></p>"
    assert marked(added, "<p>One.</p>") == "<p>One.</p><p><del>Something quite different.</del></p>"


def test_changes_are_numbered_in_the_order_of_the_text():
    old = "<p>A name is not an answer at all.</p><p>Same.</p><p>Rows move before people do, always.</p>"
    new = "<p>A name is not the answer at all.</p><p>Same.</p><p>Rows move long before people do.</p>"

    blocks = compare(old, new).blocks

    assert [(block.first, block.last) for block in blocks if block.changes] == [(1, 1), (2, 3)]


def test_marks_never_break_the_structure():
    old = "<ul><li>one</li><li>two</li></ul><table><tbody><tr><td>1</td></tr></tbody></table>"
    new = "<ul><li>one</li><li>two and a half</li><li>three</li></ul><p>New <strong>bold</strong> words.</p>"

    result = marked(old, new)

    assert clean_prose(result.replace("<ins>", "").replace("</ins>", "").replace("<del>", "").replace("</del>", ""))
    assert result.count("<li>") == result.count("</li>") == 3
    assert "<strong><ins>bold</ins></strong>" in result


def test_a_new_picture_counts_as_a_change():
    old = '<figure><img src="/media/a.jpg" alt="A"></figure>'

    assert compare(old, old.replace("a.jpg", "b.jpg")).changes == 1


def test_titles_are_compared_as_text():
    assert compare_lines("Bins & <b>love</b>", "Bins & love") == (
        "Bins &amp; <del>&lt;b&gt;love&lt;/b&gt;</del> <ins>love</ins>"
    )


def test_blocks_are_split_at_the_top_level_only():
    assert split_blocks("<ul><li>a</li></ul><p>b<br>c</p><hr>") == ["<ul><li>a</li></ul>", "<p>b<br>c</p>", "<hr>"]


def test_an_attribute_with_an_angle_bracket_does_not_split_a_tag():
    block = '<figure><img src="/media/a.jpg" alt="a > b"></figure>'

    assert split_blocks(block) == [block]
