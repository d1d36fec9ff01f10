"""What surfaces have in common: words of both desks, keys in forms, answers to the script, pages behind a link."""
