"""What each column and each row of a table is: `grid.Annex` → `reading.Reading`."""
