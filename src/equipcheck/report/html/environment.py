"""The templates' environment: everything escaped, the words of the terminal at hand, stylesheet and script by hash."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import jinja2

from equipcheck import __version__
from equipcheck.report import explanation, headline, plan_words, tables, words
from equipcheck.report.html import pictures

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def environment(*folders: jinja2.BaseLoader) -> jinja2.Environment:
    """The environment; the callers' own templates are looked for before these."""
    made = jinja2.Environment(
        loader=jinja2.ChoiceLoader([*folders, jinja2.PackageLoader("equipcheck.report.html")]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=shown,
    )
    made.globals.update(
        words=words,
        tables=tables,
        explanation=explanation,
        headline=headline,
        say=plan_words,
        pictures=pictures,
        version=__version__,
        style=text_of("page.css"),
        script=text_of("page.js"),
        policy=policy,
        linked=None,
    )
    return made


def shown(value: Any) -> Any:
    """What an expression shows: nothing for None, and no character that a page may not hold."""
    if value is None:
        return ""
    if type(value) is str:  # not Markup: a template's own
        return _CONTROL.sub("\ufffd", value)
    return value


@cache
def text_of(name: str) -> str:
    """The stylesheet `page.css` or the script `page.js`, line ends as LF."""
    return (files("equipcheck.report.html") / name).read_text("utf-8").replace("\r\n", "\n")


def policy(styles: Sequence[str], scripts: Sequence[str]) -> str:
    """A Content-Security-Policy that lets a page use exactly these inline texts and nothing from anywhere."""
    return "; ".join(
        [
            "default-src 'none'",
            f"style-src {' '.join(map(_digest, styles)) or chr(39) + 'none' + chr(39)}",
            f"script-src {' '.join(map(_digest, scripts)) or chr(39) + 'none' + chr(39)}",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
