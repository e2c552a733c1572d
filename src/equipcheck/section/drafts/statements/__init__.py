"""From a sentence to statements on equipment: words, numbers, turns, tokens, clauses, whose and when."""
