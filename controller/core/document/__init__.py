"""Documents as AWS sent them: JSON values, paths into them, edits of them, and what differs."""
