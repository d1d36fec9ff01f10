"""The demonstration: an invented blog with people and pieces, made through the editorial functions."""
