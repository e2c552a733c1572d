"""Writing the yearly report's passage: facts chosen from a report, said in the field's own modest turns.

Every sentence rests on a fact of the report or of last year's snapshot; nothing is said for effect.
"""
