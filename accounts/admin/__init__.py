"""The admin's pages for comments and accounts."""

from accounts.admin import comments, complaints, moderation, users, verifying

__all__ = ["comments", "complaints", "moderation", "users", "verifying"]
