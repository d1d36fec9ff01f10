"""Pieces that somebody offers: the form for them, the answers, and a right of reply."""
