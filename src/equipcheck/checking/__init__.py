"""The main job: a project in, a report out. Gathering, assessing, evidence, open questions, the books, the results.

May know every room below it (project, standard, match, catalogue, ledger, assess); knows no output format.
"""
