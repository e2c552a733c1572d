"""The rows of a table made asset rows: quantities, states, validity, remarks, totals, and what is no asset.

May know layout and values; knows no file.
"""
