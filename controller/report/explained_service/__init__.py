"""Why one service stands as it does: for people as a page, for programs as plain data."""
