#!/usr/bin/env python3
"""Draws forms of all five form-years, with the records that they hold.

    make_forms.py variants --seed N --count M --out DIR [--family NAME] [--layout NAME] [--jobs J]
    make_forms.py fixtures [--root DIR] [--only CASE]

`variants` writes DIR/LAYOUT.digital.FAMILY-SEED.pdf with its gold records beside it; the same seed gives the same file.
`fixtures` draws the PDFs of fixtures/<layout>/<case>/ again from their facts.json.
"""
import argparse
import glob
import json
import os
import random
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import forms
import html_page
import office
import records
import styles
import texts
import words
from chromium import Chromium


def running_line(template, title):
    """A header or footer of Chromium from our short notation."""
    if not template:
        return ""
    text = template.format(title=title, page='<span class="pageNumber"></span>', pages='<span class="totalPages"></span>')
    return f'<div style="font-size:9px;width:100%;text-align:center;font-family:Noto Sans CJK SC">{text}</div>'


def plan_variant(seed, family=None, layout=None):
    """Everything that a variant is made of: its style, its gold records and their layout name."""
    rng = random.Random(seed)
    family = family or styles.FAMILIES[seed % len(styles.FAMILIES)]
    base = layout or records.LAYOUTS[(seed // len(styles.FAMILIES) + seed) % len(records.LAYOUTS)]
    mixed = family == "mixed"
    style = styles.random_style(rng, "web" if mixed and rng.random() < .3 else "word" if mixed else family, base)
    if mixed:
        style.forms = rng.choice([3, 4, 5])
        style.size_class = 1
    taken = set()
    wanted = [rng.choice(records.LAYOUTS) if mixed else base for _ in range(style.forms)]
    gold = [records.make_record(rng, each, style.size_class, taken) for each in wanted]
    return rng, ("mixed" if mixed else base), family, style, gold


def blocks_of(gold, style, rng):
    """The forms of a file with the lines between them."""
    blocks = []
    unit, year = gold[0]["fields"]["implementing_unit"], gold[0]["year"]
    line = rng.choice(words.COVER_LINES).format(unit=unit, year=year, n=len(gold))
    if gold[0]["year"] == 2023 and gold[0]["layout"].endswith("b"):
        line = line.replace("2023", "")
    if style.cover == "line":
        blocks.append(("line", line))
    if style.cover == "page":
        blocks.append(("cover", [line] + [f"{i + 1}. {r['fields']['project_name']}" for i, r in enumerate(gold)]))
    return blocks + [("form", forms.draw(record, style.print, rng)) for record in gold]


def draw_chromium(browser, gold, style, rng):
    blocks = blocks_of(gold, style, rng)
    page = html_page.page_html(blocks, style, rng)
    title = gold[0]["title"]
    return browser.print_pdf(page, running_line(style.header, title), running_line(style.footer, title))


def distilled(data, how):
    """The same pages written again by another program."""
    if not how:
        return data
    with tempfile.TemporaryDirectory() as folder:
        before, after = os.path.join(folder, "a.pdf"), os.path.join(folder, "b.pdf")
        with open(before, "wb") as f:
            f.write(data)
        subprocess.run(["pdftocairo", "-pdf", before, after], check=True)
        with open(after, "rb") as f:
            return f.read()


def write_gold(path, gold):
    with open(path, "w", encoding="utf-8") as f:
        json.dump(gold, f, ensure_ascii=False, indent=1)
        f.write("\n")


def make_variants(args):
    os.makedirs(args.out, exist_ok=True)
    browser = None
    office_jobs = []
    try:
        for seed in range(args.seed, args.seed + args.count):
            rng, layout, family, style, gold = plan_variant(seed, args.family, args.layout)
            stem = os.path.join(args.out, f"{layout}.digital.{family}-{seed}")
            write_gold(stem + ".gold.json", gold)
            if style.producer != "chromium":
                office_jobs.append((stem + ".pdf", office.document(blocks_of(gold, style, rng), style, rng), style.producer))
                continue
            browser = browser or Chromium()
            data = distilled(draw_chromium(browser, gold, style, rng), style.distil)
            with open(stem + ".pdf", "wb") as f:
                f.write(data)
    finally:
        if browser:
            browser.__exit__()
    office.convert(office_jobs)


def make_texts(args):
    """Random forms as text, and their gold records."""
    os.makedirs(args.out, exist_ok=True)
    for seed in range(args.seed, args.seed + args.count):
        rng, layout, family, style, gold = plan_variant(seed, "word", args.layout)
        manner = args.manner or list(texts.MANNERS)[seed % len(texts.MANNERS)]
        blocks = [("form", forms.draw(record, forms.Print(narrative="above" if manner == "lines" else "beside"), rng))
                  for record in gold]
        stem = os.path.join(args.out, f"{layout}.{manner}.{seed}")
        write_gold(stem + ".gold.json", gold)
        with open(f"{stem}.{texts.MANNERS[manner]}", "w", encoding="utf-8") as f:
            f.write(texts.converted(blocks, manner, rng))


# ---------------------------------------------------------------- fixtures

def style_of(facts):
    """The style that a facts file asks for: the plain one with its changes."""
    style = styles.Style(**{k: tuple(v) if isinstance(v, list) else v for k, v in facts.get("style", {}).items()})
    habits = facts.get("print", {})
    style.print = forms.Print(**{k: tuple(v) if isinstance(v, list) else v for k, v in habits.items()})
    return style


def make_fixtures(args):
    """Draws input.pdf of every case anew, but leaves a file alone whose bytes do not change."""
    browser = None
    office_jobs = []
    try:
        for path in sorted(glob.glob(os.path.join(args.root, "*", "*", "facts.json"))):
            folder = os.path.dirname(path)
            if args.only and args.only not in folder:
                continue
            with open(path, encoding="utf-8") as f:
                facts = json.load(f)
            style, rng = style_of(facts), random.Random(facts.get("seed", 1))
            blocks = [("line", line) for line in facts.get("lines", [])]
            blocks += [("form", forms.draw(record, style.print, rng)) for record in facts["records"]]
            if "text" in facts:
                manner = facts["text"]["manner"]
                with open(os.path.join(folder, "input." + texts.MANNERS[manner]), "w",
                          encoding=facts["text"].get("encoding", "utf-8"), newline="") as f:
                    f.write(texts.converted(blocks, manner, rng))
                continue
            target = os.path.join(folder, "input.pdf")
            if style.producer != "chromium":
                office_jobs.append((target, office.document(blocks, style, rng), style.producer))
                continue
            browser = browser or Chromium()
            title = facts["records"][0]["title"]
            data = browser.print_pdf(html_page.page_html(blocks, style, rng), running_line(style.header, title),
                                     running_line(style.footer, title))
            with open(target, "wb") as f:
                f.write(distilled(data, style.distil))
            print(target, len(data))
    finally:
        if browser:
            browser.__exit__()
    office.convert(office_jobs)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    variants = commands.add_parser("variants", help="random forms with gold records")
    variants.add_argument("--seed", type=int, default=1)
    variants.add_argument("--count", type=int, default=20)
    variants.add_argument("--out", required=True)
    variants.add_argument("--family", choices=styles.FAMILIES)
    variants.add_argument("--layout", choices=records.LAYOUTS)
    text = commands.add_parser("texts", help="random forms as converters leave them in text files, with gold records")
    text.add_argument("--seed", type=int, default=1)
    text.add_argument("--count", type=int, default=20)
    text.add_argument("--out", required=True)
    text.add_argument("--manner", choices=texts.MANNERS)
    text.add_argument("--layout", choices=records.LAYOUTS)
    fixtures = commands.add_parser("fixtures", help="the PDFs of fixtures/, from their facts")
    root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "fixtures")
    fixtures.add_argument("--root", default=os.path.normpath(root))
    fixtures.add_argument("--only", help="draw only the cases whose folder has this in its name")
    args = parser.parse_args()
    {"variants": make_variants, "texts": make_texts, "fixtures": make_fixtures}[args.command](args)


if __name__ == "__main__":
    main()
