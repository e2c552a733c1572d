"""JSON Schemas of all input files and JSON outputs, with the descriptions that editors show."""

from __future__ import annotations

from typing import Any

NAMES = (
    "standard",
    "catalogue",
    "project",
    "decisions",
    "fleet",
    "annex-words",
    "ledger-words",
    "draft-words",
    "draft-turns",
    "lexicon-words",
    "lexicon-rules",
    "lexicon-ambiguous",
    "lexicon-english",
    "lexicon-models",
    "report",
    "match",
    "plan",
    "section",
    "rollup",
    "show",
    "diff",
    "lint",
)
"""What has a schema: the files that people write, then the JSON that commands print."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(name: str) -> dict[str, Any]:
    """The JSON Schema of one of `NAMES`. KeyError for any other."""
    from equipcheck.schemas.inputs import INPUTS
    from equipcheck.schemas.outputs import OUTPUTS

    made = (INPUTS | OUTPUTS)[name]()
    return {"$schema": DIALECT} | made
