"""What the blog holds. Rows and the facts that must never be false; what happens to them is in `blog.editorial`."""

from blog.models.addresses import OldAddress
from blog.models.archive import Archive, Arrival, ArrivalKind, Document, OldPath, Suggestion, SuggestionKind
from blog.models.bylines import Byline, FormerName
from blog.models.checklists import Check, ChecklistItem, LeftUndone
from blog.models.corrections import Correction, Withholding
from blog.models.editorial import Invitation, Message, Move, SignOff
from blog.models.holds import Hold, HoldExemption
from blog.models.hub_notices import HubNotice
from blog.models.letters import Letter, LetterAct, LetterWording
from blog.models.listings import Listed, Listing, ListingKind, Standing
from blog.models.mailings import Delivery, Mailing, MailingAct, MailingPiece, RoundUpTime
from blog.models.masthead import Masthead
from blog.models.mergers import Merger
from blog.models.news import Digest, LetterChoice, News
from blog.models.notes import Note, NoteAnswer, SavedReply
from blog.models.people import Author, Identity, IdentityLook
from blog.models.pictures import Picture
from blog.models.pitches import Pitch, PitchEvent, PitchState
from blog.models.plain_pages import PlainPage, PlainPageVersion
from blog.models.posts import Post
from blog.models.proposals import Proposal
from blog.models.purges import Purge
from blog.models.related import Related
from blog.models.reminders import Reminder
from blog.models.remits import Remit
from blog.models.revisions import Revision
from blog.models.searching import OutdatedEntry, SearchedWord
from blog.models.series import Series
from blog.models.slots import SeriesSlot
from blog.models.subscriptions import Subscription
from blog.models.topics import Category, Tag
from blog.models.word_files import WordFile

__all__ = [
    "Archive",
    "Arrival",
    "ArrivalKind",
    "Author",
    "Byline",
    "Category",
    "Check",
    "ChecklistItem",
    "Correction",
    "Delivery",
    "Digest",
    "Document",
    "FormerName",
    "Hold",
    "HoldExemption",
    "HubNotice",
    "Identity",
    "IdentityLook",
    "Invitation",
    "LeftUndone",
    "Letter",
    "LetterAct",
    "LetterChoice",
    "LetterWording",
    "Listed",
    "Listing",
    "ListingKind",
    "Mailing",
    "MailingAct",
    "MailingPiece",
    "Masthead",
    "Merger",
    "Message",
    "Move",
    "News",
    "Note",
    "NoteAnswer",
    "OldAddress",
    "OldPath",
    "OutdatedEntry",
    "Picture",
    "Pitch",
    "PitchEvent",
    "PitchState",
    "PlainPage",
    "PlainPageVersion",
    "Post",
    "Proposal",
    "Purge",
    "Related",
    "Reminder",
    "Remit",
    "Revision",
    "RoundUpTime",
    "SavedReply",
    "SearchedWord",
    "Series",
    "SeriesSlot",
    "SignOff",
    "Standing",
    "Subscription",
    "Suggestion",
    "SuggestionKind",
    "Tag",
    "Withholding",
    "WordFile",
]
