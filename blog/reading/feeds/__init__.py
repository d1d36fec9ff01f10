"""Feeds: what is in one (`contents`, `pieces`), and one writer for each format (`rss`, `atom`, `json_feed`).

Nothing in a feed comes from the moment it is asked for, so that its bytes stay the same until something changes.
"""
