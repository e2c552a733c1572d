"""Ledger files as they are, read into one asset frame, with everything that was odd about them."""
