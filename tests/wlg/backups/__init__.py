"""Backing up the site and bringing it back."""
