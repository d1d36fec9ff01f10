"""What comes in from an archive is written here, many things at a time: the only door for it."""
