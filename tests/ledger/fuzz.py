"""Mutates real containers: any bytes give an error of the catalogue or balanced books.

At length: python -m tests.ledger.fuzz --minutes 60 [--seed 1] [--only WRITER] [--keep FOLDER]
A crash of the process, a traceback or books that do not balance is a find; the file that did it stays in FOLDER.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
import time
import zipfile
from io import BytesIO
from pathlib import Path

from equipcheck.ground import frames
from equipcheck.ledger import Source
from equipcheck.ledger.inspect import inspect
from equipcheck.ledger.read import read_ledgers
from equipcheck.problems import InputError
from equipcheck.problems.catalogue import ENTRIES

from .writers import WRITERS

ROWS = [
    ("固定资产台账（合成）",),
    (
        "序号",
        "资产编号",
        "资产名称",
        "规格型号",
        "数量",
        "购置日期",
        "使用状况",
        "单价",
        "检定有效期",
        "备注",
    ),
    (1, "007", "声级计", "AWA", 2, "2020-05-06", "在用", 4000, "2024-05", "其中1台已坏"),
    (2, "/", "无人机", None, "两台", 43957, "待报废", "35,000", None, None),
    (3, "待编", "照相机", "甲", None, "2019", "躺平", None, "长期", '说"好"'),
    ("小计", None, None, None, 4, None, None, None, None, None),
    ("一、执法装备",),
    (4, "008", "执法记录仪", "DSJ", "若干", None, "借给二队", None, None, None),
    ("合计", None, None, None, 4, None, None, None, None, None),
    ("制表人：某甲",),
]
FOREIGN = "heading-without-name"  # a table inside that is named and not read; its rows are in no table
_NUMBER = re.compile(rb"\d+")
_WORDS = (b"", b"0", b"-1", b"99999999999", b"XFD1048576", b"A0", b"\xff\xfe", b"<", b"&#0;", b'"', b"\0")


def seeds(folder: Path) -> dict[str, bytes]:
    """The sound containers, by writer."""
    return {name: write(folder, ROWS).read_bytes() for name, write in WRITERS.items()}


def mutate(data: bytes, rng: random.Random) -> bytes:
    """A bent copy: of a zip mostly one of its members, else of the bytes as they are."""
    if data.startswith(b"PK\x03\x04") and rng.random() < 0.8:
        return _mutate_member(data, rng)
    return _mutate_bytes(data, rng)


def _mutate_member(data: bytes, rng: random.Random) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        chosen = rng.choice(old.namelist())
        for name in old.namelist():
            member = old.read(name)
            if name == chosen:
                if rng.random() < 0.1:
                    continue
                member = _mutate_bytes(member, rng)
            new.writestr(name, member)
    return out.getvalue()


def _mutate_bytes(data: bytes, rng: random.Random) -> bytes:
    bent = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 5, 20))):
        at = rng.randrange(len(bent) + 1)
        end = min(len(bent), at + rng.choice((1, 2, 8, 64, 512)))
        kind = rng.randrange(6)
        if kind == 0 and at < len(bent):
            bent[at] = rng.randrange(256)
        elif kind == 1:
            del bent[at:end]
        elif kind == 2:
            bent[at:at] = bent[at:end]
        elif kind == 3:
            bent[at:at] = rng.choice(_WORDS)
        elif kind == 4 and (numbers := list(_NUMBER.finditer(bent))):
            found = rng.choice(numbers)
            bent[found.start() : found.end()] = rng.choice(_WORDS)
        else:
            bent[at:end] = rng.randbytes(end - at)
    return bytes(bent[: rng.randrange(len(bent) + 1)]) if rng.random() < 0.05 else bytes(bent)


def judge(path: Path) -> str:
    """「ok」 or the codes of the errors. Raises AssertionError where books do not balance, anything else is a find."""
    failed: InputError | None = None
    try:
        shown = inspect(Source(path, path.name))
        ledgers = read_ledgers([Source(path, path.name)])
    except InputError as error:
        failed = error
    if failed is not None:
        assert all(problem.code in ENTRIES and problem.message for problem in failed.problems)
        return ",".join(problem.code for problem in failed.problems)
    assets = frames.ASSETS.check(ledgers.assets)
    refs = assets["ref"].to_list()
    bands = any(one.code == "side-by-side" for one in ledgers.notes)  # their rows share a place, as is said
    assert bands or len(refs) == len(set(refs))
    rejected = assets.filter(assets["rejected"].is_not_null())
    assert rejected["quantity"].sum() == 0
    assert rejected["why"].null_count() == 0
    assert assets["quantity"].min() is None or min(assets["quantity"].to_list()) >= 0
    assert all(note.code in ENTRIES for note in ledgers.notes)
    refused = {
        (one.ref or "").rpartition("!")[0].rpartition("#")[2] for one in shown.notes if one.code == FOREIGN
    }
    unread = {one.sheet: one.nothing for one in shown.cells}
    for sheet in shown.sheets:
        heads = sum(len(table.heading_rows) for table in sheet.tables)
        rows = sum(sum(table.rows.values()) for table in sheet.tables)
        missing = sheet.rows - sheet.above - heads - rows
        assert (
            not sheet.tables or missing == 0 or (missing > 0 and sheet.name in refused and unread[sheet.name])
        )
    assert sum(t.rows.get("asset", 0) for s in shown.sheets for t in s.tables) == assets.height
    return "ok"


def run(
    rounds: int, seed: int, folder: Path, until: float | None = None, only: str | None = None
) -> dict[str, int]:
    """Mutate and judge; how often each outcome came."""
    rng = random.Random(seed)
    sound = {name: data for name, data in seeds(folder).items() if only in (None, name)}
    outcomes: dict[str, int] = {}
    path = folder / "台账.bin"
    done = 0
    while done < rounds if until is None else time.monotonic() < until:
        path.write_bytes(mutate(sound[rng.choice(sorted(sound))], rng))
        outcome = judge(path)
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
        done += 1
    return outcomes


def main() -> None:
    """At length, from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=None)
    parser.add_argument("--only", choices=sorted(WRITERS), default=None)
    given = parser.parse_args()
    folder = given.keep or Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + 60 * given.minutes
    for outcome, times in sorted(run(0, given.seed, folder, until, given.only).items()):
        print(f"{times:8d} {outcome}")


if __name__ == "__main__":
    main()
