"""Letters to those who follow the blog: one for each piece at once, one a week, and how they get there."""
