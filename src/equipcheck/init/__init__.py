"""A new project: its files with comments, a ledger template, and the ledgers that lie in the folder already."""
