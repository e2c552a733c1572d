"""The yearly report: writing its passage on equipment, and checking one that was drafted."""
