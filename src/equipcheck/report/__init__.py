"""Renderers, one a file. They show what `results` hold and compute nothing."""
