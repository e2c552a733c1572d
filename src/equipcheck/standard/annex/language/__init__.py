"""What the words over, beside and under a number say; the words themselves are `standards/vocabulary/annex.yaml`."""
