"""Comments of other blogs: how they come in, what goes out, and how somebody shows that old ones are theirs."""
