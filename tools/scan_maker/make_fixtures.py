#!/usr/bin/python3
"""Makes fixtures/pixels/: pages that must be read from their pixels, wholly or in part, from the drawn fixtures.

    make_fixtures.py [--root fixtures] [CASE...]

Each case gets `input.pdf` (or another kind of file) and a `facts.json` that holds the records of the fixture it was made of.
Debian packages: python3-opencv, python3-pil, python3-cairo, poppler-utils, fonts-noto-cjk.
"""
import argparse
import io
import json
import pathlib
import re
import subprocess
import tempfile
import xml.etree.ElementTree as ElementTree

import cairo
import cv2
import numpy as np
from PIL import Image

import make_scans

# case: fixture, what is done to it
CASES = {
    "fax": ("declaration-2025/plain", "fax"),
    "stamp": ("self-evaluation-2023b/no-year", "stamp"),
    "photograph": ("declaration-2020/labels-beside", "phone"),
    "on-its-side": ("self-evaluation-2023/missed-target", "office-r90"),
    "many-pages-tiff": ("declaration-2019/three-columns", "tiff"),
    "digits-typed-over-a-scan": ("declaration-2025/plain", "typed"),
    "labels-without-unicode": ("declaration-2020/labels-beside", "unmapped"),
    "cells-as-pictures": ("self-evaluation-2023/missed-target", "pictures"),
    "text-layer-of-another": ("declaration-2025/plain", "hidden"),
}
SCAN_DPI = 200


def pages_of(pdf, dpi):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", str(dpi), "-png", str(pdf), folder + "/page"], check=True)
        return [cv2.imread(str(page)) for page in sorted(pathlib.Path(folder).glob("*.png"))]


def words_of(pdf):
    """For each page its size and its words with their boxes, in points."""
    text = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], check=True, capture_output=True).stdout
    pages = []
    for page in ElementTree.fromstring(re.sub(rb' xmlns="[^"]*"', b"", text)).iter("page"):
        words = [(word.text, *(float(word.get(k)) for k in ("xMin", "yMin", "xMax", "yMax"))) for word in page.iter("word")]
        pages.append((float(page.get("width")), float(page.get("height")), words))
    return pages


def smaller(page, factor):
    return cv2.resize(page, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)


def scanned(pdf, profile, out):
    rng = np.random.default_rng([20261126, sum(map(ord, profile))])
    pages = [make_scans.PROFILES[profile](rng, page) for page in make_scans.drawn_pages(pdf)]
    if profile not in ("fax", "phone"):
        pages = [smaller(page, SCAN_DPI / make_scans.DPI) for page in pages]
    pictures = [make_scans.picture(page) for page in pages]
    pictures[0].save(out / "input.pdf", save_all=True, append_images=pictures[1:], resolution=SCAN_DPI, quality=60)


def tiff(pdf, out):
    """Black and white at 300 dpi, as archives keep their scans."""
    grey = [cv2.cvtColor(page, cv2.COLOR_BGR2GRAY) for page in make_scans.drawn_pages(pdf)]
    pictures = [make_scans.picture((page > 150) * np.uint8(255)) for page in grey]
    dpi = (make_scans.DPI, make_scans.DPI)
    pictures[0].save(out / "input.tif", save_all=True, append_images=pictures[1:], compression="group4", dpi=dpi)


def cairo_picture(page, quality):
    """A picture that cairo keeps as JPEG in the PDF."""
    coded = cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()
    surface = cairo.ImageSurface(cairo.FORMAT_RGB24, page.shape[1], page.shape[0])
    surface.set_mime_data(cairo.MIME_TYPE_JPEG, coded)
    return surface


def paint(context, surface, x, y, width, height):
    context.save()
    context.translate(x, y)
    context.scale(width / surface.get_width(), height / surface.get_height())
    context.set_source_surface(surface, 0, 0)
    context.paint()
    context.restore()


def typed(pdf, out, visible=True):
    """The page as a picture; its numbers (visible), or all its text in the wrong order (invisible), as text."""
    target = cairo.PDFSurface(str(out / "input.pdf"), 100, 100)
    context = cairo.Context(target)
    for page, (width, height, words) in zip(pages_of(pdf, SCAN_DPI), words_of(pdf)):
        target.set_size(width, height)
        numbers = [word for word in words if re.fullmatch(r"[\d.,/-]*\d[\d.,/-]*", word[0])]
        scale = SCAN_DPI / 72
        for _, x0, y0, x1, y1 in numbers if visible else []:
            slack = 0.24 * (y1 - y0)  # of the font beyond its digits, where rules may stand
            page[int((y0 + slack) * scale) : int((y1 - slack) * scale) + 1, int(x0 * scale) : int(x1 * scale) + 1] = 255
        context.set_source_rgb(1, 1, 1)
        context.paint()
        paint(context, cairo_picture(page, 60), 0, 0, width, height)
        context.select_font_face("Liberation Sans")
        context.set_source_rgb(0, 0, 0)
        for text, x0, y0, x1, y1 in numbers if visible else words[::-1]:
            context.set_font_size(1)
            advance = context.text_extents(text).x_advance or 1
            context.set_font_size(min((x1 - x0) / advance, y1 - y0))
            context.move_to(x0, y1 - 0.22 * (y1 - y0))
            context.show_text(text)
        context.show_page()
    target.finish()
    if not visible:
        hide_text(out / "input.pdf")


def hide_text(file):
    """Text of render mode 3, as recognition programs leave it."""
    plain = subprocess.run(["qpdf", "--stream-data=uncompress", str(file), "-"], check=True, capture_output=True).stdout
    plain = re.sub(rb"\bBT\b", b"BT 3 Tr", plain)
    packed = file.with_suffix(".packed")
    file.write_bytes(plain)
    subprocess.run(["qpdf", "--compress-streams=y", str(file), str(packed)])  # warns: it mends the lengths
    packed.replace(file)


def unmapped(pdf, out):
    """One of the fonts does not say which characters its glyphs are."""
    data = pdf.read_bytes()
    at = data.index(b"/ToUnicode")
    # The same length, so that every offset in the file stays right.
    (out / "input.pdf").write_bytes(data[:at] + b"/ToUnicodX" + data[at + len(b"/ToUnicode") :])


def is_label(text):
    return re.fullmatch(r"[一-鿿]{2,}", text) is not None


def pictures(pdf, out):
    """A page whose words of characters alone are little pictures, the rest as it was."""
    with tempfile.TemporaryDirectory() as folder:
        svg_pages = []
        for number, (width, height, words) in enumerate(words_of(pdf), 1):
            svg_pages.append((width, height, [word for word in words if is_label(word[0])]))
        target = cairo.PDFSurface(str(out / "input.pdf"), 100, 100)
        context = cairo.Context(target)
        drawn = pages_of(pdf, 300)
        rules = [make_scans.rules_of(page, 68) for page in drawn]
        for page, masks, (width, height, labels), (_, _, words) in zip(drawn, rules, svg_pages, words_of(pdf)):
            target.set_size(width, height)
            scale = 300 / 72
            context.set_source_rgb(0, 0, 0)
            for mask, across in zip(masks, (True, False)):
                for x, y, w, h, _ in cv2.connectedComponentsWithStats(mask)[2][1:]:
                    middle_y, middle_x = (y + h / 2) / scale, (x + w / 2) / scale
                    if across:
                        context.rectangle(x / scale, middle_y - 0.3, w / scale, 0.6)
                    else:
                        context.rectangle(middle_x - 0.3, y / scale, 0.6, h / scale)
                    context.fill()
            for _, x0, y0, x1, y1 in labels:
                crop = page[int(y0 * scale) : int(y1 * scale) + 1, int(x0 * scale) : int(x1 * scale) + 1]
                paint(context, cairo_picture(np.ascontiguousarray(crop), 80), x0, y0, x1 - x0, y1 - y0)
            context.select_font_face("Noto Sans CJK SC")
            for text, x0, y0, x1, y1 in words:
                if is_label(text):
                    continue
                context.set_font_size(1)
                context.set_font_size((x1 - x0) / (context.text_extents(text).x_advance or 1))
                context.move_to(x0, y1 - 0.22 * (y1 - y0))
                context.show_text(text)
            context.show_page()
        target.finish()


def make(case, root):
    fixture, kind = CASES[case]
    source, out = root / fixture, root / "pixels" / case
    out.mkdir(parents=True, exist_ok=True)
    facts = json.loads((source / "facts.json").read_text(encoding="utf-8"))["records"]
    (out / "facts.json").write_text(json.dumps({"made_of": fixture, "records": facts}, ensure_ascii=False, indent=1) + "\n",
                                    encoding="utf-8")
    pdf = source / "input.pdf"
    if kind in make_scans.PROFILES:
        scanned(pdf, kind, out)
    elif kind == "tiff":
        tiff(pdf, out)
    elif kind in ("typed", "hidden"):
        typed(pdf, out, visible=kind == "typed")
    elif kind == "unmapped":
        unmapped(pdf, out)
    else:
        pictures(pdf, out)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parents[2] / "fixtures")
    parser.add_argument("cases", nargs="*", metavar="CASE", help=", ".join(CASES))
    options = parser.parse_args()
    for case in options.cases or CASES:
        make(case, options.root)
        print(case)


if __name__ == "__main__":
    main()
