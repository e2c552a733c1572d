"""What every room stands on: YAML with places, validation, declared frames, saving, hashes, tables of text.

May know the catalogue of problems and nothing else of the house.
"""
