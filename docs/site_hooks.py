"""The site's build: the pictures in the guide are made from the program's own output, each time."""

from __future__ import annotations

from typing import Any

import make_pictures


def on_pre_build(config: Any) -> None:  # noqa: ARG001 (the call is by this name)
    """Make the pictures before the pages are read."""
    make_pictures.main()
