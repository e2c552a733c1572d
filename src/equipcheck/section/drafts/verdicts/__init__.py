"""Statements held against what the check found: agrees, contradicts or unknown, and because of what."""
