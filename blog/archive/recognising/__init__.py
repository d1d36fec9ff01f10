"""What an archive's pieces look like they should be: parts of a series, or a guest's piece with an introduction.

Recognised and proposed, never carried out: an editor takes or leaves each (`blog.editorial.arriving.suggestions`).
"""
