"""What follows a change, in its own transaction: lists, old addresses, search, stale pages, pictures, the hub."""
