"""Every reader of what people wrote, fuzzed at length by one command with a written budget.

    python run.py fuzz --minutes 60 [--seed 1] [--only ledgers] [--write]

Each target gets its share of the time and is judged by what it promises: any input gives a sound result or problems
of the catalogue. The first find stops the run with the seed and number that bring it back. `--write` renews the table
of docs/fuzzing.md.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from equipcheck.catalogue.kinds import load_catalogue
from equipcheck.ground import yamlfile
from equipcheck.ground.validation import validate
from equipcheck.match.engine import judge_all
from equipcheck.match.judge import Row
from equipcheck.match.lexicon import load_lexicon
from equipcheck.problems import InputError
from equipcheck.problems.catalogue import ENTRIES
from equipcheck.project.form import ProjectFile
from equipcheck.section.drafts.check import check_draft
from equipcheck.section.drafts.reading.plain import from_text
from equipcheck.standard.annex.containers import sidecar_process
from equipcheck.standard.annex.draft import Wanted, draft
from equipcheck.standard.annex.drafting.kinds import Lexicon
from equipcheck.standard.annex.grid import of_data
from equipcheck.standard.annex.merging import fresh
from equipcheck.standard.annex.writing import write_yaml
from equipcheck.standard.grammar import parse_cell
from equipcheck.standard.model import Standard
from tests.ledger import fuzz as containers
from tests.section.reports import SEED, report
from tests.section.test_any_text import PIECES

PAGE = Path(__file__).parents[1] / "docs" / "fuzzing.md"
CELLS = [
    *"0123456789０１２３一二三十百两／/，,；;（）()≥≤%％~～-—+×*√●○ \n",
    *(
        "每",
        "人",
        "车",
        "台",
        "套",
        "部",
        "件",
        "辆",
        "顶",
        "不少于",
        "不超过",
        "至少",
        "最多",
        "选配",
        "按需",
        "若干",
    ),
    *(
        "以上",
        "以下",
        "其中",
        "配备",
        "根据需要",
        "实有",
        "人均",
        "每个中队",
        "大队",
        "或",
        "和",
        "及",
        "1台/3人",
        "50%",
    ),
]


def ledgers(rng: random.Random, folder: Path) -> Callable[[], None]:
    """Real containers of every kind, bent."""
    sound = containers.seeds(folder)
    path = folder / "台账.bin"

    def once() -> None:
        path.write_bytes(containers.mutate(sound[rng.choice(sorted(sound))], rng))
        containers.judge(path)

    return once


def yaml(rng: random.Random, folder: Path) -> Callable[[], None]:
    """The shipped standards and the sample project, bent."""
    root = PAGE.parents[1]
    sound = [path.read_bytes() for path in (*sorted((root / "standards").glob("*.yaml")),)]
    project = (root / "inventories" / "sample-district" / "equipcheck.yaml").read_bytes()

    def once() -> None:
        model, data = (Standard, rng.choice(sound)) if rng.random() < 0.3 else (ProjectFile, project)
        try:
            document = yamlfile.loads(containers.mutate(data, rng), "bent.yaml")
            _, problems = validate(model, document)
        except InputError as error:
            problems = list(error.problems)
        assert all(one.code in ENTRIES and str(one) for one in problems)

    return once


def annexes(rng: random.Random, folder: Path) -> Callable[[], None]:
    """Annexes of every form, bent, read and drafted."""
    lexicon = Lexicon(load_catalogue())
    forms = (".docx", ".xlsx", ".xls", ".csv", ".html", ".pdf")
    corpus = sorted((PAGE.parents[1] / "tests" / "standard" / "corpus").iterdir())
    sound = [one.read_bytes() for one in corpus if one.suffix in forms and one.stat().st_size < 40_000]
    path = folder / "annex.bin"

    def once() -> None:
        path.write_bytes(containers.mutate(rng.choice(sound), rng))
        said = sidecar_process.work({"path": str(path), "shown": "annex.bin"}, b"")
        if "problems" in said:
            assert all(code in ENTRIES for code, _, _ in said["problems"])
            return
        merged = fresh(draft(of_data(said["annex"]), lexicon, Wanted("bent", "bent", file="annex.bin")))
        yamlfile.loads(write_yaml(merged.head, merged.rows, {}, []).encode(), "draft.yaml")

    return once


def cells(rng: random.Random, folder: Path) -> Callable[[], None]:
    """Cells of standards, of the grammar's own words."""

    def once() -> None:
        text = "".join(rng.choices(CELLS, k=rng.randrange(1, 14)))
        cell = parse_cell(text, rng.choice(("floor", "ceiling")))
        assert cell.rule is None or cell.rule.text is None or cell.rule.text.strip()

    return once


def drafts(rng: random.Random, folder: Path) -> Callable[[], None]:
    """Drafts of the words that reports use."""
    catalogue, found = load_catalogue(), report(SEED)

    def once() -> None:
        text = "".join(rng.choices(PIECES, k=rng.randrange(1, 60)))
        paragraphs = from_text(text)
        check = check_draft(paragraphs, found, catalogue)
        joined = "\n".join(one.text for one in paragraphs)
        assert all(claim.text in joined and claim.because for claim in check.claims)

    return once


def names(rng: random.Random, folder: Path) -> Callable[[], None]:
    """Names put together from kinds, places, marks and odd characters."""
    catalogue = load_catalogue()
    lexicon = load_lexicon(catalogue)
    parts = [kind.name for kind in catalogue.kinds.values()]
    parts += [
        "（监测站）",
        "-执法大队",
        "(2023)",
        "\u200b",
        "仪",
        "便携式",
        "ＰＨ",
        "电池",
        "采购项目",
        "🚗",
        " ",
        "/",
        "及",
    ]

    def once() -> None:
        name = "".join(rng.choices(parts, k=rng.randrange(1, 5)))[:200]
        (verdict,) = judge_all([Row(name, "", "")], lexicon)
        assert verdict.decision in ("auto", "review", "none")
        assert (verdict.kind is not None) == (verdict.decision == "auto")

    return once


TARGETS = {
    "ledgers": ledgers,
    "annexes": annexes,
    "yaml": yaml,
    "cells": cells,
    "drafts": drafts,
    "names": names,
}


def run(name: str, seconds: float, seed: int) -> int:
    """Fuzz one target for so long; how many inputs were tried. A find is raised, with the way back to it."""
    rng = random.Random(f"{name} {seed}")
    until = time.monotonic() + seconds
    done = 0
    with tempfile.TemporaryDirectory() as folder:
        once = TARGETS[name](rng, Path(folder))
        while done == 0 or time.monotonic() < until:
            try:
                once()
            except Exception as error:
                error.add_note(f"{name}: input {done} of seed {seed}")
                raise
            done += 1
    return done


def table(counts: dict[str, int], seed: int) -> Iterator[str]:
    """The result as Markdown rows."""
    yield "| what is read | inputs tried | finds |"
    yield "|---|---:|---:|"
    for name, count in counts.items():
        what = (TARGETS[name].__doc__ or "").strip().rstrip(".")
        yield f"| {name}: {what[0].lower()}{what[1:]} | {count:,} | 0 |"
    yield f"| all (seed {seed}) | {sum(counts.values()):,} | 0 |"


def main() -> int:
    """At length, from the command line."""
    parser = argparse.ArgumentParser(prog="python run.py fuzz", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=list(TARGETS), action="append")
    parser.add_argument("--write", action="store_true")
    called = parser.parse_args()
    chosen = called.only or list(TARGETS)
    counts = {name: run(name, 60 * called.minutes / len(chosen), called.seed) for name in chosen}
    rows = "\n".join(table(counts, called.seed))
    print(rows)
    if called.write:
        head = PAGE.read_text(encoding="utf-8").split("| what is read", 1)[0]
        PAGE.write_text(head + rows + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
