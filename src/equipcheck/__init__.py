"""equipcheck: what an equipment standard requires, what a bureau may lawfully count, what is missing."""

__version__ = "0.2.0"
