"""The admin's pages for comments and accounts."""

from accounts.admin import comments, users

__all__ = ["comments", "users"]
