"""A project: the form of `equipcheck.yaml`, the files that it names, services and waivers, starting a new one.

May know standards and where ledgers lie; assesses nothing.
"""
