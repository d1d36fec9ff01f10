"""The hardest pieces to set: everything that a text can hold, too long, too wide, too many, or missing.

To look at them on a development site: `python manage.py shell -c "from tests.look.extremes import make_extremes;
make_extremes()"`, with an empty database or beside the demonstration.
"""

import datetime as dt

from django.utils import timezone

from accounts.commenting.moves import count_comments
from accounts.models import Comment, User
from blog.editorial import corrections, drafting, pictures, proof, publishing, review
from blog.editorial.names import identity
from blog.models import Author, Picture, Post
from tests.factories import SeriesFactory, UserFactory, make_author, make_editor, make_published
from tests.pictures import picture_file

LONG_WORD = "Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnungsentwurf"
LONG_ADDRESS = "https://www.calder-vale.example/planning/applications/2026/03/" + "reference" * 12 + "?full=yes"
SENTENCE = "A name against each row, and a date by which something must happen. "
LONG_TITLE = (
    "On being asked, for the third time since the reorganisation, to say in one sentence and without any of the words "
    "that we normally use for it what it is that this team does all day, by somebody who was about to put the answer "
    "into a column too narrow for the name of the team, let alone for {word} or an honest reply"
).format(word="its work")[:300]

EVERYTHING = f"""
<p>On the first Monday of January we had <strong>four shared inboxes</strong>, two <em>spreadsheets</em> and a
<a href="https://council.example/paper">paper book</a>.<sup>1</sup> {SENTENCE * 3}The word {LONG_WORD} stands here,
and so does <a href="{LONG_ADDRESS}">{LONG_ADDRESS}</a>.</p>
<h2>A heading of the second level that is long enough to need a second line on most of the screens there are</h2>
<p>{SENTENCE * 4}Water is H<sub>2</sub>O, and the list is <code>inbox.move(to="one list", when=today)</code>.<sup>2</sup></p>
<ul><li>how many messages came in, and where they landed;</li>
<li>how many of them were people asking:<ul><li>once, politely;<ol><li>by letter;</li><li>by telephone, which nobody
wrote down, {SENTENCE * 2}</li></ol></li><li>twice.</li></ul></li><li>how long each one sat.</li></ul>
<h3>A heading of the third level</h3>
<ol><li>First, {SENTENCE}</li><li>then the rest.<ul><li>{LONG_WORD}</li></ul></li></ol>
<h4>A heading of the fourth level</h4>
<p>{SENTENCE * 2}</p>
<blockquote><p>I used to know what was in my inbox. Now I know what is in the office.</p>
<blockquote><p>And who said that? {SENTENCE}</p></blockquote>
<p>A second paragraph of what she said. {SENTENCE}</p><p><cite>Dennis Okafor, enforcement officer</cite></p></blockquote>
<pre>10 PRINT "NOTHING ON IT MAY BELONG TO A TEAM, WHATEVER THE TEAM SAYS, AND A LINE OF CODE IS NEVER BROKEN, NOT EVEN HERE"
20 GOTO 10</pre>
<table><caption>Two fortnights compared</caption><thead><tr><th scope="col">Measure</th><th scope="col">December</th>
<th scope="col">March</th><th scope="col">Change</th></tr></thead><tbody>
<tr><th scope="row">Messages received</th><td>1,612</td><td>437</td><td>−29%</td></tr>
<tr><th scope="row">Median days to a named officer</th><td>4.5</td><td>0.7</td><td>−84%</td></tr></tbody></table>
<table><caption>Ten columns</caption><thead><tr><th scope="col">Ward</th>
{"".join(f'<th scope="col">{month} 2026</th>' for month in ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept"))}
</tr></thead><tbody>{"".join(f'<tr><th scope="row">{ward}</th>' + "".join(f"<td>£{n * 1317:,}</td>" for n in range(1, 10)) + "</tr>" for ward in ("Calder Vale East", "Thornmere"))}
</tbody></table>
<figure><img src="PICTURE" alt="A whiteboard ruled into five columns." width="1280" height="720"><figcaption>The first
list, on the wall by the kettle, in its second week. <cite>Photograph: Priya Raman</cite></figcaption></figure>
<hr>
<p>{SENTENCE * 3}</p>
<ol><li>A chaser is any message whose main purpose is to ask about an earlier one. {SENTENCE}</li>
<li>See <a href="{LONG_ADDRESS}">{LONG_ADDRESS}</a>.</li></ol>
"""
INTRODUCTION = (
    "<p>Calder Vale is a district of 92,000 people. We asked Priya to write this up.</p><p>There were no slides.</p>"
)


def make_extremes() -> dict[str, Post]:
    """Make the pieces, each by the editorial functions, and return them by what is extreme about them."""
    at = timezone.now() - dt.timedelta(hours=1)
    editor = make_editor(display_name="Tom Ashby the Extreme")
    everything = make_everything(editor=editor, at=at)
    nobody, behind = UserFactory(), UserFactory()
    no_role = make_author(nobody, role="", name="No Role")
    pen_name = make_author(behind, name="A Head of Service", role="", is_pen_name=True)
    bare = make_published(title="Bare", body="<p>One line.</p>", editor=editor, at=at, writer=nobody, author=no_role)
    many = make_published(title="Three hundred comments", editor=editor, at=at)
    comment(many, 300, at=at)
    few = make_published(title="One comment", editor=editor, at=at)
    comment(few, 1, at=at)
    return {
        "everything": everything,
        "bare": bare,
        "comments": many,
        "comment": few,
        "pen name": make_published(title="Under a pen name", editor=editor, at=at, writer=behind, author=pen_name),
        "five authors": make_together(editor=editor, at=at),
        "series": make_part_twelve(editor=editor, at=at),
    }


def make_everything(*, editor: User, at: dt.datetime) -> Post:
    """Make the piece that has everything: a lead picture, an introduction, a correction, and all that a text can hold."""
    writer = UserFactory()
    author = make_author(writer, about="She runs planning systems. " + SENTENCE, organisation="Calder Vale " * 6)
    post = drafting.begin(by=editor, at=at, authors=[author], is_guest_piece=True, editor=editor)
    lead, inside = (_picture(editor, post, at) for _ in range(2))
    text = drafting.Text(
        title=LONG_TITLE,
        standfirst=SENTENCE * 4,
        body=EVERYTHING.replace("PICTURE", inside.file.url),
        lead_picture=lead,
    )
    _publish(post, text, editor=editor, writer=writer, at=at)
    drafting.save_text(
        post=post, text=drafting.Text(standfirst=SENTENCE * 3), by=editor, at=at, based_on=post.working_id
    )
    post.refresh_from_db()
    corrections.publish_correction(post=post, note="An earlier version said 214 chasers. It was 241.", by=editor, at=at)
    return Post.objects.get(pk=post.pk)


def make_together(*, editor: User, at: dt.datetime) -> Post:
    """Make a piece with five names on its byline."""
    names = ["Priya Raman", "Owen Pritchard", "A Head of Service", "J. Adeyemi", f"Dr {LONG_WORD}"]
    authors = [make_author(name=name, is_pen_name="Head" in name, about=SENTENCE) for name in names]
    return _by(authors, title="Five people wrote this", editor=editor, at=at)


def make_part_twelve(*, editor: User, at: dt.datetime) -> Post:
    """Make part 12 of a series of 40, without a standfirst, with its neighbours out."""
    series = SeriesFactory(title="Everything that we counted, in the order in which we counted it", planned_parts=40)
    part, *_others = [
        make_published(title=f"Part the {number}th", editor=editor, at=at, series=series, part_number=number)
        for number in (12, 11, 13)
    ]
    return part


def comment(post: Post, number: int, *, at: dt.datetime) -> None:
    """Put so many comments under a piece: every third a reply, some with words and addresses that never break."""
    people = [UserFactory(display_name=name) for name in ("Dana Whitby", LONG_WORD[:60], "J.")]
    texts = ["So did we.", f"{LONG_WORD * 3} {LONG_ADDRESS}", f"{SENTENCE * 3}\n\n{SENTENCE}"]
    top: Comment | None = None
    for place in range(number):
        parent = top if place % 3 else None
        made = Comment.objects.create(
            post=post,
            user=people[place % 3],
            parent=parent,
            text=texts[place % 3],
            state=Comment.State.APPROVED,
            written_at=at,
        )
        top = parent or made
    count_comments(post.pk, at=at)


def _picture(editor: User, post: Post, at: dt.datetime) -> Picture:
    return pictures.take_in(
        file=picture_file("JPEG", (1280, 720)),
        by=editor,
        at=at,
        post=post,
        alt="A whiteboard ruled into five columns.",
        caption="The first list, on the wall by the kettle, in its second week.",
        credit="Priya Raman",
    )


def _by(authors: list[Author], *, title: str, editor: User, at: dt.datetime) -> Post:
    post = drafting.begin(by=editor, at=at, authors=authors, is_guest_piece=False, editor=editor)
    drafting.save_text(
        post=post,
        text=drafting.Text(title=title, standfirst=SENTENCE, body=f"<p>{SENTENCE * 9}</p>"),
        by=editor,
        at=at,
        based_on=post.working_id,
    )
    post.refresh_from_db()
    publishing.finish(post=post, by=editor, at=at)
    publishing.publish(post=post, by=editor, at=at)
    return Post.objects.get(pk=post.pk)


def _publish(post: Post, text: drafting.Text, *, editor: User, writer: User, at: dt.datetime) -> None:
    drafting.save_text(post=post, text=text, by=writer, at=at, based_on=post.working_id)
    drafting.submit_for_review(post=post, by=writer, at=at)
    post.refresh_from_db()
    introduction = drafting.Text(introduction=INTRODUCTION, introduced_by=identity.staff_author(user=editor))
    drafting.save_text(post=post, text=introduction, by=editor, at=at, based_on=post.working_id)
    review.accept(post=post, by=editor, at=at)
    post.refresh_from_db()
    proof.sign_off(post=post, seen=post.working_id or 0, by=writer, at=at)
    publishing.publish(post=post, by=editor, at=at)
    post.refresh_from_db()
