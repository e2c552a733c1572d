"""What single cells say: text, dates, quantities, money.

May know nothing but the cell.
"""
