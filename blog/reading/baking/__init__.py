"""Pages that are rendered once and kept as files, ready for a web server or for `entry`, until they are out of date.

`oven` makes a page and keeps it, `follower` takes away what a change made stale, `entry` answers from what is kept
before Django is entered. `generations` are the folders, `index` remembers what each page shows, `addresses` says which
addresses have a file at all. Why no page can be kept that a change has overtaken: `docs/decisions/08-baked-pages.md`.
"""
