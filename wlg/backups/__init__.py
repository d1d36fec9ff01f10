"""The whole site as one file, and the site out of that file again.

`making` writes a backup from one moment of the database (`blog.snapshot`), `archive` is the file and its checks,
`restoring` brings it back. The rows are kept as lines of JSON by table (`rows`), not as a dump of one database: so a
backup made on SQLite restores on PostgreSQL, and no program of another version is needed. `schema` brings a database to
the migrations that a backup was made with; `media` are the uploaded files; `keeping` says which older backups go.
"""


class BackupError(Exception):
    """Something stands in the way; what, and what to do about it, in a sentence for people."""
