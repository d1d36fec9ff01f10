"""What happens in discussions: quoted, changed, taken away, reported, held, complained about, spam, a block."""

import datetime as dt
from dataclasses import dataclass

from accounts.commenting import blocking, complaints, editing, moderation, posting, reporting
from accounts.models import Comment, Complaint, Report, User
from blog.models import Post
from wlg.demonstration.founding import new_account

MINUTE = dt.timedelta(minutes=1)
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
NEWCOMERS = {
    "jo-farrier": "Jo Farrier",
    "the-late-shift": "The Late Shift",
    "plain-speaker": "Plain Speaker",
    "bright-windows": "Bright Windows Ltd",
}


@dataclass
class Talk:
    """The discussion below one piece, continued in the last hours."""

    post: Post
    users: dict[str, User]
    now: dt.datetime

    def say(self, who: str, text: str, *, ago: dt.timedelta, to: Comment | None = None) -> Comment:
        """Leave a comment, or an answer to one."""
        return posting.post_comment(post=self.post, text=text, by=self.users[who], at=self.now - ago, parent=to)


def talk_on(known: dict[str, User], *, now: dt.datetime) -> None:
    """Continue the discussions below the newest pieces with everything that can happen in one."""
    newcomers = {slug: new_account(f"{slug}@aob.example", name, now - (3 * DAY)) for slug, name in NEWCOMERS.items()}
    users = {**known, **newcomers}
    first, second, third = Post.objects.visible_at(now).newest_first()[:3]
    _quote_change_and_take_away(Talk(first, users, now))
    _wait(Talk(first, users, now))
    _report(Talk(second, users, now))
    _complain(Talk(third, users, now))


def _quote_change_and_take_away(talk: Talk) -> None:
    quoting = talk.say(
        "carys-bevan",
        "> A list with your name on it makes you want to tidy.\n\nThat is on our wall as of this morning. "
        "Nobody has put their name to it.",
        ago=11 * HOUR,
    )
    answer = talk.say("priya-raman", "Leave it up. Somebody will close it.", ago=10 * HOUR, to=quoting)
    talk.say("night-porter", "I did. It was over the fire notice.", ago=9 * HOUR, to=answer)
    changed = talk.say("imran-sheikh", "Ours are closed by a rule.", ago=8 * HOUR)
    better = "Ours are closed by a rule, on the thirtieth day. Nobody here has met the rule."
    editing.edit(comment=changed, text=better, seen=0, by=talk.users["imran-sheikh"], at=talk.now - 8 * HOUR + MINUTE)
    gone = talk.say("bill-harker", "I have said all this before, in committee, in 2011.", ago=7 * HOUR)
    talk.say("helen-marsh", "In 2012, Bill. I have the minutes in front of me.", ago=6 * HOUR, to=gone)
    talk.say("ruth-onslow", "It was a good speech. There were slides.", ago=5 * HOUR, to=gone)
    editing.take_away(comment=gone, by=talk.users["bill-harker"], at=talk.now - 4 * HOUR)


def _wait(talk: Talk) -> None:
    """Leave what waits for an editor: two newcomers, and somebody well known with many links."""
    talk.say("jo-farrier", "We did the same, and it broke when the person with the list had flu.", ago=40 * MINUTE)
    talk.say("the-late-shift", "Who answers the row at five to five on a Friday?", ago=35 * MINUTE)
    links = " ".join(f"https://lists.example/{number}" for number in (2019, 2021, 2024))
    talk.say("dana-whitby", f"Three other councils wrote theirs up: {links}", ago=30 * MINUTE)


def _report(talk: Talk) -> None:
    """Have one comment reported by one reader, and another by three, which holds it."""
    sam = talk.users["sam-whitlock"]
    welcome = talk.say("plain-speaker", "Bookmarked. The clementines alone are worth the council tax.", ago=2 * DAY / 3)
    moderation.approve(comment=welcome, by=sam, at=talk.now - 15 * HOUR)
    rude = talk.say("plain-speaker", "Auditors! Couldn’t count their own feet with their shoes off.", ago=14 * HOUR)
    for number, who in enumerate(("dana-whitby", "imran-sheikh", "carys-bevan")):
        reporting.report_comment(
            comment=rude,
            kind=Report.Kind.ABUSE,
            words="" if number else "Not funny the third time this week.",
            by=talk.users[who],
            at=talk.now - 13 * HOUR + number * 9 * MINUTE,
        )
    named = talk.say("bill-harker", "What is the boy called? He may be a councillor yet.", ago=12 * HOUR)
    reporting.report_comment(
        comment=named,
        kind=Report.Kind.PRIVATE,
        words="He is a child at a youth centre. Nobody should be asking for his name.",
        by=talk.users["ruth-onslow"],
        at=talk.now - 5 * HOUR,
    )
    advert = talk.say(
        "bright-windows", "Council windows from £9! www.bright.example www.brighter.example", ago=20 * HOUR
    )
    moderation.mark_as_spam(comment=advert, by=sam, at=talk.now - 19 * HOUR)
    blocking.block(
        user=talk.users["bright-windows"],
        reason="Advertisements, here and by letter.",
        by=sam,
        at=talk.now - 19 * HOUR,
        days=30,
    )


def _complain(talk: Talk) -> None:
    """Have somebody complain formally, so that the clock runs."""
    spoken_of = talk.say("carys-bevan", "Our warden’s van is the same, down to the smell of wet spaniel.", ago=9 * HOUR)
    complaints.complain(
        page=complaints.address_of(spoken_of.get_absolute_url()),
        kind=Complaint.Kind.PRIVACY,
        passage="the smell of wet spaniel",
        why="There is one warden in our county, and I am she. The spaniel was mine. Please take this down.",
        name="Enid Vaughan",
        email="enid-vaughan@aob.example",
        at=talk.now - 3 * HOUR,
    )
