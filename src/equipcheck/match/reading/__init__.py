"""Reading one name: its words, its readings, the one that explains the most. Knows the lexicon, no other names."""
