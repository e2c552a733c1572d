"""`plan -f ics`: the dates of a plan for any calendar (RFC 5545): steps of purchases, verifications, what ends."""

from __future__ import annotations

import datetime as dt
import hashlib

from equipcheck.plan.model import Plan
from equipcheck.report import plan_words as say
from equipcheck.report import words


def render(plan: Plan) -> str:
    """The calendar's text, with CRLF line ends."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//equipcheck//plan//ZH", "CALSCALE:GREGORIAN"]
    lines.append(f"X-WR-CALNAME:{_text(f'{say.unit_name(plan)}装备补齐计划')}")
    for package in plan.packages:
        for step in (step for step in package.calendar if step.by >= plan.as_of):
            note = f"{package.method}，{words.yuan(package.amount)} 元" + (
                f"；{step.note}" if step.note else ""
            )
            lines += _event(plan, step.by, f"{step.step}：{package.name}", note)
    for one in plan.dues:
        lines += _event(
            plan,
            one.on,
            f"{say.DUE[one.what]}：{one.name} {one.quantity}",
            "；".join(filter(None, (one.note, one.ref))),
        )
    for check in plan.checkups:
        if check.month is not None:
            title = f"送检：{check.name} {check.quantity}{check.unit}"
            lines += _event(plan, check.month, title, "；".join((check.why, *check.refs)))
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(plan: Plan, day: dt.date, title: str, note: str) -> list[str]:
    """A whole-day event; its id rests on what it says, so that importing again replaces it."""
    key = hashlib.sha256(f"{say.unit_name(plan)}|{day}|{title}|{note}".encode()).hexdigest()[:24]
    return [
        "BEGIN:VEVENT",
        f"UID:{key}@equipcheck",
        f"DTSTAMP:{plan.as_of:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + dt.timedelta(1):%Y%m%d}",
        f"SUMMARY:{_text(title)}",
        f"DESCRIPTION:{_text(note)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _text(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """At most 75 octets a line, never cutting a character."""
    parts, room, part = [], 75, b""
    for char in line:
        raw = char.encode()
        if len(part) + len(raw) > room:
            parts.append(part)
            part, room = b"", 74
        part += raw
    return b"\r\n ".join([*parts, part]).decode()
