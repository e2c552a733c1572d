"""Checking a drafted yearly report: what it says of equipment, held against what the ledger says.

reading (file → paragraphs) → pieces (sentences, items, sections) → mentions and statements (what is said of
what) → verdicts (agrees, contradicts, unknown) → answers (problems that no measure answers).
"""
