"""The words of ledgers: headings and status words, and a project's own.

May know how text is spelled; knows no sheet.
"""
