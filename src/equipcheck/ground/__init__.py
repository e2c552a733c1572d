"""What every room stands on: YAML with places, validation, frames, saving, hashes, tables, archives, the solver.

May know the catalogue of problems and nothing else of the house.
"""
