"""The tables of a standard's annex (Word, Excel, web page, CSV, PDF) read into a draft standard.

file → `containers` → `grid.Annex` (cells as displayed, merges kept) → `layout` (what each column and row is, with
the words of `language`) → `drafting` (rules, kinds, ids, questions) → `draft`, `merging` (answers kept), `writing`.
"""
