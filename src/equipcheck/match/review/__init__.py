"""Asking people about doubtful names: the questions, as a workbook or in the terminal, and their answers."""
