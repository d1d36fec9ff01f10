"""Accounts and comments."""

from accounts.models.archived import ArchivedName, TakenOver
from accounts.models.comments import Comment, CommentDecision, CommentEdit
from accounts.models.moderation import AccountBlock, Complaint, ListedWord, ModerationRules, Report
from accounts.models.own_data import KeptBlock
from accounts.models.pictures import AccountPicture, PictureTakenAway
from accounts.models.users import User
from accounts.models.verifying import Badge, BadgeCode, ListedDomain

__all__ = [
    "AccountBlock",
    "AccountPicture",
    "ArchivedName",
    "Badge",
    "BadgeCode",
    "Comment",
    "CommentDecision",
    "CommentEdit",
    "Complaint",
    "KeptBlock",
    "ListedDomain",
    "ListedWord",
    "ModerationRules",
    "PictureTakenAway",
    "Report",
    "TakenOver",
    "User",
]
