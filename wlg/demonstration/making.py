"""Making the demonstration: every piece takes its real way, through the same functions as in life."""

import datetime as dt
import random
from collections.abc import Callable

from django.utils import timezone

from accounts.models import User
from blog.editorial import corrections, drafting, invitations, particulars, proof, publishing, review
from blog.editorial.names import identity
from blog.models import Author, Category, Post, Series, Tag
from blog.states import CorrectionKind, State
from wlg.demonstration.commenting import comment_below
from wlg.demonstration.following import follow, mail_them
from wlg.demonstration.founding import details_of, found, portrait_of
from wlg.demonstration.holding import make_holds
from wlg.demonstration.moderating import talk_on
from wlg.demonstration.noting import leave_notes
from wlg.demonstration.people import BEHIND, EDITORS, GUESTS, SERIES, Person
from wlg.demonstration.pictures import add_drawn, figure
from wlg.demonstration.pitching import pitch_some
from wlg.demonstration.posting import count_as_sent, show_letters
from wlg.demonstration.staff import employ
from wlg.demonstration.texts import Text, all_texts
from wlg.demonstration.together import write_together
from wlg.demonstration.verifying import give_badges

NEWEST = [
    "one-list-for-every-planning-enquiry",
    "three-thousand-pounds-without-a-form",
    "what-the-dog-warden-knows",
    "five-things-we-would-stop-tomorrow",
    "the-kettle-tally",
    "on-being-asked-to-be-agile-by-someone-who-is-not",
    "a-report-on-the-length-of-reports",
    "minutes-are-for-people-who-were-not-there",
    "what-we-stopped-sending",
]
SCHEDULED = "there-is-no-number-thirteen"
EVERY = dt.timedelta(days=4)
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


class Demonstration:
    """Makes an invented blog whose newest piece came out yesterday."""

    def __init__(self, *, now: dt.datetime, say: Callable[[str], object]) -> None:
        self.now = now
        self.say = say
        self.users: dict[str, User] = {}

    def make(self) -> None:
        """Make people, topics, pieces in every state, and comments; nothing of it is mailed."""
        texts = all_texts()
        self.users = found(texts, at=self.now - 300 * DAY)
        published, others = self._in_order(texts)
        for number, text in enumerate(published):
            self._publish(text, self._morning(len(published) - number))
        for text in others:
            (self._schedule if text.slug == SCHEDULED else self._take_to_state)(text)
        talk_on(self.users, now=self.now)
        give_badges(self.users, at=self.now - 30 * DAY)
        make_holds(by=self.users["tom-ashby"], now=self.now)
        employ(at=self.now - 2 * DAY)
        pitch_some(editor=self.users["tom-ashby"], now=self.now)
        write_together(self.users, at=self.now)
        follow(self.users, now=self.now)
        mail_them(self.users, now=self.now)
        show_letters(administrator=self.users["ada-brook"], at=self.now - 2 * DAY)
        count_as_sent(at=self.now)

    def _in_order(self, texts: list[Text]) -> tuple[list[Text], list[Text]]:
        """Return the texts to publish, oldest first, parts of a series in their order, and those that stay unseen."""
        published = [text for text in texts if text.state == "published" and text.slug not in {*NEWEST, SCHEDULED}]
        random.Random(7).shuffle(published)  # noqa: S311  Any order will do, if it is always the same
        by_slug = {text.slug: text for text in texts}
        published += [by_slug[slug] for slug in reversed(NEWEST) if slug in by_slug]
        for series in SERIES:
            places = [i for i, text in enumerate(published) if text.series and text.series[0] == series]
            parts = sorted((published[i] for i in places), key=lambda text: text.series or ("", 0))
            for place, part in zip(places, parts, strict=True):
                published[place] = part
        return published, [text for text in texts if text not in published]

    def _morning(self, back: int) -> dt.datetime:
        """Return eight o'clock in the blog's zone, so many publications before today."""
        day = timezone.localdate(self.now - DAY - (back - 1) * EVERY)
        return publishing.moment_in_uk(day=day, time=dt.time(8, 0))

    def _publish(self, text: Text, at: dt.datetime) -> None:
        post = self._write(text, at - 12 * DAY)
        self._make_ready(text, post, at - 3 * DAY)
        publishing.publish(post=post, by=self._editor(text), at=at - DAY, go_out_at=at)
        self._change_afterwards(text, post, at)
        comment_below(text, post, users=self.users, published_at=at, now=self.now)
        self.say(f"  {post.title}")

    def _write(self, text: Text, at: dt.datetime) -> Post:
        """Begin a piece, by invitation or by an editor, and write it."""
        editor, person = self._editor(text), self._writer(text)
        category = Category.objects.get(slug=text.header["category"])
        series = Series.objects.get(slug=text.series[0]) if text.series else None
        part = text.series[1] if text.series else None
        if person.is_editor or text.others:
            # Several at once have all written here before, so nobody has to be invited
            post = drafting.begin(
                by=editor,
                at=at,
                authors=[self._author(slug) for slug in [person.slug, *text.others]],
                is_guest_piece=not person.is_editor,
                category=category,
                series=series,
                part_number=part,
            )
        else:
            post = self._invite(text, person, at, category=category, series=series, part_number=part)
        user = self.users[person.slug]
        inside = {name: figure(add_drawn(name, post, user, at + DAY)) for name in text.pictures}
        lead = text.header.get("lead")
        drafting.save_text(
            post=post,
            text=drafting.Text(
                title=text.header["title"],
                standfirst=text.header["standfirst"],
                body=text.first_body(inside),
                lead_picture=add_drawn(lead, post, user, at + DAY) if lead else drafting.UNCHANGED,
            ),
            by=user,
            at=at + 2 * DAY,
            based_on=post.working_id,
        )
        self._settle(text, post, at + 2 * DAY)
        return post

    def _settle(self, text: Text, post: Post, at: dt.datetime, *, slug: str = "") -> None:
        """Write down what an editor settles about a piece: tags, what it answers, another address."""
        settled = particulars.Particulars(
            slug=slug,
            category=post.category,
            tags=list(Tag.objects.filter(slug__in=text.tags)),
            series=post.series,
            part_number=post.part_number,
            in_reply_to=text.header.get("in_reply_to", ""),
            brief=post.brief,
            brief_words=post.brief_words,
            due_date=post.due_date,
        )
        particulars.settle(post=post, particulars=settled, by=self._editor(text), at=at)

    def _change_afterwards(self, text: Text, post: Post, published_at: dt.datetime) -> None:
        """Correct what readers have seen, and move it to another address, where a text asks for it."""
        editor, header = self._editor(text), text.header
        if "correction" in header:
            at = published_at + 2 * DAY
            body = post.working.body.replace(header["at_first"], header["corrected"]) if post.working else ""
            drafting.save_text(post=post, text=drafting.Text(body=body), by=editor, at=at, based_on=post.working_id)
            kind = CorrectionKind(header.get("change", CorrectionKind.CORRECTION))
            corrections.publish_correction(post=post, note=header["correction"], by=editor, at=at + HOUR, kind=kind)
        if "moved_to" in header:
            self._settle(text, post, published_at + HOUR, slug=header["moved_to"])

    def _invite(
        self,
        text: Text,
        person: Person,
        at: dt.datetime,
        *,
        category: Category,
        series: Series | None,
        part_number: int | None,
    ) -> Post:
        invitation = invitations.invite(
            by=self._editor(text),
            at=at,
            name=person.byline,
            email=person.email,
            note="We would like to read this from you. Write it as you would tell it.",
            title=text.header["title"],
            brief="What happened, what it cost, and what you would do differently.",
            brief_words=700,
            due_date=timezone.localdate(at + 10 * DAY),
            category=category,
            series=series,
            part_number=part_number,
        )
        user = self.users[person.slug]
        post = invitations.accept(invitation=invitation, by=user, at=at + HOUR)
        author = post.bylines.get().author
        known = Author.objects.filter(identity__user=user, is_pen_name=True).exclude(pk=author.pk).first()
        if known:
            identity.write_as(post=post, instead_of=author, author=known, by=user, at=at + HOUR)
            post.bylines.update(is_confirmed=True)
        else:
            identity.set_byline(
                post=post,
                author=author,
                details=details_of(person),
                portrait=identity.AS_IT_IS if author.portrait_id else portrait_of(person),
                by=user,
                at=at + 2 * HOUR,
            )
        return post

    def _make_ready(self, text: Text, post: Post, at: dt.datetime) -> None:
        editor, writer = self._editor(text), self.users[self._writer(text).slug]
        if not post.is_guest_piece:
            publishing.finish(post=post, by=editor, at=at)
            return
        drafting.submit_for_review(post=post, by=writer, at=at - 2 * DAY)
        self._introduce(text, post, at - DAY)
        review.accept(post=post, by=editor, at=at - DAY)
        for slug in [self._writer(text).slug, *text.others]:
            proof.sign_off(post=post, seen=post.working_id or 0, by=self.users[slug], at=at)

    def _introduce(self, text: Text, post: Post, at: dt.datetime) -> None:
        if "introduction" not in text.header:
            return
        editor = self._editor(text)
        drafting.save_text(
            post=post,
            text=drafting.Text(
                introduction=f"<p>{text.header['introduction']}</p>", introduced_by=identity.staff_author(user=editor)
            ),
            by=editor,
            at=at,
            based_on=post.working_id,
        )

    def _take_to_state(self, text: Text) -> None:
        """Take a piece that readers don't see to its state, a few days ago."""
        at = self.now - 9 * DAY
        post = self._write(text, at)
        editor, writer = self._editor(text), self.users[self._writer(text).slug]
        reason = text.header.get("reason", "")
        if text.state == State.WITHDRAWN:
            review.withdraw(post=post, by=writer, at=at + 3 * DAY, reason=reason)
        elif text.state in {State.READY, State.RETRACTED}:
            self._make_ready(text, post, at + 6 * DAY)
        elif text.state != State.DRAFTING:
            drafting.submit_for_review(post=post, by=writer, at=at + 3 * DAY)
            leave_notes(text.slug, post, editor=editor, at=at + 4 * DAY)
        if text.state == State.CHANGES_REQUESTED:
            review.ask_for_changes(post=post, reason=reason, by=editor, at=at + 5 * DAY)
        elif text.state == State.DECLINED:
            review.decline(post=post, reason=reason, by=editor, at=at + 5 * DAY)
        elif text.state == State.IN_PROOF:
            self._introduce(text, post, at + 5 * DAY)
            review.accept(post=post, by=editor, at=at + 6 * DAY)
        elif text.state == State.RETRACTED:
            publishing.publish(post=post, by=editor, at=at + 6 * DAY)
            publishing.retract(post=post, reason=reason, by=editor, at=at + 7 * DAY)
        self.say(f"  {post.title} ({text.state})")

    def _schedule(self, text: Text) -> None:
        """Let a piece come out in three days."""
        post = self._write(text, self.now - 9 * DAY)
        self._make_ready(text, post, self.now - 3 * HOUR)
        day = timezone.localdate(self.now + 3 * DAY)
        go_out_at = publishing.moment_in_uk(day=day, time=dt.time(8, 0))
        publishing.publish(post=post, by=self._editor(text), at=self.now - HOUR, go_out_at=go_out_at)

    def _author(self, slug: str) -> Author:
        """Return the name under which somebody writes."""
        return Author.objects.filter(identity__user=self.users[slug]).order_by("pk")[0]

    def _writer(self, text: Text) -> Person:
        slug = BEHIND.get(text.header["author"], text.header["author"])
        return next(person for person in [*EDITORS, *GUESTS] if person.slug == slug)

    def _editor(self, text: Text) -> User:
        """Return who looks after a text: its own writer if an editor, else whoever introduces it, else Tom."""
        writer = self._writer(text)
        slug = writer.slug if writer.is_editor else text.header.get("introduction_by", "tom-ashby")
        return self.users[slug]
