"""Schemas of the files that people write: from the models that read them, with the shorthands spelled out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from equipcheck.ground.closed_words import codes_by_word
from equipcheck.schemas.parts import (
    TEXT,
    Schema,
    many,
    one_of,
    told,
    written,
)
from equipcheck.schemas.words import WORDS

if TYPE_CHECKING:
    from pydantic import BaseModel

    from equipcheck.ground.records import Record
    from equipcheck.ground.vocabulary import WordFile

SCALAR: Schema = {"type": ["string", "number", "boolean"]}


def _from_model(form: type[BaseModel | Record], title: str) -> Schema:
    """The model's own schema with descriptions; `x_` keys are anybody's."""
    from equipcheck.ground.records import Record, model_of

    model = model_of(form) if issubclass(form, Record) else form
    schema: Schema = model.model_json_schema(by_alias=True, mode="validation")
    definitions: dict[str, Schema] = schema.pop("$defs", {})
    name = str(schema.get("title"))
    schema["title"] = title
    for model_name, part in [(name, schema), *definitions.items()]:
        part.pop("description", None)
        if model_name != name:
            part.pop("title", None)
        if "properties" not in part:
            continue
        part["patternProperties"] = {"^x_": {}}
        for field, one in part["properties"].items():
            one.pop("title", None)
            text, examples = WORDS.get(model_name, {}).get(field, ("", ()))
            part["properties"][field] = told(one, text, *examples) if text else one
    return schema | ({"$defs": definitions} if definitions else {})


def _keep_words(old: Schema, new: Schema) -> Schema:
    return new | {key: old[key] for key in ("description", "examples") if key in old}


def standard() -> Schema:
    """`standards/*.yaml`."""
    from equipcheck.standard.model import Standard

    schema = _from_model(Standard, "装备标准")
    parts = schema["$defs"]
    rule, row, properties = parts["QuantityRule"], parts["Requirement"]["properties"], schema["properties"]
    parts["QuantityRule"] = {"anyOf": [{"type": "integer", "minimum": 0}, rule]}
    parts["Condition"] = {
        "anyOf": [
            SCALAR,
            {"type": "array", "items": SCALAR, "minItems": 1},
            written({"min": {"type": "number"}, "max": {"type": "number"}}) | {"minProperties": 1},
        ]
    }
    reference = {"$ref": "#/$defs/QuantityRule"}
    columns = {"type": "object", "additionalProperties": reference}
    row["quantity"] = _keep_words(row["quantity"], {"anyOf": [columns, reference]})
    word = one_of(*codes_by_word("obligation"))
    row["obligation"] = _keep_words(
        row["obligation"], {"anyOf": [word, {"type": "object", "additionalProperties": word}]}
    )
    properties["supersedes"] = _keep_words(properties["supersedes"], {"anyOf": [TEXT, many(TEXT)]})
    properties["effective"] = _keep_words(
        properties["effective"], {"anyOf": [TEXT, {"type": "integer"}, {"type": "null"}]}
    )
    return schema


def catalogue() -> Schema:
    """`standards/catalogue/*.yaml` and a project's own."""
    from equipcheck.catalogue.kinds import CatalogueFile

    schema = _from_model(CatalogueFile, "装备目录")
    definitions = schema.pop("$defs")
    whole = {key: value for key, value in schema.items() if key != "title"}
    bare = {"type": "array", "items": {"$ref": "#/$defs/Kind"}}
    return {"title": schema["title"], "anyOf": [whole, bare], "$defs": definitions}


def project() -> Schema:
    """`equipcheck.yaml`."""
    from equipcheck.project.form import ProjectFile

    schema = _from_model(ProjectFile, "项目")
    properties = schema["properties"]
    source = {"anyOf": [TEXT, {"$ref": "#/$defs/LedgerSource"}]}
    properties["ledgers"] = _keep_words(properties["ledgers"], {"anyOf": [source, many(source)]})
    words = {"type": "object", "additionalProperties": {"anyOf": [TEXT, many(TEXT)]}}
    own = schema["$defs"]["OwnVocabulary"]["properties"]
    for field in ("headings", "statuses"):
        own[field] = _keep_words(own[field], words)
    for field in ("decisions", "catalogue"):
        properties[field] = _keep_words(properties[field], {"anyOf": [TEXT, many(TEXT)]})
    return schema


def decisions() -> Schema:
    """`decisions.yaml`."""
    from equipcheck.match.decisions.file import DecisionsFile

    return _from_model(DecisionsFile, "人工决定")


def fleet() -> Schema:
    """`fleet.yaml`."""
    from equipcheck.fleet.form import FleetFile

    schema = _from_model(FleetFile, "多个机构")
    properties = schema["properties"]
    ledger = {"anyOf": [TEXT, {"$ref": "#/$defs/FleetLedger"}]}
    properties["ledgers"] = _keep_words(properties["ledgers"], {"anyOf": [ledger, many(ledger)]})
    for field in ("decisions", "catalogue"):
        properties[field] = _keep_words(properties[field], {"anyOf": [TEXT, many(TEXT)]})
    service = schema["$defs"]["FleetService"]["properties"]
    for field in ("bureaus", "under"):
        service[field] = _keep_words(service[field], {"anyOf": [TEXT, many(TEXT)]})
    return schema


def word_forms() -> dict[str, tuple[type[WordFile], str]]:
    """The forms of `standards/vocabulary/*.yaml`, by the names of their schemas, with titles."""
    from equipcheck.ledger.words.form import LedgerWords
    from equipcheck.section.drafts.statements.form import DraftTurns, DraftWords
    from equipcheck.standard.annex.language.form import AnnexWords

    return {
        "annex-words": (AnnexWords, "标准附件的用语"),
        "ledger-words": (LedgerWords, "台账的用语"),
        "draft-words": (DraftWords, "年度报告的用语"),
        "draft-turns": (DraftTurns, "年度报告的说法"),
    }


def _lexicon(name: str) -> Callable[[], Schema]:
    def schema() -> Schema:
        from equipcheck.match.lexicon.files import FORMS

        return _from_model(FORMS[name], f"认名称用的词：{name}.yaml")

    return schema


def _words(name: str) -> Callable[[], Schema]:
    return lambda: _from_model(*word_forms()[name])


INPUTS: dict[str, Callable[[], dict[str, Any]]] = {
    "standard": standard,
    "catalogue": catalogue,
    "project": project,
    "decisions": decisions,
    "fleet": fleet,
    **{f"lexicon-{name}": _lexicon(name) for name in ("words", "rules", "ambiguous", "english", "models")},
    **{name: _words(name) for name in ("annex-words", "ledger-words", "draft-words", "draft-turns")},
}
