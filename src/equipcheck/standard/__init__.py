"""Standards: their model, rules, files, editions, import and comparison."""
