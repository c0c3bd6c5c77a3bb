#!/usr/bin/env python3
"""schema_test.py PROGRAM SOURCE: the JSON Schemas in docs/schema are those that the program prints, the reference pages are made from
them, every layout, draft and model that ships is valid by them, and files with mistakes are not.

Ends with 77 (skipped) where only the Python package jsonschema is missing, and says so.
"""
import json
import os
import subprocess
import sys
import tomllib

SKIPPED = 77
failures = 0


def expect(what, good):
    global failures
    if not good:
        failures += 1
        print(f"FAILED {what}")


def read(*path):
    with open(os.path.join(*path), encoding="utf-8") as f:
        return f.read()


def output_of(*command):
    return subprocess.run(command, check=True, capture_output=True).stdout.decode()


def up_to_date(program, source):
    for which, flag in (("layout", []), ("model", ["--model"])):
        file = os.path.join(source, "docs", "schema", f"{which}.schema.json")
        expect(f"{file} is what `layout schema` prints", read(file) == output_of(program, "layout", "schema", *flag))
        page = read(source, "docs", f"reference-{which}.md")
        made = output_of(sys.executable, os.path.join(source, "tools", "schema_reference.py"), file)
        expect(f"docs/reference-{which}.md is what tools/schema_reference.py makes", page == made)


def toml_files(folder):
    return sorted(os.path.join(where, name) for where, _, names in os.walk(folder) for name in names if name.endswith(".toml"))


def examples(source, which):
    """Layouts or models of the examples, which stand in folders of that name."""
    return [file for file in toml_files(os.path.join(source, "examples")) if f"/{which}/" in file]


def validators(source):
    import jsonschema
    made = {}
    for which in ("layout", "model"):
        schema = json.loads(read(source, "docs", "schema", f"{which}.schema.json"))
        jsonschema.Draft7Validator.check_schema(schema)
        made[which] = jsonschema.Draft7Validator(schema)
    return made["layout"], made["model"]


def complaints(validator, text):
    return [error.message for error in validator.iter_errors(tomllib.loads(text))]


def good_files(program, source, layout, model):
    for file in toml_files(os.path.join(source, "plugins", "layouts")) + examples(source, "layouts"):
        expect(f"{file}: {complaints(layout, read(file))}", not complaints(layout, read(file)))
    for file in toml_files(os.path.join(source, "models")) + examples(source, "models"):
        expect(f"{file}: {complaints(model, read(file))}", not complaints(model, read(file)))
    sample = os.path.join(source, "fixtures", "declaration-2025", "plain", "input.pdf")
    draft = output_of(program, "layout", "draft", sample, "--name", "mine")
    expect(f"a draft: {complaints(layout, draft)}", not complaints(layout, draft))
    schema = draft.splitlines()[0]
    expect(f"the schema that a draft names: {schema}",
           schema.startswith("#:schema file://") and os.path.exists(schema.removeprefix("#:schema file://")))


def bad_files(source, layout, model):
    good = read(source, "plugins", "layouts", "declaration_2025", "layout.toml")
    for before, after in (("must_have =", "must_heve ="), ("version = \"0.1.0\"", ""), ("value = \"below\"", "value = \"above\""),
                          ("half = \"left\"", "half = 3"), ("years = [2025]", "years = 2025"), ("rows_by =", "row_by ="),
                          ("words =", "word ="), ("titles =", "title =")):
        expect(f"{before} is there", before in good)
        expect(f"a layout with {after!r} is refused", complaints(layout, good.replace(before, after, 1)))
    good = read(source, "models", "performance_declaration.toml")
    for before, after in (("labels =", "label ="), ("type = \"text\"", "type = \"txt\""), ("kind = \"filled\"", "kind = \"fill\""),
                          ("table = \"indicators\"", "tabel = \"indicators\""), ("title =", "name ="), ("least = \"0\"", "lest = \"0\"")):
        expect(f"{before} is there", before in good)
        expect(f"a model with {after!r} is refused", complaints(model, good.replace(before, after, 1)))
    expect("a vocabulary with another key is refused", complaints(model, "vocabulary = \"x\"\nunit = [\"a\"]\n"))


def main():
    program, source = (os.path.abspath(argument) for argument in sys.argv[1:3])
    up_to_date(program, source)
    try:
        layout, model = validators(source)
    except ImportError:
        print("skipped: no Python package jsonschema (Debian: python3-jsonschema)")
        return 1 if failures else SKIPPED
    good_files(program, source, layout, model)
    bad_files(source, layout, model)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
