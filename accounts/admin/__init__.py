"""Accounts and comments in the Django admin."""
