"""HTML of any source becomes the house's, and no word is lost on the way."""

import re
import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.archive.records import Weight
from blog.archive.text import FileHere, Settled, plain, settle, wanted_files
from blog.prose import as_plain, clean_prose
from blog.typesetting import link_notes

BASE = "https://old.example/2013/12/who-closes-a-row/"
PICTURE = FileHere("/media/pictures/2026/03/ab.jpg", "picture", 800, 600, alt="A wall")
DOCUMENT = FileHere("/media/documents/2026/03/cd.pdf", "document")
SHOWN = '<figure><img src="/media/pictures/2026/03/ab.jpg" alt="A wall" width="800" height="600"></figure>'
HERE = {
    "https://old.example/wp-content/uploads/wall.jpg": PICTURE,
    "https://elsewhere.example/wall.jpg": PICTURE,
    "https://old.example/wp-content/uploads/report.pdf": DOCUMENT,
}
WALL = "/wp-content/uploads/wall.jpg"


def is_ours(address: str) -> bool:
    return address.startswith("https://old.example/")


def settled(html: str) -> Settled:
    return settle(html, base=BASE, is_ours=is_ours, file_at=HERE.get)


def written(html: str) -> str:
    """Return what a text becomes, having made sure that neither the house's door nor a second time changes it."""
    html = settled(html).html
    assert clean_prose(html) == html
    assert settled(html).html == html
    return html


@pytest.mark.parametrize(
    ("html", "made"),
    [
        ("Bare words", "<p>Bare words</p>"),
        ("One\n\nTwo &amp; <em>three</em>", "<p>One</p><p>Two &amp; <em>three</em></p>"),
        ('<em title="x\n\ny">One</em>\n\nTwo', "<p><em>One</em></p><p>Two</p>"),
        ("<div>a<div>b</div>c</div>", "<p>a</p><p>b</p><p>c</p>"),
        ("<p>a<br>b<br><br>c<br></p>", "<p>a<br>b</p><p>c</p>"),
        ("<p>a&#8232;b&#8233;<em>c\u2028d</em></p>", "<p>a<br>b<br><em>c d</em></p>"),
        ("<b><p>a</p>b</b>", "<p><strong>a</strong></p><p><strong>b</strong></p>"),
        ("<p>a<b> b</b><strong>c </strong>d</p>", "<p>a <strong>bc</strong> d</p>"),
        ("<p>5&nbsp;km &nbsp; on&nbsp;</p><p>&nbsp;</p><p> <b> </b></p>", "<p>5&nbsp;km on</p>"),
        ('<span style="font-weight: 700">a</span> <b style="font-weight:normal">b</b>', "<p><strong>a</strong> b</p>"),
        ("<p>a <u>b</u> <font color=red>c</font> <small>d</small> <mark>e</mark></p>", "<p>a b c d e</p>"),
        ("<p><q>a</q> H<sub>2</sub>O <kbd>Esc</kbd></p>", "<p>“a” H<sub>2</sub>O <code>Esc</code></p>"),
        ("<h1>A</h1><h2>B</h2><h4>C</h4>", "<h2>A</h2><h3>B</h3><h3>C</h3>"),
        ("<h4>A</h4><h5>B</h5>", "<h2>A</h2><h3>B</h3>"),
        ("<h3><b>A</b></h3>", "<h3>A</h3>"),
        ("<h2><p>A</p></h2>x", "<h2>A</h2><p>x</p>"),
        ("<ul><li>a<li>b<ul><li>c</ul></ul>", "<ul><li>a</li><li><p>b</p><ul><li>c</li></ul></li></ul>"),
        ("<ul><li><p>a</p></li><ul><li>b</li></ul></ul>", "<ul><li><p>a</p><ul><li>b</li></ul></li></ul>"),
        ("<ol start=3><li>a</ol><li>b</li><li>c</li>", '<ol start="3"><li>a</li></ol><ul><li>b</li><li>c</li></ul>'),
        ("<dl><dt>a<dd>b</dl>", "<p><strong>a</strong></p><p>b</p>"),
        ("<details><summary>a</summary>b</details>", "<h3>a</h3><p>b</p>"),
        ("<pre>\n\n a\n\tb<br>c\n</pre>", "<pre> a\n\tb\nc</pre>"),
        ("<blockquote>a<cite>b</cite></blockquote>", "<blockquote><p>a<cite>b</cite></p></blockquote>"),
        ("<table><tr><td>only</table>", "<p>only</p>"),
        (
            "<table><tr><td><table><tr><th>a<td colspan=2>b</table></table>",
            '<table><tbody><tr><th>a</th><td colspan="2">b</td></tr></tbody></table>',
        ),
        (
            "<figure><table><tfoot><tr><td>c<td>d</tfoot><tr><td>a<td>b</table><figcaption>e</figcaption></figure>",
            "<table><caption>e</caption><tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></tbody></table>",
        ),
        ("<ruby>漢<rt>kan</rt></ruby> <p dir=rtl>שלום</p>", "<p>漢(kan)</p><p>שלום</p>"),
        ("<p>e&#769;&#8232;&#127; a <b>&#824;b</b></p>", "<p>é<br>a <strong>b</strong></p>"),
        ("a</body></html>b<!-- never closed", "<p>a b never closed</p>"),
        ("<ul><li><input type=checkbox checked>Done</ul>", "<ul><li>☑ Done</li></ul>"),
    ],
)
def test_a_text_is_set_as_the_house_sets_it(html: str, made: str):
    assert written(html) == made


@pytest.mark.parametrize(
    ("html", "made"),
    [
        (f'<p><a href="{WALL}"><img src="/wp-content/uploads/wall-300x200.jpg" alt=""></a></p>', SHOWN),
        (f'<img src="data:image/gif;base64,R0" data-src="{WALL}"><noscript><img src="{WALL}"></noscript>', SHOWN),
        (f'<a href="/x/wall/" rel="attachment wp-att-7"><img src="{WALL}"></a>', SHOWN),
        (
            "<object data='/wp-content/uploads/report.pdf' title=a></object>",
            '<p><a href="/media/documents/2026/03/cd.pdf">a</a></p>',
        ),
        (f"<p>a <img src={WALL}> b</p>", f"<p>a b</p>{SHOWN}"),
        (f"<h2>a<img src={WALL}>b</h2>", f"<h2>a b</h2>{SHOWN}"),
        (f"<p>a<br><img src={WALL}><br>b</p>", f"<p>a</p>{SHOWN}<p>b</p>"),
        ('<img src="https://i2.wp.com/elsewhere.example/wall.jpg?resize=300%2C200">', SHOWN),
        (
            f'<div class="wp-caption"><img src="{WALL}" alt="B"><p class="wp-caption-text">a <b>b</b></p></div>',
            SHOWN.replace("A wall", "B").replace("</figure>", "<figcaption>a <strong>b</strong></figcaption></figure>"),
        ),
        (
            f'<a href="https://elsewhere.example/"><img src="{WALL}"></a>',
            SHOWN.replace("<img", '<a href="https://elsewhere.example/"><img').replace("</f", "</a></f"),
        ),
        ('<p>a <img class="wp-smiley" src="https://s.example/smile.png" alt=":-)"></p>', "<p>a :-)</p>"),
        ("<img src=gone.jpg alt='A &lt;row&gt;'>", f'<p><a href="{BASE}gone.jpg">A &lt;row&gt;</a></p>'),
        (
            f'<div><a href="{WALL}">a</a><a href="{WALL}" class="wp-block-file__button" download>Download</a></div>',
            '<p><a href="/media/pictures/2026/03/ab.jpg">a</a></p>',
        ),
        ('<a href="/wp-content/uploads/report.pdf">a</a>', '<p><a href="/media/documents/2026/03/cd.pdf">a</a></p>'),
    ],
)
def test_pictures_and_documents_are_ours_or_links(html: str, made: str):
    assert written(html) == made


def test_the_pictures_of_a_gallery_stand_one_after_another_with_their_captions():
    one = f'<li><figure><img src="{WALL}"><figcaption>a</figcaption></figure></li>'
    html = written(f'<figure class="gallery"><ul>{one}{one}</ul><figcaption>b</figcaption></figure>')
    assert html.count(SHOWN.replace("</figure>", "<figcaption>a</figcaption></figure>")) == 2
    assert html.endswith("<p>b</p>")


@pytest.mark.parametrize(
    ("address", "made"),
    [
        ("https://old.example/2014/01/x/?a=1&amp;b=2#c", "/2014/01/x/?a=1&amp;b=2#c"),
        ("../../../2014/", "/2014/"),
        ("/?p=7#comments", "/?p=7#comments"),
        ("//elsewhere.example/a b", "https://elsewhere.example/a%20b"),
        ("https://old.example//evil.example/", "/evil.example/"),
        ("mailto:a@b.example", "mailto:a@b.example"),
    ],
)
def test_links_lead_where_they_led(address: str, made: str):
    assert written(f'<a href="{address}">a</a>') == f'<p><a href="{made}">a</a></p>'


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        " java\nscript:alert(1)",
        "http://[x",
        "http://x.example:y/",
        "http://1.2.3.4.5/",
        "ftp://x.example/",
        "data:,x",
    ],
)
def test_other_links_are_words(address: str):
    assert written(f'<a href="{address}">a</a>') == "<p>a</p>"


@pytest.mark.parametrize(
    ("html", "address"),
    [
        ("<iframe src='//www.youtube.com/embed/Ab-1?rel=0'>", "https://www.youtube.com/watch?v=Ab-1"),
        (
            "<object><param name=movie value='http://www.youtube.com/v/Ab-1&hl=en'><embed src='x'></object>",
            "https://www.youtube.com/watch?v=Ab-1",
        ),
        ("<iframe data-src='https://player.vimeo.com/video/12?h=1'></iframe>", "https://vimeo.com/12"),
        (
            "<iframe src='https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/a/b'></iframe>",
            "https://soundcloud.com/a/b",
        ),
        (
            "<iframe src='https://www.google.com/maps/embed?pb=!1m1!2d-0.12!3d51.5!4'></iframe>",
            "https://www.google.com/maps?q=51.5,-0.12",
        ),
        ("<amp-youtube data-videoid=Ab-1></amp-youtube>", "https://www.youtube.com/watch?v=Ab-1"),
        ("<video controls><source src='https://x.example/a.mp4'>Not here</video>", "https://x.example/a.mp4"),
    ],
)
def test_what_others_show_becomes_a_link_to_what_a_person_would_open(html: str, address: str):
    found = settled(f"<p>a</p>{html}")
    assert f'href="{address}"' in written(f"<p>a</p>{html}").replace("&amp;", "&")
    assert [loss.which for loss in found.losses] == [address]


def test_what_is_left_out_is_said():
    html = (
        "<script>a</script><style>b</style><img src='https://pixel.wp.com/g.gif?x'>"
        "<form><input name=q><button>Go on</button></form><p><s>struck</s></p><math alttext='x^2'><mi>x</mi></math>"
        "<svg><text>drawn</text></svg><img src=gone.jpg><iframe></iframe><a href='#nowhere'>there</a>"
    )
    losses = [(loss.what, loss.which, loss.weight) for loss in settled(html).losses]
    assert losses == [
        ("form", "Go on", Weight.LOST),
        ("formula", "x^2", Weight.CHANGED),
        ("drawing", "drawn", Weight.LOST),
        ("picture", f"{BASE}gone.jpg", Weight.LOST),
        ("embed", "", Weight.LOST),
        ("script", "", Weight.NOTED),
        ("struck words", "", Weight.CHANGED),
        ("link", "", Weight.CHANGED),
    ]
    assert as_plain(written(html)).split() == ["struck", "x^2", "drawn", "there", "Picture:", "gone.jpg"]


def test_links_to_headings_of_the_same_text_still_lead_there():
    html = '<p><a href="#toc-2">a</a> <a href="#nowhere">b</a></p><h2 id="toc-1">Cost</h2><h2 id="toc-2">Cost</h2>'
    assert written(html) == '<p><a href="#cost-2">a</a> b</p><h2>Cost</h2><h2>Cost</h2>'


def test_a_link_within_a_text_may_have_any_name():
    assert written('<p><a href="#é&amp;\\">a</a></p><h2 id="é&amp;\\">Cost</h2>') == (
        '<p><a href="#cost">a</a></p><h2>Cost</h2>'
    )


def test_footnotes_of_other_systems_are_linked_by_the_house():
    html = (
        '<p>a<sup class="fn"><a href="#n1" id="r1">1</a></sup> b<a href="#n2">[2]</a></p>'
        '<ol><li id="n1">c <a href="#r1">↩︎</a></li><li>d <a href="#r2">↑</a></li></ol>'
    )
    made = written(html)
    assert made == "<p>a<sup>1</sup> b<sup>[2]</sup></p><ol><li>c</li><li>d</li></ol>"
    assert link_notes(made).count('id="note-') == 4


def test_notes_that_are_numbered_paragraphs_become_the_list_that_the_house_links():
    html = (
        '<p>a<a href="#_ftn1" name="_ftnref1">[1]</a> b<a href="#_ftn2">[2]</a></p><hr>'
        '<div id="ftn1"><p><a href="#_ftnref1">[1]</a> c</p></div><p><a href="#_ftnref2">[2]</a>&nbsp;<em>d</em></p>'
    )
    made = written(html)
    assert made == "<p>a<sup>[1]</sup> b<sup>[2]</sup></p><hr><ol><li>c</li><li><em>d</em></li></ol>"
    assert link_notes(made).count('id="note-') == 4


@pytest.mark.parametrize(
    "end", ["<p>[2] c</p>", "<p>[1] c</p><p>[2] d</p>", "<p>[1]</p>", "<p>1 c</p>", "<p>[1] c</p><p>d</p>"]
)
def test_other_paragraphs_with_numbers_stay(end: str):
    assert written(f"<p>a<sup>1</sup></p>{end}").endswith(end)


def test_names_that_another_house_of_this_kind_gave_are_those_of_its_own_files():
    html = '<p><a href="/media/documents/2020/01/ef.pdf">a</a></p><p><img src="/media/pictures/2020/01/gh.jpg" alt="A wall"></p>'
    wanted = wanted_files(html, base=BASE, is_ours=is_ours)
    assert set(wanted) == {
        f"https://old.example/media/{name}" for name in ("documents/2020/01/ef.pdf", "pictures/2020/01/gh.jpg")
    }
    here = {address: PICTURE if "pictures" in address else DOCUMENT for address in wanted}
    made = settle(html, base=BASE, is_ours=is_ours, file_at=here.get).html
    assert made == f'<p><a href="{DOCUMENT.url}">a</a></p>{SHOWN}'


def test_files_that_a_text_wants_are_known_before_it_is_settled():
    html = (
        f'<a href="{WALL}"><img src="{WALL}"></a><img data-src="gone.jpg" src="blank.gif"><a href="gone.pdf">a</a>'
        '<a href="https://elsewhere.example/x.pdf">b</a><img src="https://elsewhere.example/y.png" width=1 height=1>'
        '<video src="gone.mp4"></video><iframe src="gone.doc"></iframe><img src="https://elsewhere.example/z.png?w=300">'
    )
    gone = tuple(BASE + name for name in ("gone.jpg", "gone.pdf", "gone.mp4", "gone.doc"))
    wanted = (*gone, "https://elsewhere.example/z.png")
    assert settled(html).wanted == wanted
    assert wanted_files(html, base=BASE, is_ours=is_ours) == (f"https://old.example{WALL}", *wanted)


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "Kept." + "</div>" * 100_000,
        "<ul><li>" * 140 + "Kept.",
        "<p " + " ".join(f"a{number}=1" for number in range(100_000)) + ">Kept.",
        "<p>a<b>b</b></p>" * 15_000 + "Kept.",
        "<table>" + "<td>x" * 15_000 + "<p>Kept.",
        "<em><p>x" * 5_000 + "Kept.",
        "<script>" * 100_000 + "</script>Kept.",
        "<!--" * 200_000 + "Kept.",
        "<a href='#x'>y</a>" * 8_000 + "Kept.",
        "".join(f"<img src=/{number}.jpg>" for number in range(8_000)) + "Kept.",
    ],
)
def test_a_hostile_text_costs_no_time_and_no_words(html: str):
    began = time.process_time()
    found = settled(html)
    assert time.process_time() - began < 5
    assert "Kept." in as_plain(found.html)
    assert "Kept." in plain(html)


def test_a_tangled_text_becomes_plain_paragraphs_and_that_is_said():
    found = settled("<div>" * 1_000 + "a &amp; b<script>c</script><p>d")
    assert found.html == "<p>a &amp; b</p><p>d</p>"
    assert [(loss.what, loss.weight) for loss in found.losses] == [("text", Weight.CHANGED)]


BLOCKS = ["p", "div", "blockquote", "ul", "ol", "li", "h1", "h2", "h3", "h5", "pre", "section", "center", "dl", "dt", "dd",
          "table", "tr", "td", "th", "tbody", "caption", "figure", "figcaption", "details", "summary", "noscript"]  # fmt: skip
INLINE = ["b", "strong", "i", "em", "span", "font", "a href='/x'", "a href='#y'", "code", "sup", "cite", "q", "small",
          "abbr title='z'", "u", "s", "ruby", "x-y", "button", "label"]  # fmt: skip
LOOSE = [
    "<br>",
    "<hr>",
    "&nbsp;",
    " ",
    "\n",
    "\n\n",
    "&amp;",
    "&lt;",
    "é",
    "“",
    "\u200b",
    "<!-- c -->",
    f"<img src={WALL}>",
]


def element(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    tags = st.sampled_from(BLOCKS + INLINE)
    return st.builds(lambda tag, html: f"<{tag}>{html}</{tag.split()[0]}>", tags, inner)


WORDS = st.just(" WORD ")
SOUP = st.lists(
    st.one_of(
        WORDS,
        WORDS,
        st.sampled_from(LOOSE),
        st.sampled_from(BLOCKS + INLINE).map(lambda tag: f"<{tag}>"),
        st.sampled_from(BLOCKS + INLINE).map(lambda tag: f"</{tag.split()[0]}>"),
    ),
    max_size=25,
).map("".join)
TREES = st.recursive(
    st.one_of(WORDS, st.sampled_from(LOOSE)),
    lambda inner: st.lists(st.one_of(element(inner), inner), min_size=1, max_size=4).map("".join),
    max_leaves=20,
)


@given(html=st.one_of(TREES, SOUP))
@settings(max_examples=40, deadline=None, database=None, derandomize=True)
def test_no_word_is_lost_and_nothing_changes_a_second_time(html: str):
    numbers = iter(range(1_000))
    html = re.sub("WORD", lambda _word: f"w{next(numbers)}w", html)
    words = Counter(re.findall(r"w\d+w", html))
    assert Counter(re.findall(r"w\d+w", as_plain(written(html)))) == words
    assert Counter(re.findall(r"w\d+w", plain(html))) == words


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a &amp; b\n\nc <b>d</b>\ne", "a & b\n\nc d\ne"),
        ("<p>One <a href='http://x.example/y'>two</a></p>\n<p>x<br>y</p>", "One two (http://x.example/y)\n\nx\ny"),
        ("<a href='http://x.example/'>http://x.example</a>", "http://x.example"),
        ("<blockquote>q\nr</blockquote>\n\nyes", "> q\n> r\n\nyes"),
        ("<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote><p>c</p>", "> a\n>\n>> b\n\nc"),
        ("<ol><li>a</li><li>b<ul><li>c</li></ul></li></ol>d", "1. a\n2. b\n- c\n\nd"),
        ("1 < 2, I <3 it", "1 < 2, I <3 it"),
        ("<script>a</script>b<img src='http://x.example/y.png' alt='z'>", "bz (http://x.example/y.png)"),
    ],
)
def test_html_as_plain_text(html: str, text: str):
    assert plain(html) == text
