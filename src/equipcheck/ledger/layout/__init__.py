"""Where tables stand in a sheet: header rows and their storeys, cards, and where each table ends.

May know headings and cells; reads no value.
"""
