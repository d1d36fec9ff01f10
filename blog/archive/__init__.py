"""What comes in from other systems, what goes out to them, and copies to keep.

`records` is the language in between: every source gives these records, every writer of a format takes them. So a
system that is new to the house takes one module, and what went out comes in again.
"""
