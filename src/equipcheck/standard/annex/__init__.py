"""The tables of a standard's annex (Word, Excel, web page, CSV, PDF) read into a draft standard.

file → `grid.Annex` (cells as displayed, merges kept) → `heads` (what each column is) → `rows` (what each row
is) → `draft` (rules, kinds, ids, questions) → `writing` (YAML with comments), `merging` (answers kept).
"""
