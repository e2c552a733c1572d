"""A standard with its annex and the comparison of both in one archive; and the checks before one is believed."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field, ValidationError

from equipcheck import __version__
from equipcheck.catalogue.kinds import Catalogue
from equipcheck.ground import yamlfile
from equipcheck.ground.archives import archive
from equipcheck.ground.fields import Id, Part
from equipcheck.ledger.containers.zip_package import Package
from equipcheck.problems import InputError, Place, Problem
from equipcheck.problems.nearby import near_file
from equipcheck.problems.reasons import reason_of
from equipcheck.standard.annex.containers.files import MAX_FILE
from equipcheck.standard.lint import known_editions, lint
from equipcheck.standard.load import Loaded, load_file
from equipcheck.standard.signing import changed_since
from equipcheck.standard.verify import Comparison, compare, comparison_page

MANIFEST, TABLE, ANNEX = "清单.json", "核对表.md", "附件"
ANNEX_ENDINGS = (".docx", ".xlsx", ".xlsm", ".xls", ".html", ".htm", ".csv", ".tsv", ".pdf", ".doc", ".wps")
MAX_MANIFEST, MAX_TABLE = 64 << 10, 32 << 20  # bytes
MAX_PACK = MAX_FILE + (16 << 20)  # bytes of the archive itself: one annex and what is written about it


class Member(Part):
    """What the list inside says of one file."""

    sha256: str
    bytes: int = Field(ge=0)


class Manifest(Part):
    """The list of an archive's files. `equipcheck` is the version that wrote it."""

    format: int = Field(ge=1, le=1)
    equipcheck: str
    standard: Id
    files: dict[str, Member]


@dataclass(frozen=True, slots=True)
class Unpacked:
    """An archive that was checked: the standard as loaded, its bytes, and the comparison where an annex is inside."""

    loaded: Loaded
    content: bytes
    comparison: Comparison | None


def ready(loaded: Loaded, place: Place) -> None:
    """Refuse what no other project could use: open rows, and a base that stays behind. Raises InputError."""
    if loaded.open_rows:
        raise InputError(Problem("standard-unfinished", place, {"rows": "、".join(loaded.open_rows)}))
    if loaded.base is not None and not loaded.base.shipped:
        raise InputError(Problem("standard-rests-on-file", place, {"base": loaded.base.shown}))


def pack(loaded: Loaded, annex: Path | None, catalogue: Catalogue) -> tuple[bytes, Comparison | None]:
    """The archive (the same bytes for the same inputs) and the comparison inside. Raises InputError."""
    place = Place(loaded.shown)
    ready(loaded, place)
    files = {f"{loaded.standard.id}.yaml": loaded.path.read_bytes()}
    if annex is None:
        _believable(loaded, None, place)
        return _archive(loaded.standard.id, files), None
    ending = annex.suffix.lower()
    if ending not in ANNEX_ENDINGS:
        why = f"附件的结尾“{annex.suffix}”不是 {'、'.join(ANNEX_ENDINGS)} 之一"
        raise InputError(Problem("pack-unsound", Place(str(annex)), {"why": why}))
    comparison = compare(loaded, annex, str(annex), catalogue)
    _believable(loaded, comparison, place)
    files[TABLE] = comparison_page(loaded, f"{ANNEX}{ending}", comparison).encode("utf-8")
    files[f"{ANNEX}{ending}"] = annex.read_bytes()
    return _archive(loaded.standard.id, files), comparison


def _archive(standard: str, files: Mapping[str, bytes]) -> bytes:
    listed = {
        name: Member(sha256=hashlib.sha256(data).hexdigest(), bytes=len(data)) for name, data in files.items()
    }
    manifest = Manifest(format=1, equipcheck=__version__, standard=standard, files=listed)
    every = {MANIFEST: (manifest.model_dump_json(indent=2) + "\n").encode("utf-8"), **files}
    return archive(every)


def _believable(loaded: Loaded, comparison: Comparison | None, place: Place) -> None:
    """The signature holds over the content, the annex is the signed one, and has every row that is called official."""
    verified = loaded.standard.verified
    changed = changed_since(verified, loaded.document)
    if changed:
        raise InputError(changed)
    if comparison is None or verified is None:
        return
    if verified.sha256.lower() != comparison.sha256:
        args = {"found": comparison.sha256, "signed": verified.sha256}
        raise InputError(Problem("pack-annex-differs", place, args))
    lost = [
        row.id
        for at, row in enumerate(loaded.standard.requirements)
        if loaded.places.own(at) and row.source.status == "official" and row.id not in comparison.found
    ]
    if lost:
        raise InputError(Problem("pack-rows-not-in-annex", place, {"rows": "、".join(lost)}))


@contextmanager
def unpack(path: Path, shown: str, catalogue: Catalogue) -> Iterator[Unpacked]:
    """Check an archive whole; nothing of it is written but to a folder of its own that goes away again.

    Raises InputError where anything is not as `pack` writes it.
    """
    files, manifest = _members(path, shown)
    name = f"{manifest.standard}.yaml"
    annex = next((one for one in files if one.startswith(f"{ANNEX}.")), None)
    place = Place(f"{shown}:{name}")
    with tempfile.TemporaryDirectory(prefix="equipcheck-") as folder:
        file = Path(folder) / name
        file.write_bytes(files[name])
        loaded = load_file(file, place.path or name, catalogue)
        if loaded.standard.id != manifest.standard:
            raise _unsound(shown, f"清单里的编号是 {manifest.standard}，文件里的是 {loaded.standard.id}")
        ready(loaded, place)
        found = lint(file, place.path or name, catalogue, known_editions([file])).problems
        errors = [one for one in found if one.level == "error"]
        if errors:
            raise InputError([Problem("pack-unsound", Place(shown), {"why": "标准文件检查有错误"}), *errors])
        comparison = None
        if annex is not None:
            beside = Path(folder) / annex
            beside.write_bytes(files[annex])
            comparison = compare(loaded, beside, f"{shown}:{annex}", catalogue)
            page = comparison_page(loaded, annex, comparison).encode("utf-8")
            # another version may read the annex better: then the table is made anew, and the rest still holds
            if manifest.equipcheck == __version__ and page != files[TABLE]:
                raise _unsound(shown, f"{TABLE} 不是这份标准与这份附件的核对表")
        _believable(loaded, comparison, place)
        yield Unpacked(loaded, files[name], comparison)


def _members(path: Path, shown: str) -> tuple[dict[str, bytes], Manifest]:
    """The files inside by name and the list that they agree with."""
    try:
        size = path.stat().st_size
        if size > MAX_PACK:
            raise _unsound(shown, f"有 {size >> 20} MB，上限 {MAX_PACK >> 20} MB")
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError(Problem("no-such-file", Place(shown), {"near": near_file(path)})) from None
    except OSError as error:
        raise InputError(Problem("unreadable-file", Place(shown), {"reason": reason_of(error)})) from None
    try:
        package = Package.open(data, shown)
    except InputError:  # what it says is meant for ledgers
        raise _unsound(shown, "不是完整的 zip 文件，请重新下载或请对方重发") from None
    for name, info in package.members.items():
        if info.filename != name or "/" in name or _limit(name) is None:
            raise _unsound(shown, f"里面有不该有的“{info.filename[:60]}”")
    if MANIFEST not in package.members:
        raise _unsound(shown, f"没有 {MANIFEST}")
    try:
        manifest = Manifest.model_validate_json(_read(package, MANIFEST))
    except ValidationError:
        raise _unsound(shown, f"{MANIFEST} 读不懂") from None
    annexes = [name for name in package.members if name.startswith(f"{ANNEX}.")]
    wanted = {MANIFEST, f"{manifest.standard}.yaml", *annexes, *([TABLE] if annexes else [])}
    if set(package.members) != wanted or set(manifest.files) != wanted - {MANIFEST} or len(annexes) > 1:
        raise _unsound(shown, "里面的文件与清单不一致")
    files: dict[str, bytes] = {}
    for name, told in manifest.files.items():
        files[name] = _read(package, name)
        if len(files[name]) != told.bytes or hashlib.sha256(files[name]).hexdigest() != told.sha256:
            raise _unsound(shown, f"“{name}”与清单里的 SHA-256 不一致")
    return files, manifest


def _limit(name: str) -> int | None:
    """How many bytes a member may have, None where there is none of that name."""
    if name == MANIFEST:
        return MAX_MANIFEST
    if name == TABLE:
        return MAX_TABLE
    if name in {f"{ANNEX}{ending}" for ending in ANNEX_ENDINGS}:
        return MAX_FILE
    return yamlfile.MAX_BYTES if name.endswith(".yaml") else None


def _read(package: Package, name: str) -> bytes:
    """A member within its bound, as the directory tells it and as it is counted while it is inflated."""
    limit, told = _limit(name) or 0, package.members[name].file_size
    if told > limit:
        raise _unsound(package.shown, f"“{name}”解压后有 {told >> 10} KB，上限 {limit >> 10} KB")
    return b"".join(package.pieces(name))


def _unsound(shown: str, why: str) -> InputError:
    return InputError(Problem("pack-unsound", Place(shown), {"why": why}))
