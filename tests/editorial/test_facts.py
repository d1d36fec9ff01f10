"""What must never be false: every constraint of the database refuses, under the name of the fact that it states."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from accounts.models import CommentDecision
from blog.models import (
    Author,
    Byline,
    ChecklistItem,
    Correction,
    Hold,
    HoldExemption,
    Identity,
    IdentityLook,
    Invitation,
    LeftUndone,
    Letter,
    Listed,
    Listing,
    ListingKind,
    Masthead,
    Merger,
    Message,
    Move,
    Note,
    NoteAnswer,
    OldAddress,
    Picture,
    Pitch,
    PitchEvent,
    PitchState,
    PlainPage,
    Post,
    Proposal,
    Related,
    Remit,
    Revision,
    SavedReply,
    SeriesSlot,
    SignOff,
    Withholding,
    WordFile,
)
from blog.states import CorrectionKind, State
from tests.editorial.facts_of_archived_names import FALSE_OF_ARCHIVED_NAMES
from tests.editorial.facts_of_archives import FALSE_OF_ARCHIVES
from tests.editorial.facts_of_badges import FALSE_OF_BADGES
from tests.editorial.facts_of_comments import FALSE_OF_COMMENTS
from tests.editorial.facts_of_letters import FALSE_OF_LETTERS
from tests.editorial.facts_of_mailings import FALSE_OF_MAILINGS
from tests.editorial.facts_of_moderation import FALSE_OF_MODERATION
from tests.editorial.facts_of_own_data import FALSE_OF_OWN_DATA
from tests.editorial.facts_of_subscriptions import FALSE_OF_SUBSCRIPTIONS
from tests.factories import (
    NOW,
    CategoryFactory,
    SeriesFactory,
    TagFactory,
    UserFactory,
    make_author,
    make_comment,
    make_piece,
    make_published,
)

pytestmark = pytest.mark.django_db

REVISION_FIELDS = {"number": 1, "written_at": NOW, "content_hash": "x"}
PICTURE = {"file": "pictures/x.png", "width": 1, "height": 1, "uploaded_at": NOW}
LETTER = {"kind": "x", "to_address": "x@council.example", "subject": "x", "text": "x", "written_at": NOW, "due_at": NOW}


def published(**values: object) -> None:
    Post.objects.filter(pk=make_published().pk).update(**values)


def drafted(**values: object) -> None:
    Post.objects.filter(pk=make_piece().pk).update(**values)


def two_in_a_series(**values: object) -> None:
    series = SeriesFactory()
    first, second = (make_piece(series=series, part_number=number) for number in (1, 2))
    Post.objects.filter(pk=second.pk).update(**{"part_number": first.part_number, **values})


def related(post: Post, other: Post | None = None) -> None:
    Related.objects.create(post=post, other=other or post, position=1)


def related_twice() -> None:
    post, other = make_piece(), make_piece()
    related(post, other)
    related(post, other)


def pitched(**values: object) -> Pitch:
    fields = {"name": "x", "email": "x@council.example", "title": "x", "text": "x", "token_hash": "x", **values}
    return Pitch.objects.create(sent_at=NOW, state_since=NOW, **fields)


def planned(**values: object) -> None:
    SeriesSlot.objects.create(**{"series": SeriesFactory(), "part_number": 1, **values})


def replying_to_itself() -> None:
    post = make_piece()
    Post.objects.filter(pk=post.pk).update(in_reply_to=post)


def listed_twice(post: Post) -> None:
    row = Listed.objects.filter(post=post)[0]
    Listed.objects.create(listing=row.listing, post=post, published_at=row.published_at)


def moved(**values: object) -> None:
    Move.objects.filter(pk=make_piece(State.CHANGES_REQUESTED).moves.last().pk).update(**values)


def invited(**values: object) -> Invitation:
    post = make_piece()
    fields = {"post": post, "author": post.bylines.get().author, "email": "x@council.example", "token_hash": post.pk}
    return Invitation.objects.create(**fields, sent_at=NOW, expires_at=NOW, **values)


def invited_twice() -> None:
    first = invited()
    Invitation.objects.create(
        post=first.post, author=first.author, email=first.email, token_hash="x", sent_at=NOW, expires_at=NOW
    )


def letter(**values: object) -> None:
    Letter.objects.create(**{**LETTER, **values})


def corrected(**values: object) -> Correction:
    post = make_published()
    fields = {"note": "It was 241.", "earlier": post.live, "corrected": make_piece().working, **values}
    return Correction.objects.create(post=post, at=NOW, **fields)


def retracted_twice() -> None:
    post = make_published()
    for _time in range(2):
        Correction.objects.create(post=post, kind=CorrectionKind.RETRACTION, at=NOW)


def withheld(correction: Correction | None = None, reason: str = "Solicitors.") -> Withholding:
    return Withholding.objects.create(correction=correction or corrected(), reason=reason, at=NOW)


def limited_twice() -> None:
    user, category = UserFactory(), CategoryFactory()
    for _time in range(2):
        Remit.objects.create(user=user, category=category)


def corrected_to_the_same() -> None:
    text = make_piece().working
    corrected(earlier=text, corrected=text)


def named_twice() -> None:
    byline = Byline.objects.get(post=make_piece())
    Byline.objects.create(post=byline.post, author=byline.author, position=2)


def signed_off_twice() -> None:
    given = make_piece(State.READY).sign_offs.get()
    SignOff.objects.bulk_create([SignOff(post=given.post, author=given.author, revision=given.revision, at=NOW)])


def noted(**values: object) -> None:
    post = make_piece(State.SUBMITTED)
    fields = {"text": "Who?", "revision": post.working, "block": 0, "at": NOW, **values}
    Note.objects.create(post=post, **fields)


def proposed(**values: object) -> None:
    post = make_published()
    Proposal.objects.create(post=post, revision=post.live, at=NOW, **{"wrong": "It was 241.", **values})


def decided(**values: object) -> None:
    comment = make_comment(make_published(), UserFactory())
    CommentDecision.objects.create(comment=comment, at=NOW, **values)


def held(**values: object) -> Hold:
    fields = {"name": "x", "reason": "x", "begins_at": NOW, "ends_at": NOW + dt.timedelta(days=1), "made_at": NOW}
    return Hold.objects.create(**{**fields, **values})


def exempt_twice() -> None:
    hold, post = held(), make_piece()
    for _ in range(2):
        HoldExemption.objects.create(hold=hold, post=post, reason="x", at=NOW)


FALSE: dict[str, Callable[[], object]] = {
    **FALSE_OF_OWN_DATA,
    "account_has_a_display_name": lambda: UserFactory(display_name=""),
    "account_has_an_address": lambda: UserFactory(email=""),
    "address_is_lower_case": lambda: UserFactory(email="Dana@council.example"),
    "author_has_a_name": lambda: Author.objects.create(name="", slug="x"),
    "author_has_an_address": lambda: Author.objects.create(name="X", slug=""),
    "author_name_has_no_spaces_around_it": lambda: Author.objects.create(name=" X", slug="x"),
    "author_is_once_on_a_byline": named_twice,
    "byline_positions_differ": lambda: Byline.objects.create(post=make_piece(), author=make_author(), position=1),
    "author_signs_off_a_text_once": signed_off_twice,
    "proposal_says_what_is_wrong": lambda: proposed(wrong=""),
    "proposal_answer_is_known": lambda: proposed(answer="x", answered_at=NOW),
    "proposal_has_a_date_once_it_is_answered": lambda: proposed(answer="taken"),
    "refused_proposal_has_a_reason": lambda: proposed(answer="refused", answered_at=NOW),
    "blog_has_a_name": lambda: Masthead.objects.create(pk=1, name=""),
    "there_is_one_masthead": lambda: Masthead.objects.create(pk=2, name="Another"),
    "category_has_a_name_and_an_address": lambda: CategoryFactory(slug=""),
    "tag_has_a_name_and_an_address": lambda: TagFactory(name=""),
    "series_has_a_title_and_an_address": lambda: SeriesFactory(slug=""),
    "byline_says_nothing_else": lambda: make_comment(
        make_published(), UserFactory(), author=make_author(), is_by_editor=True
    ),
    "comment_has_a_text": lambda: make_comment(make_published(), UserFactory(), text=""),
    "comment_state_is_known": lambda: make_comment(make_published(), UserFactory(), state="x"),
    "decision_kind_is_known": lambda: decided(kind="x"),
    "taking_down_a_comment_has_a_reason": lambda: decided(kind=CommentDecision.Kind.HIDE),
    "confidential_letter_is_emptied_once_sent": lambda: letter(is_confidential=True, status="sent", sent_at=NOW),
    "letter_has_a_date_once_it_is_sent": lambda: letter(status=Letter.Status.SENT),
    **FALSE_OF_LETTERS,
    **FALSE_OF_SUBSCRIPTIONS,
    **FALSE_OF_MAILINGS,
    **FALSE_OF_ARCHIVES,
    **FALSE_OF_ARCHIVED_NAMES,
    **FALSE_OF_BADGES,
    **FALSE_OF_COMMENTS,
    **FALSE_OF_MODERATION,
    "letter_has_an_address": lambda: letter(to_address=""),
    "letter_status_is_known": lambda: letter(status="x"),
    "correction_changes_the_text": corrected_to_the_same,
    "correction_has_a_note": lambda: corrected(note=""),
    "correction_kind_is_known": lambda: corrected(kind="x"),
    "retraction_alone_changes_no_text": lambda: corrected(kind=CorrectionKind.RETRACTION),
    "retraction_alone_is_lifted": lambda: corrected(lifted_at=NOW),
    "piece_is_retracted_once_at_a_time": retracted_twice,
    "only_a_readable_text_is_withheld": lambda: corrected(kind=CorrectionKind.TYPO, is_withheld=True),
    "withholding_has_a_reason": lambda: withheld(reason=""),
    "earlier_text_is_withheld_once_at_a_time": lambda: withheld(withheld().correction),
    "account_is_limited_to_a_category_once": limited_twice,
    "merger_says_which_name_is_gone": lambda: Merger.objects.create(kept=make_author(), slug="x", pieces=1, at=NOW),
    "introduction_is_signed": lambda: Revision.objects.bulk_create(
        [Revision(post=make_piece(), introduction="<p>x</p>", **{**REVISION_FIELDS, "number": 9})]
    ),
    "revision_numbers_of_a_post_differ": lambda: Revision.objects.bulk_create(
        [Revision(post=make_piece(), **REVISION_FIELDS)]
    ),
    "invitation_ends_in_one_way": lambda: invited(accepted_at=NOW, revoked_at=NOW),
    "name_is_invited_once_to_a_piece": invited_twice,
    "look_behind_a_pen_name_has_a_reason": lambda: IdentityLook.objects.create(author=make_author(), at=NOW),
    "message_says_something": lambda: Message.objects.create(post=make_piece(), at=NOW, text=""),
    "note_outcome_is_known": lambda: noted(outcome="x", settled_at=NOW),
    "note_says_something": lambda: noted(text=""),
    "note_on_words_has_a_paragraph": lambda: noted(block=None, quote="Who"),
    "suggestion_changes_some_words": lambda: noted(old="same", new="same"),
    "only_a_suggestion_is_taken_or_left": lambda: noted(outcome="taken", settled_at=NOW),
    "note_has_a_date_once_it_is_settled": lambda: noted(outcome="done"),
    "answer_to_a_note_says_something": lambda: NoteAnswer.objects.create(
        note=Note.objects.create(post=make_piece(), text="Who?", at=NOW), at=NOW, text=""
    ),
    "saved_reply_has_a_title_and_a_text": lambda: SavedReply.objects.create(title="Shorter", text=""),
    "checklist_item_asks_something": lambda: ChecklistItem.objects.create(question=""),
    "checklist_item_depends_on_something_known": lambda: ChecklistItem.objects.create(question="x", depends_on="x"),
    "left_undone_says_what": lambda: LeftUndone.objects.create(move=make_piece().moves.get(), words=""),
    "move_has_the_reason_it_needs": lambda: moved(reason=""),
    "move_kind_is_known": lambda: moved(kind="x"),
    "move_leads_to_a_known_state": lambda: moved(to_state="x"),
    "only_the_beginning_comes_from_no_state": lambda: moved(from_state=""),
    "pitch_state_is_known": lambda: pitched(state="x", confirmed_at=NOW),
    "pitch_says_what_and_from_whom": lambda: pitched(title=""),
    "only_a_confirmed_pitch_gets_further": lambda: pitched(state=PitchState.WAITING),
    "accepted_pitch_leads_to_a_piece": lambda: pitched(state=PitchState.ACCEPTED, confirmed_at=NOW, answered_at=NOW),
    "answered_pitch_has_a_date": lambda: pitched(state=PitchState.DECLINED, confirmed_at=NOW),
    "pitch_event_is_known": lambda: PitchEvent.objects.create(pitch=pitched(), kind="x", at=NOW),
    "what_is_said_about_a_pitch_has_words": lambda: PitchEvent.objects.create(pitch=pitched(), kind="ask", at=NOW),
    "part_is_planned_once": lambda: [
        SeriesSlot.objects.create(series=series, part_number=1) for series in [SeriesFactory()] * 2
    ],
    "planned_part_has_a_number": lambda: planned(part_number=0),
    "part_is_planned_for_a_month": lambda: planned(planned_for="2026-04-02"),
    "shown_working_title_says_something": lambda: planned(is_title_shown=True),
    "part_number_is_of_a_series": lambda: drafted(part_number=1),
    "parts_of_a_series_differ": two_in_a_series,
    "revision_comes_from_one_word_file": lambda: [
        WordFile.objects.create(post=post, revision=post.working, brought_at=NOW) for post in [make_piece()] * 2
    ],
    "picture_has_a_size": lambda: Picture.objects.create(**{**PICTURE, "width": 0}),
    "listing_kind_is_known": lambda: Listing.objects.create(key="x", kind="x", subject=1),
    "there_is_one_list_of_a_subject": lambda: [
        Listing.objects.create(key=key, kind=ListingKind.TAG, subject=1) for key in "xy"
    ],
    "piece_is_once_on_a_list": lambda: listed_twice(make_published()),
    "old_address_leads_to_one_place": lambda: [
        OldAddress.objects.create(kind="tag", slug="x", target=target, kept_at=NOW) for target in (1, 2)
    ],
    "old_address_is_not_empty": lambda: OldAddress.objects.create(kind="tag", slug="", target=1, kept_at=NOW),
    "plain_page_has_a_title_and_an_address": lambda: PlainPage.objects.create(slug="x", changed_at=NOW),
    "piece_is_once_related": related_twice,
    "piece_is_not_related_to_itself": lambda: related(make_piece()),
    "post_does_not_reply_to_itself": replying_to_itself,
    "accent_is_a_tried_one": lambda: Masthead.objects.create(pk=1, accent="pink"),
    "post_addresses_differ": lambda: drafted(slug=make_published().slug),
    "post_state_is_known": lambda: drafted(state="x"),
    "hold_has_a_name": lambda: held(name=""),
    "hold_has_a_reason": lambda: held(reason=""),
    "hold_ends_after_it_begins": lambda: held(ends_at=NOW),
    "piece_is_exempt_from_a_hold_once": exempt_twice,
    "exemption_has_a_reason": lambda: HoldExemption.objects.create(hold=held(), post=make_piece(), at=NOW),
    "published_post_has_a_date": lambda: published(published_at=None),
    "published_post_has_a_live_text": lambda: published(live=None),
    "published_post_has_an_address": lambda: published(slug=""),
    "unpublished_post_has_no_live_text": lambda: published(state=State.READY),
}


def named_facts() -> dict[str, models.BaseConstraint]:
    ours = [model for app in ("blog", "accounts") for model in apps.get_app_config(app).get_models()]
    return {fact.name: fact for model in ours for fact in model._meta.constraints}


def test_every_fact_is_tried_here():
    assert set(FALSE) == set(named_facts())


@pytest.mark.parametrize("name", FALSE)
def test_the_database_refuses_what_is_false(name):
    # SQLite names only checks; a broken uniqueness it tells by its columns
    is_check = isinstance(named_facts()[name], models.CheckConstraint)

    with pytest.raises(IntegrityError, match=name if is_check else None), transaction.atomic():
        FALSE[name]()


def test_a_withdrawn_piece_leaves_its_part_to_another():
    two_in_a_series(state=State.WITHDRAWN)

    assert set(Post.objects.filter(part_number=1).values_list("state", flat=True)) == {State.DRAFTING, State.WITHDRAWN}


def test_a_name_belongs_to_one_account():
    author = make_author(UserFactory())

    with pytest.raises(IntegrityError), transaction.atomic():
        Identity.objects.create(author=author, user=UserFactory())
