"""What a file really is, the walls against hostile ones, and its cells: workbooks, text, markup.

May know cells and the words by which text files are told apart; understands no table.
"""
