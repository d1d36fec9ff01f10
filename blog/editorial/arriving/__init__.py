"""What comes in from an archive is written here, many things at a time: the only door for it.

Every function writes in its caller's transaction, with its `Arrival`s, in as few queries as there are kinds of rows.
Nobody gets a letter. Plain values come in; what they were over there is for `blog.archive` to know.

    archives (the archive's own row, the blog's name) → names, topics, files → pieces (with texts) and pages
"""
