"""From gaps to actions, budgets, procurement and their dates."""
