"""What the guest's desk and the editors' desk have in common: their words, keys in forms, answers to the script."""
