"""Accounts: who signs in, and the comments they leave under what they read."""
