"""What was found, year by year: a small plain file a year, and what changed between them."""
