"""What an account holds about somebody: all of it as one archive, and its end. Neither needs an editor."""
