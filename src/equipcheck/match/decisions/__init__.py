"""What people decided: the decisions file, rows taken apart, aliases proposed from it."""
