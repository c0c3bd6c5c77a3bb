#!/usr/bin/env python3
"""schema_reference.py SCHEMA.json: the reference of layout or model files as Markdown, made from their JSON Schema.

docs/reference-layout.md and docs/reference-model.md are its output; a test says where they are not. To make them anew:
    build/release/bin/tabularium layout schema > docs/schema/layout.schema.json
    build/release/bin/tabularium layout schema --model > docs/schema/model.schema.json
    tools/schema_reference.py docs/schema/layout.schema.json > docs/reference-layout.md
    tools/schema_reference.py docs/schema/model.schema.json > docs/reference-model.md
"""
import json
import sys

HEAD = {
    "layout": "What each key of a `layout.toml` is. [layout.md](layout.md) explains how they work together.",
    "model": "What each key of the files in `models/` is. [models/README.md](../models/README.md) explains types and checks.",
}
TITLES = {
    "field": "A field", "column": "A column of a table", "table": "A table", "model": "A record model",
    "check": "A check", "vocabulary": "A vocabulary", "labels": "Labels",
}


def code(word):
    return f"`{word}`"


def name_of(reference):
    return reference.rsplit("/", 1)[1]


def kind(part):
    """What may stand there, in words."""
    if "$ref" in part:
        name = name_of(part["$ref"])
        return f"[{name}](#{TITLES[name].lower().replace(' ', '-')})"
    if "enum" in part:
        return ", ".join(code(json.dumps(word, ensure_ascii=False)) for word in part["enum"])
    if "anyOf" in part:
        return " or ".join(dict.fromkeys(kind(one) for one in part["anyOf"]))
    if "allOf" in part and "type" not in part:
        return kind(part["allOf"][0])
    of = part.get("type")
    if isinstance(of, list):
        return " or ".join({"string": "a text", "integer": "an integer"}[one] for one in of)
    if of == "string":
        return "a text"
    if of == "boolean":
        return "`true` or `false`"
    if of == "integer":
        return f"an integer, {part['minimum']} to {part['maximum']}"
    if of == "array":
        return "a list of " + {"a text": "texts"}.get(kind(part["items"]), kind(part["items"]))
    if of == "object" and "properties" in part:
        return "a table of " + ", ".join(code(key) for key in part["properties"])
    if of == "object":
        return "a table, by name: " + kind(part["additionalProperties"])
    raise SystemExit(f"schema_reference.py: a part that it cannot tell: {part}")


def rows(part):
    needed = part.get("required", [])
    lines = ["| key | what it holds | meaning |", "| --- | --- | --- |"]
    for key, one in part["properties"].items():
        about = one.get("description", "") + (" Must be there." if key in needed else "")
        lines.append(f"| {code(key)} | {kind(one)} | {about} |".replace("\\", "\\\\"))
    return lines


def kinds_of_check(part):
    lines = ["", "Each kind has keys of its own:", "", "| kind | finds | keys |", "| --- | --- | --- |"]
    common = {"id", "kind", "severity", "hint", "when_same_year"}
    for branch in part["allOf"]:
        then = branch["then"]
        keys = [code(key) + ("" if key in then["required"] else " (optional)")
                for key in then["propertyNames"]["enum"] if key not in common]
        lines.append(f"| {code(branch['if']['properties']['kind']['const'])} | {then['description']} | {', '.join(keys)} |")
    return lines


def section(name, part):
    lines = ["", f"## {TITLES[name]}", "", part.get("description", "")]
    if name == "labels":
        lines[-1] = "One of: " + "; ".join(kind(one) for one in part["anyOf"]) + "."
        return lines
    lines += ["", *rows(part)]
    if name == "check":
        lines += kinds_of_check(part)
    return lines


def reference(schema):
    which = "layout" if "layout" in schema.get("properties", {}) else "model"
    lines = [f"# Reference: {schema['title'].replace(' of Tabularium', '')}", "",
             f"{HEAD[which]} This page is made from `docs/schema/{which}.schema.json` by `tools/schema_reference.py`."]
    if "properties" in schema:
        lines += ["", "## The file", "", schema["description"], "", *rows(schema)]
    for name, part in schema["definitions"].items():
        lines += section(name, part)
    return "\n".join(lines) + "\n"


def main():
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        sys.stderr.write(__doc__)
        return 0 if "--help" in sys.argv else 2
    with open(sys.argv[1], encoding="utf-8") as f:
        sys.stdout.write(reference(json.load(f)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
