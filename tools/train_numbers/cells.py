#!/usr/bin/python3
"""Cuts cells out of scans whose text is known: the same form, set in the same style, exists as born-digital PDF.

    cells.py --corpus DIR --out DIR [--text]

For every scan LAYOUT.KIND.STYLE.NN.pdf, or LAYOUT.digital.STYLE.KIND.pdf as ../scan_maker names it, with a file
LAYOUT.digital.STYLE.pdf the pages are matched and registered;
the cells found on the born-digital page (its rules are clean) are carried over to the scan. OUT gets each page as PGM
(with --text as PPM where it is coloured: seals are for `table_grid` to take out) and cells.tsv: page file, dpi, box in
points, text by NFKC without spaces: number cells, or with --text every cell that holds text. Nothing of this is ever
used in training.
"""

import argparse
import re
import subprocess
import tempfile
import unicodedata
from pathlib import Path
from xml.etree import ElementTree

import cv2
import numpy as np

from alphabet import CLASSES

DPI = 300  # of the born-digital pages


def fold(text):
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def render(pdf, folder):
    subprocess.run(["pdftoppm", "-r", str(DPI), "-gray", str(pdf), str(folder / "page")], check=True)
    return [cv2.imread(str(p), cv2.IMREAD_GRAYSCALE) for p in sorted(folder.glob("page*.pgm"))]


def words_of_pages(pdf):
    """Per page: (x0, y0, x1, y1, text) in pixels of DPI."""
    xml = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], check=True, capture_output=True).stdout
    xml = re.sub(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", b"", xml)
    root = ElementTree.fromstring(xml)
    space = "{http://www.w3.org/1999/xhtml}"
    factor = DPI / 72
    return [
        [tuple(float(w.get(k)) * factor for k in ("xMin", "yMin", "xMax", "yMax")) + (w.text or "",) for w in page.iter(space + "word")]
        for page in root.iter(space + "page")
    ]


def cells_of(image):
    """Boxes of the cells of a clean page: what rules close in. Pixels, without the rules."""
    ink = (image < 128).astype(np.uint8) * 255
    across = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, 90), np.uint8))
    down = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((90, 1), np.uint8))
    rules = cv2.dilate(cv2.bitwise_or(across, down), np.ones((5, 5), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(255 - rules, connectivity=4)
    boxes = []
    for x, y, w, h, area in stats[1:]:
        page = w > 0.9 * image.shape[1] or h > 0.9 * image.shape[0]
        if not page and w > 40 and h > 25 and area > 0.97 * w * h:
            boxes.append((x, y, x + w, y + h))
    return boxes


def text_of(box, words):
    """The words of a cell, line by line; also how many lines."""
    inside = [w for w in words if box[0] <= (w[0] + w[2]) / 2 < box[2] and box[1] <= (w[1] + w[3]) / 2 < box[3]]
    lines = []
    for word in sorted(inside, key=lambda w: (w[1] + w[3]) / 2):
        middle = (word[1] + word[3]) / 2
        if lines and abs(lines[-1][0] - middle) < 0.45 * (word[3] - word[1]):
            lines[-1][1].append(word)
        else:
            lines.append((middle, [word]))
    return [fold("".join(w[4] for w in sorted(line, key=lambda w: w[0]))) for _, line in lines]


def is_number_cell(lines):
    text = "".join(lines)
    known = text and all(c in CLASSES for c in text)
    return bool(known and (any(c.isdigit() for c in text) or text in "-—/"))


def register(scan, page, warp, steps):
    """Homography from the born-digital page to the scan, coarse to fine, and how well the two agree."""
    scale = scan.shape[1] / page.shape[1]
    agreement = 0.0
    for dpi, way, rounds in steps:
        factor, factor_scan = dpi / DPI, dpi / DPI / scale
        small_page = soften(cv2.resize(page, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA))
        small_scan = soften(cv2.resize(scan, None, fx=factor_scan, fy=factor_scan, interpolation=cv2.INTER_AREA))
        to_small = np.diag([factor_scan, factor_scan, 1]) @ warp @ np.diag([1 / factor, 1 / factor, 1])
        start = to_small[:2] if way == cv2.MOTION_AFFINE else to_small
        stop = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, rounds, 1e-5)
        try:
            agreement, found = cv2.findTransformECC(small_page, small_scan, start.astype(np.float32), way, stop, None, 5)
        except cv2.error:
            return warp, 0.0
        if way == cv2.MOTION_AFFINE:
            found = np.vstack([found, [0, 0, 1]])
        warp = np.diag([1 / factor_scan, 1 / factor_scan, 1]) @ found.astype(np.float64) @ np.diag([factor, factor, 1])
    return warp, agreement


def from_features(scan, page):
    """Homography from the born-digital page to a photograph of it, by details that look alike, and how many bear it out."""
    sift, factor = cv2.SIFT_create(6000), 110 / DPI
    factor_scan = factor * page.shape[1] / scan.shape[1]
    found = [
        sift.detectAndCompute(cv2.resize(image, None, fx=f, fy=f, interpolation=cv2.INTER_AREA), None)
        for image, f in ((page, factor), (scan, factor_scan))
    ]
    (ours, our_details), (theirs, their_details) = found
    if our_details is None or their_details is None or len(theirs) < 2:
        return None, 0
    pairs = [p[0] for p in cv2.BFMatcher().knnMatch(our_details, their_details, 2) if p[0].distance < 0.8 * p[1].distance]
    if len(pairs) < 12:
        return None, 0
    here = np.float32([ours[p.queryIdx].pt for p in pairs]) / factor
    there = np.float32([theirs[p.trainIdx].pt for p in pairs]) / factor_scan
    cv2.setRNGSeed(1)
    warp, fits = cv2.findHomography(here, there, cv2.RANSAC, 5 / factor)
    return warp, 0 if warp is None else int(fits.sum())


def best_twin(scan, pages):
    """The born-digital page that the scan shows: its number, the homography and the agreement."""
    coarse = []
    for page in pages:
        start = np.diag([scan.shape[1] / page.shape[1], scan.shape[0] / page.shape[0], 1.0])
        coarse.append(register(scan, page, start, [(30, cv2.MOTION_AFFINE, 60)]))
    fine = [(60, cv2.MOTION_HOMOGRAPHY, 50), (120, cv2.MOTION_HOMOGRAPHY, 30)]
    best = max(range(len(pages)), key=lambda index: coarse[index][1])
    if coarse[best][1] >= 0.3:
        warp, agreement = register(scan, pages[best], coarse[best][0], fine)
        if agreement >= 0.5:
            return best, warp, agreement
    # A photograph: too far from a scan for a start from where a scan would lie.
    details = [from_features(scan, page) for page in pages]
    best = max(range(len(pages)), key=lambda index: details[index][1])
    if details[best][1] < 25:
        return best, None, coarse[best][1]
    warp, agreement = register(scan, pages[best], details[best][0], fine)
    # Half right is another page of the same form: its cells hold other texts.
    return best, warp, agreement if agreement >= 0.85 else 0.0


def straighten(scan, warp, page):
    """The scan as the grid detector will hand it on: upright and plane, at its own resolution."""
    scale = scan.shape[1] / page.shape[1]
    size = (int(page.shape[1] * scale), int(page.shape[0] * scale))
    paper = int(np.percentile(scan, 80))
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return cv2.warpPerspective(scan, warp @ np.diag([1 / scale, 1 / scale, 1]), size, flags=flags, borderValue=paper)


def soften(image):
    paper = cv2.blur(cv2.dilate(image, np.ones((9, 9), np.uint8)), (15, 15)).astype(np.float32)
    return cv2.GaussianBlur((paper - image.astype(np.float32)) / np.maximum(paper, 1), (0, 0), 1.5)


def carry(box, scan, page):
    """The cell's box on the straightened scan, moved a little to where its rules and text fit best."""
    ratio = scan.shape[1] / page.shape[1]
    x0, y0, x1, y1 = (v * ratio for v in box)
    margin, reach = 14, int(7 * ratio)
    a, b = max(box[1] - margin, 0), max(box[0] - margin, 0)
    patch = cv2.resize(page[a : box[3] + margin, b : box[2] + margin], None, fx=ratio, fy=ratio, interpolation=cv2.INTER_AREA)
    left, top = int(round(b * ratio)), int(round(a * ratio))
    window = scan[max(top - reach, 0) : top + patch.shape[0] + reach, max(left - reach, 0) : left + patch.shape[1] + reach]
    if window.shape[0] < patch.shape[0] or window.shape[1] < patch.shape[1]:
        return x0, y0, x1, y1
    score = cv2.matchTemplate(cv2.GaussianBlur(window, (0, 0), 1), cv2.GaussianBlur(patch, (0, 0), 1), cv2.TM_CCOEFF_NORMED)
    _, best, _, at = cv2.minMaxLoc(score)
    if best < 0.5:
        return None  # the scan's page breaks elsewhere
    dx, dy = max(left - reach, 0) + at[0] - left, max(top - reach, 0) + at[1] - top
    return x0 + dx, y0 + dy, x1 + dx, y1 + dy


def scan_pages(pdf, folder):
    """The images of a scan, as they are, and their resolution."""
    listing = subprocess.run(["pdfimages", "-list", str(pdf)], check=True, capture_output=True, text=True).stdout
    dpi = [float(line.split()[12]) for line in listing.splitlines()[2:]]
    subprocess.run(["pdfimages", "-png", str(pdf), str(folder / "scan")], check=True)
    return [(cv2.imread(str(p), cv2.IMREAD_COLOR), d) for p, d in zip(sorted(folder.glob("scan*.png")), dpi)]


def is_coloured(scan):
    """Whether the page has a seal or the like: what a recognizer sees depends on its colours."""
    return scan.ndim == 3 and (np.ptp(scan, axis=2) > 60).mean() > 1e-4


def grey(scan):
    return cv2.cvtColor(scan, cv2.COLOR_BGR2GRAY) if scan.ndim == 3 else scan


def parts_of(pdf):
    """Layout, kind and style of a file of the corpus or of the maker of scans, which puts the kind last."""
    layout, kind, style, *rest = pdf.stem.split(".")
    return (layout, rest[-1], style) if kind == "digital" and rest else (layout, kind, style)


def upright(scan, kind):
    """Undoes the turn that the kind tells of."""
    turns = {"-r90": cv2.ROTATE_90_COUNTERCLOCKWISE, "-r180": cv2.ROTATE_180, "-r270": cv2.ROTATE_90_CLOCKWISE}
    for mark, turn in turns.items():
        if kind.endswith(mark):
            return cv2.rotate(scan, turn)
    return scan


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--scans-only", action="store_true", help="leave the born-digital pages themselves out")
    parser.add_argument("--text", action="store_true", help="all cells with text, not those with numbers alone")
    arguments = parser.parse_args()
    wanted = any if arguments.text else is_number_cell
    arguments.out.mkdir(parents=True, exist_ok=True)
    cv2.setNumThreads(1)
    with open(arguments.out / "cells.tsv", "w", encoding="utf-8") as table:
        for pdf in sorted(arguments.corpus.glob("*.pdf")):
            layout, _, style = parts_of(pdf)
            twin = arguments.corpus / f"{layout}.digital.{style}.pdf"
            if pdf == twin and arguments.scans_only:
                continue
            if twin.exists():
                cut_file(pdf, twin, arguments.out, table, wanted)


def cut_file(pdf, twin, out, table, wanted):
    """`pdf` the twin itself: its own rendered pages are the scan. `wanted`: whether the lines of a cell are asked for."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pages, words = render(twin, folder), words_of_pages(twin)
        scans = [(p, DPI) for p in pages] if pdf == twin else scan_pages(pdf, folder)
        for number, (scan, dpi) in enumerate(scans):
            if pdf == twin:
                best, agreement = number, 1.0
            else:
                scan = upright(scan, parts_of(pdf)[1])
                best, warp, agreement = best_twin(grey(scan), pages)
                if warp is not None:
                    scan = straighten(scan, warp, pages[best])
            print(f"{pdf.name} page {number + 1}: twin's page {best + 1}, agreement {agreement:.2f}", flush=True)
            if agreement < 0.5:
                continue
            coloured = wanted is any and is_coloured(scan)
            name = ".".join(dict.fromkeys((*parts_of(pdf), pdf.stem.split(".")[-1])))
            file = out / f"{name}-{number + 1}.{'ppm' if coloured else 'pgm'}"
            cv2.imwrite(str(file), scan if coloured else grey(scan))
            scan = grey(scan)
            for box in cells_of(pages[best]):
                lines = text_of(box, words[best])
                if wanted(lines):
                    place = box if pdf == twin else carry(box, scan, pages[best])
                    if place is None:
                        continue
                    points = " ".join(f"{v * 72 / dpi:.2f}" for v in place)
                    print(file.name, dpi, points, "".join(lines), sep="\t", file=table)


if __name__ == "__main__":
    main()
