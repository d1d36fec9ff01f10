"""A guest under five pen names, who has been through everything that the blog does with writers."""

import datetime as dt

from django.utils import timezone

from accounts.commenting import moderation, posting
from accounts.models import Comment
from blog.editorial import corrections, drafting, invitations, proof, proposals, publishing, review, word_files
from blog.editorial.letters import choices as letter_choices
from blog.editorial.letters import news, reminders
from blog.editorial.names import co_authors, identity
from blog.editorial.names.identity import BylineDetails, Portrait
from blog.editorial.noting import checklists, notes
from blog.editorial.pitching import pitches
from blog.editorial.pitching.form import TypedPitch
from blog.editorial.pitching.pitches import Assignment
from blog.editorial.subscriptions import asking
from blog.editorial.subscriptions.subjects import Subject
from blog.editorial.upkeep import renditions
from blog.models import Author, Invitation, Letter, Post
from blog.models.subscriptions import SubjectKind
from tests.factories import make_author, make_published
from tests.pen_names.carriers import document, illustrate, photograph
from tests.pen_names.needles import ADDRESS, KEY, NAME, PEN_NAMES, USER_NAME
from tests.world import World

DAY = dt.timedelta(days=1)


class Life(World):
    """The world of all addresses, whose guest pitched, was invited, wrote, and goes by pen names everywhere."""

    def __init__(self) -> None:
        super().__init__(display_name=USER_NAME, email=ADDRESS, pk=KEY)
        self.editor, self.keeper = self.users["editor"], self.users["guest"]
        self.began = timezone.now() - 12 * DAY
        # What went to the editors before a pen name was chosen holds the name that they were told by the guest
        self.early: set[int] = set()
        self.pieces = [self._pitched(), self._with_a_friend(), self._in_reply(), self._left(), self._in_proof()]
        self._what_comes_by_itself()

    def take_a_pen_name(self, invitation: Invitation, name: str, at: dt.datetime, picture: str = "") -> Post:
        """Accept an invitation and choose a pen name before the first word, maybe with a portrait."""
        post = invitations.accept(invitation=invitation, by=self.keeper, at=at)
        self.early |= set(Letter.objects.filter(post=post).values_list("pk", flat=True))
        identity.set_byline(
            post=post,
            author=post.bylines.get(author__identity__user=self.keeper).author,
            details=BylineDetails(name, is_pen_name=True, role="Keeper", about="Keeps bees."),
            by=self.keeper,
            at=at,
            portrait=Portrait(photograph(picture, NAME)) if picture else Portrait(),
        )
        return Post.objects.get(pk=post.pk)

    def _pitched(self) -> Post:
        """A pitch under the real name, and everything up to a correction of the published piece."""
        at, keeper, editor = self.began, self.keeper, self.editor
        typed = TypedPitch(NAME, ADDRESS, "Bees on the depot", "Nobody owns the hive.", about=f"I am {NAME}.")
        pitch = pitches.send_in(typed=typed, at=at)
        pitches.confirm(pitch=pitch, at=at)
        pitches.ask(pitch=pitch, text=f"Dear {NAME}, which roof?", by=editor, at=at)
        pitches.answer(pitch=pitch, text=f"The one with the hive. Yours, {NAME}", at=at)
        assignment = Assignment("Bees on the depot", "Who owns a hive?", f"Dear {NAME}", due_date=(at + 3 * DAY).date())
        post = pitches.accept(pitch=pitch, assignment=assignment, by=editor, at=at)
        invitation = post.invitations.get()
        invitations.send_again(invitation=invitation, by=editor, at=at)
        post = self.take_a_pen_name(invitation, PEN_NAMES[1], at, "JPEG")
        self.pitch, self.invitation, self.author = pitch, invitation, post.bylines.get().author
        drafting.save_text(
            post=post, text=drafting.Text("Bees", "Standing."), by=keeper, at=at, based_on=post.working_id
        )
        post.refresh_from_db()
        word_files.bring_in(post=post, file=document(NAME), way="replace", by=keeper, at=at, based_on=post.working_id)
        post.refresh_from_db()
        illustrate(post, name=NAME, by=keeper, at=at)
        reminders.remind_due(at=(at + 2 * DAY).replace(hour=12))
        self.note = notes.write_note(post=post, text="Is this the right roof?", by=keeper, at=at, block=0)
        drafting.say(post=post, text="Not by name, please.", by=keeper, at=at)
        drafting.submit_for_review(post=post, by=keeper, at=at + DAY)
        notes.answer(note=self.note, text="It is.", by=editor, at=at + DAY)
        notes.settle(note=self.note, by=editor, at=at + DAY)
        asked = notes.write_note(post=post, text="Which bees?", by=editor, at=at + DAY, block=0)
        second = notes.write_note(post=post, text="", by=editor, at=at + DAY, old="Between them", new="Between these")
        review.ask_for_changes(post=post, reason="More smoke.", by=editor, at=at + DAY)
        post.refresh_from_db()
        notes.take(note=second, by=keeper, at=at + 2 * DAY)
        notes.answer(note=asked, text="Ours.", by=keeper, at=at + 2 * DAY)
        drafting.submit_for_review(post=post, by=keeper, at=at + 2 * DAY)
        checklists.tick(post=post, item=self.question, is_ticked=True, by=editor, at=at + 2 * DAY)
        review.accept(post=post, by=editor, at=at + 3 * DAY)
        proof.ask_for_correction(
            post=post, reason="Less smoke.", by=keeper, at=at + 3 * DAY, remarks=[proof.Remark(0, "One roof.")]
        )
        review.accept(post=post, by=editor, at=at + 3 * DAY)
        post.refresh_from_db()
        proof.sign_off(post=post, seen=post.working_id, by=keeper, at=at + 4 * DAY)
        publishing.publish(post=post, by=editor, at=at + 4 * DAY)
        return self._after_publication(Post.objects.get(pk=post.pk), at + 5 * DAY)

    def _after_publication(self, post: Post, at: dt.datetime) -> Post:
        keeper, editor, insider = self.keeper, self.editor, self.users["insider"]
        self.proposal = proposals.propose(post=post, wrong="It was six.", wanted="Seven.", by=keeper, at=at, block=0)
        text = drafting.Text(body=f"{post.working.body}<p>It was seven.</p>")
        drafting.save_text(post=post, text=text, by=editor, at=at, based_on=post.working_id)
        corrections.publish_correction(post=post, note="It was seven.", by=editor, at=at)
        proposals.take_up(proposal=self.proposal, by=editor, at=at)
        proposals.propose(post=post, wrong="And eight.", by=keeper, at=at)
        identity.look_behind(author=self.author, by=insider, at=at, reason="A complaint.")
        letter_choices.choose(user=keeper, choices={"comments_on_yours": "daily"}, at=at)
        self.comment = posting.post_comment(post=post, text="I stand by it.", by=keeper, at=at)
        posting.post_comment(post=post, text="So do I.", by=self.users["reader"], at=at, parent=self.comment)
        for comment in Comment.objects.filter(post=post, state=Comment.State.HELD):
            moderation.approve(comment=comment, by=editor, at=at)
        return Post.objects.get(pk=post.pk)

    def _with_a_friend(self) -> Post:
        """Invited as a co-author by another guest, under the third pen name."""
        at, friend = self.began + 3 * DAY, self.users["other guest"]
        post = self.foreign
        proof.ask_for_correction(post=post, reason="Two of us.", by=friend, at=at)
        invitation = co_authors.invite(post=post, name=NAME, email=ADDRESS, by=friend, at=at, note=f"Dear {NAME}")
        post = self.take_a_pen_name(invitation, PEN_NAMES[2], at, "PNG")
        review.accept(post=post, by=self.editor, at=at)
        post.refresh_from_db()
        proof.sign_off(post=post, seen=post.working_id, by=self.keeper, at=at)
        reminders.remind_due(at=(at + 8 * DAY).replace(hour=12))
        proof.sign_off(post=post, seen=post.working_id, by=friend, at=at + DAY)
        publishing.publish(post=post, by=self.editor, at=at + 2 * DAY)
        return Post.objects.get(pk=post.pk)

    def _in_reply(self) -> Post:
        """Invited through a comment under the account's own display name, and sent in under the fourth pen name."""
        at = self.began + 6 * DAY
        other = make_published(
            editor=self.editor, writer=self.users["co-author"], at=at, title="Rows that close", category=self.category
        )
        remark = posting.post_comment(post=other, text="We found the opposite.", by=self.keeper, at=at)
        if remark.state == Comment.State.HELD:
            moderation.approve(comment=remark, by=self.editor, at=at)
        self.elsewhere = Post.objects.get(pk=other.pk)
        invitation = invitations.invite_commenter(to=self.keeper, in_reply_to=self.elsewhere, by=self.editor, at=at)
        post = self.take_a_pen_name(invitation, PEN_NAMES[3], at, "WEBP")
        text = drafting.Text("We found the opposite", "Standing.", "<p>Seven rows.</p>" * 9)
        drafting.save_text(post=post, text=text, by=self.keeper, at=at, based_on=post.working_id)
        drafting.submit_for_review(post=post, by=self.keeper, at=at)
        return Post.objects.get(pk=post.pk)

    def _left(self) -> Post:
        """A piece of the co-author's that was joined under the fifth pen name, and left again."""
        at, friend = self.began + 7 * DAY, self.users["co-author"]
        post = drafting.begin(
            by=self.editor, at=at, title="Queens", authors=[make_author(friend, name="Ann Lee")], is_guest_piece=True,
            editor=self.editor, category=self.category,
        )  # fmt: skip
        invitation = co_authors.invite(post=post, name=NAME, email=ADDRESS, by=friend, at=at)
        post = self.take_a_pen_name(invitation, PEN_NAMES[4], at, "JPEG")
        text = drafting.Text("Queens", "Standing.", "<p>One queen.</p>" * 9)
        drafting.save_text(post=post, text=text, by=self.keeper, at=at, based_on=post.working_id)
        drafting.say(post=post, text="I have to leave.", by=self.keeper, at=at)
        post.refresh_from_db()
        co_authors.leave(post=post, by=self.keeper, at=at)
        return Post.objects.get(pk=post.pk)

    def _in_proof(self) -> Post:
        """A second invitation of the same person, who writes under an earlier pen name again."""
        at = self.began + 8 * DAY
        invitation = invitations.invite(by=self.editor, at=at, name=NAME, email=ADDRESS, title="Drones")
        post = invitations.accept(invitation=invitation, by=self.keeper, at=at)
        self.early |= set(Letter.objects.filter(post=post).values_list("pk", flat=True))
        given = post.bylines.get().author
        identity.write_as(
            post=post, instead_of=given, author=Author.objects.get(pk=self.author.pk), by=self.keeper, at=at
        )
        text = drafting.Text("Drones", "Standing.", "<p>One drone.</p>" * 9)
        drafting.save_text(post=post, text=text, by=self.keeper, at=at, based_on=post.working_id)
        drafting.submit_for_review(post=post, by=self.keeper, at=at)
        review.accept(post=post, by=self.editor, at=at)
        return Post.objects.get(pk=post.pk)

    def _what_comes_by_itself(self) -> None:
        """Reminders, the letter of the day, the sizes of pictures, who follows, and letters that could not be sent."""
        at = timezone.now()
        own, theirs = Subject(SubjectKind.AUTHOR, self.author), Subject(SubjectKind.SERIES, self.series)
        asking.ask(address=ADDRESS, subject=own, how_often="weekly", at=at, user=self.keeper)
        asking.ask(address=ADDRESS, subject=theirs, how_often="at_once", at=at)
        reminders.remind_due(at=at.replace(hour=12))
        news.write_digests(at=(at + DAY).replace(hour=12))
        renditions.make_due(at=at, most=100)
        failing = Letter.objects.filter(to_address=ADDRESS, to_user=None, status=Letter.Status.WAITING)
        failing.update(status=Letter.Status.FAILED, last_error=f"refused: {ADDRESS}")
