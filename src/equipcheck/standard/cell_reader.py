"""A cell's words, read one after another: what stands next, and what it may be taken for."""

from __future__ import annotations

from decimal import Decimal

from equipcheck.standard.tokens import Token


class NotUnderstood(Exception):  # noqa: N818 (control flow of the grammar, never an error for the user)
    """The text is outside the grammar; the message, if any, says why."""


class FinallyNotUnderstood(NotUnderstood):
    """Understood well enough to say why only a person can answer."""


class Reader:
    """The words and the place reached in them."""

    def __init__(self, words: list[Token]) -> None:
        self.words = words
        self.at = 0

    def _measure(self) -> str | None:
        token = self._peek("measure") or self._peek("unit")
        if token is not None and token.text in ("名", "位", "个", "辆", "台", "部"):
            self.at += 1
            if token.text in ("台", "部") and self._ahead() != "vehicles":
                raise NotUnderstood
            return token.text
        return None

    def _ahead(self) -> str:
        return self.words[self.at].text if self.at < len(self.words) else ""

    def _number(self) -> Decimal:
        token = self._take("number")
        if token is None or token.value is None:
            raise NotUnderstood
        return token.value

    def _fact(self) -> str | None:
        token = self._take("fact")
        return token.text if token else None

    def _separator(self) -> bool:
        return any(self._mark(mark) for mark in (",", ";", ":"))

    def _mark(self, text: str) -> bool:
        return self._next_is(Token("mark", text))

    def _verb(self, text: str) -> bool:
        return self._next_is(Token("word", text))

    def _next_is(self, token: Token) -> bool:
        found = self.at < len(self.words) and self.words[self.at] == token
        self.at += found
        return found

    def _peek(self, kind: str) -> Token | None:
        token = self.words[self.at] if self.at < len(self.words) else None
        return token if token is not None and token.kind == kind else None

    def _take(self, kind: str) -> Token | None:
        token = self._peek(kind)
        self.at += token is not None
        return token
