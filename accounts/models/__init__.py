"""Accounts and comments."""

from accounts.models.comments import Comment, CommentDecision
from accounts.models.users import User

__all__ = ["Comment", "CommentDecision", "User"]
