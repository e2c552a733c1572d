"""Equipment kinds: their names, metrology, service life and working prices, and when two names are one name.

May know the ground; knows no ledger, no standard, no bureau.
"""
