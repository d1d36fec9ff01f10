"""What can happen to a comment: posting and moderation. Same manner as `blog.editorial`."""
