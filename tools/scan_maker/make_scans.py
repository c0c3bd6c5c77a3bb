#!/usr/bin/python3
"""Makes scans of PDF files: pages drawn at 300 dpi, spoilt as a machine or a hand would spoil them, back into PDF.

    make_scans.py --profile office --seed 7 --out DIR FILE.pdf...

writes DIR/NAME.PROFILE.pdf for each NAME.pdf, a picture on every page and no text. Debian packages: python3-opencv,
python3-pil, poppler-utils.
"""

import argparse
import pathlib
import subprocess
import tempfile

import cv2
import numpy as np
from PIL import Image

DPI = 300


def drawn_pages(pdf):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", str(DPI), "-png", str(pdf), folder + "/page"], check=True)
        return [cv2.imread(str(page)) for page in sorted(pathlib.Path(folder).glob("*.png"))]


def smooth_noise(rng, shape, grain):
    small = rng.random((shape[0] // grain + 2, shape[1] // grain + 2)).astype(np.float32)
    return cv2.resize(small, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)


def turned(page, degrees, paper=(255, 255, 255)):
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=paper)


def noisy(rng, page, sigma):
    return np.clip(page + rng.normal(0, sigma, page.shape), 0, 255).astype(np.uint8)


def with_jpeg(page, quality):
    return cv2.imdecode(cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], cv2.IMREAD_COLOR)


def rules_of(page, least=110):
    """Masks of the rules: runs longer than any stroke, at least `least` pixels."""
    ink = (cv2.cvtColor(page, cv2.COLOR_BGR2GRAY) < 160).astype(np.uint8)
    across = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, least), np.uint8))
    down = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((least, 1), np.uint8))
    return [cv2.dilate(mask, np.ones((3, 3), np.uint8)) for mask in (across, down)]


def clean(rng, page):
    return page


def office(rng, page):
    page = turned(page, rng.uniform(-1.0, 1.0))
    return with_jpeg(noisy(rng, cv2.GaussianBlur(page, (0, 0), 0.6), 4.0), int(rng.integers(70, 90)))


def break_rule(rng, page, box, mask):
    """Holes and faint stretches with sharp ends along one rule, a few on every hand's breadth."""
    x, y, width, height = box
    along, length = (0, width) if width > height else (1, height)
    at = rng.exponential(160)
    while at < length:
        hole = rng.random() < 0.6
        end = min(length, at + (rng.uniform(6, 95) if hole else rng.uniform(40, 260)))
        part = (slice(y, y + height), slice(x + int(at), x + int(end)))
        if along == 1:
            part = (slice(y + int(at), y + int(end)), slice(x, x + width))
        ink = mask[part] > 0
        kept = 0.0 if hole else rng.uniform(0.18, 0.6)
        page[part][ink] = (255 - (255 - page[part][ink].astype(np.float32)) * kept).astype(np.uint8)
        at = end + rng.exponential(160)


def broken(rng, page):
    for mask in rules_of(page):
        count, labels, stats, _ = cv2.connectedComponentsWithStats(mask)
        for i in range(1, count):
            x, y, width, height = (int(v) for v in stats[i][:4])
            part = np.zeros_like(mask)
            part[y : y + height, x : x + width] = labels[y : y + height, x : x + width] == i
            break_rule(rng, page, (x, y, width, height), part)
    return office(rng, page)


def stamp(rng, page):
    height, width = page.shape[:2]
    ring = np.zeros((height, width), np.float32)
    centre = (int(rng.uniform(0.3, 0.8) * width), int(rng.uniform(0.12, 0.35) * height))
    radius = int(rng.uniform(0.06, 0.09) * width)
    cv2.circle(ring, centre, radius, 1.0, 10, cv2.LINE_AA)
    star = [
        (
            centre[0] + radius * (0.3 if k % 2 == 0 else 0.12) * np.sin(np.pi * k / 5),
            centre[1] - radius * (0.3 if k % 2 == 0 else 0.12) * np.cos(np.pi * k / 5),
        )
        for k in range(10)
    ]
    cv2.fillPoly(ring, [np.array(star, np.int32)], 1.0)
    for k in range(12):  # stands for the letters along the ring
        angle = np.pi * (0.8 + 1.4 * k / 11)
        at = (int(centre[0] + 0.75 * radius * np.cos(angle)), int(centre[1] + 0.75 * radius * np.sin(angle)))
        cv2.rectangle(ring, (at[0] - 14, at[1] - 16), (at[0] + 14, at[1] + 16), 1.0, 5)
        cv2.line(ring, (at[0] - 12, at[1]), (at[0] + 12, at[1]), 1.0, 5)
    ring *= np.clip(smooth_noise(rng, ring.shape, 9) * 1.6, 0, 1) * 0.85
    ink = np.array([40, 30, 215], np.float32)
    page = (page * (1 - ring[..., None] * (1 - ink / 255))).astype(np.uint8)
    return office(rng, page)


def photocopy(rng, page):
    page = turned(page, rng.uniform(-0.8, 0.8))
    height, width = page.shape[:2]
    grey = cv2.GaussianBlur(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY), (0, 0), 1.3).astype(np.float32)
    toner = 0.75 + 0.5 * smooth_noise(rng, grey.shape, 500)
    grey = 255 - np.clip((255 - grey) * 1.5 * toner, 0, 255)
    grey[rng.random(grey.shape) < 0.00003] = 0
    grey = cv2.erode(grey, np.ones((2, 2)))
    for _ in range(int(rng.integers(0, 3))):
        x = int(rng.uniform(0.05, 0.95) * width)
        grey[:, x : x + 2] = np.minimum(grey[:, x : x + 2], rng.uniform(120, 210))
    for side in range(4):
        if rng.random() < 0.5:
            edge = (8 + 22 * smooth_noise(rng, (height, width), 90)).astype(np.int32)
            rows, columns = np.mgrid[0:height, 0:width]
            distance = [rows, height - 1 - rows, columns, width - 1 - columns][side]
            grey[distance < edge] = rng.uniform(10, 50)
    return cv2.cvtColor(noisy(rng, grey, 6.0), cv2.COLOR_GRAY2BGR)


def fax(rng, page):
    page = turned(page, rng.uniform(-0.5, 0.5))
    grey = cv2.resize(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY), None, fx=2 / 3, fy=2 / 3, interpolation=cv2.INTER_AREA)
    ink = ((grey + rng.normal(0, 12, grey.shape)) < 150) * np.uint8(255)
    for _ in range(int(rng.integers(0, 6))):
        ink[int(rng.uniform(0, ink.shape[0]))] = 0
    if rng.random() < 0.5:
        cv2.putText(ink, "2024-03-05 09:14   FROM: 021 64839009   P.1/2", (60, 40), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 255, 2)
    return 255 - ink


def folded(rng, page):
    """A sheet that lay folded in a file: across at thirds or the middle, down at the middle; a light ridge beside a shadow."""
    height, width = page.shape[:2]
    across = [(1 / 3, 2 / 3), (0.5,), ()][int(rng.integers(0, 3))]
    down = [(0.5,), ()][int(rng.integers(0, 2))]
    for length, places, turn in ((height, across, False), (width, down, True)):
        for place in places:
            middle = int(length * (place + rng.uniform(-0.01, 0.01)))
            lean = rng.uniform(-0.002, 0.002)
            rows = np.arange(page.shape[1 if not turn else 0]).astype(np.float32)
            other = np.arange(page.shape[0 if not turn else 1]).astype(np.float32)
            off = other[:, None] - middle - lean * rows[None, :]
            ridge = np.exp(-((off / 2.0) ** 2)) * rng.uniform(8, 25)
            shadow = np.exp(-(((off - 5.0) / 4.0) ** 2)) * rng.uniform(10, 40)
            relief = (ridge - shadow).astype(np.float32)
            page = page + (relief.T if turn else relief)[..., None]
    return page


def aged(rng, page):
    page = turned(page, rng.uniform(-0.8, 0.8)).astype(np.float32)
    other = cv2.GaussianBlur(page[:, ::-1], (0, 0), 2.5)
    page = 255 - (255 - page) * (0.5 + 0.3 * smooth_noise(rng, page.shape[:2], 300))[..., None]
    page -= (255 - other) * 0.13
    stains = np.clip(smooth_noise(rng, page.shape[:2], 420) - 0.62, 0, 1) * 90
    page -= stains[..., None]
    page = folded(rng, page)
    paper = np.array([185, 222, 240], np.float32) / 255
    return with_jpeg(noisy(rng, np.clip(page, 0, 255) * paper, 5.0), 80)


def phone(rng, page):
    height, width = page.shape[:2]
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    curl = rng.uniform(4, 12)
    page = cv2.remap(page, columns, rows + curl * np.sin(np.pi * columns / width * rng.uniform(0.6, 1.2)),
                     cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    scale = 0.66
    out_size = (int(width * scale * 1.12), int(height * scale * 1.1))
    pad = np.array([0.05 * width, 0.045 * height]) * scale
    corners = np.float32([[0, 0], [width, 0], [width, height], [0, height]])
    jitter = rng.uniform(-0.022, 0.022, (4, 2)) * np.array([width, height]) * scale
    target = np.float32(corners * scale + pad + jitter)
    desk = tuple(int(v) for v in rng.uniform(40, 110, 3))
    shot = cv2.warpPerspective(page, cv2.getPerspectiveTransform(corners, target), out_size, flags=cv2.INTER_AREA,
                               borderValue=desk)
    light = 0.62 + 0.38 * cv2.GaussianBlur(smooth_noise(rng, shot.shape[:2], 700), (0, 0), 60)
    return with_jpeg(noisy(rng, cv2.GaussianBlur(shot, (0, 0), 0.8) * light[..., None], 4.0), 75)


PROFILES = {
    "clean300": clean,
    "clean200": lambda rng, page: cv2.resize(page, None, fx=2 / 3, fy=2 / 3, interpolation=cv2.INTER_AREA),
    "office": office,
    "stamp": stamp,
    "photocopy": photocopy,
    "fax": fax,
    "aged": aged,
    "phone": phone,
    "broken": broken,
    "office-r90": lambda rng, page: cv2.rotate(office(rng, page), cv2.ROTATE_90_CLOCKWISE),
    "clean200-r180": lambda rng, page: cv2.rotate(PROFILES["clean200"](rng, page), cv2.ROTATE_180),
}


def picture(page):
    if page.ndim == 2:
        return Image.fromarray(page).convert("1")
    return Image.fromarray(cv2.cvtColor(page, cv2.COLOR_BGR2RGB))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--profile", choices=[*PROFILES, "all"], required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("files", type=pathlib.Path, nargs="+")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for file in options.files:
        pages = drawn_pages(file)
        for name in PROFILES if options.profile == "all" else [options.profile]:
            rng = np.random.default_rng([options.seed, sum(map(ord, name + file.stem))])
            scans = [picture(PROFILES[name](rng, page.copy())) for page in pages]
            dpi = DPI * scans[0].size[1] / pages[0].shape[0] if name != "office-r90" else DPI
            dpi = 200 if name in ("fax", "clean200", "clean200-r180") else dpi
            scans[0].save(options.out / f"{file.stem}.{name}.pdf", save_all=True, append_images=scans[1:],
                          resolution=dpi, quality=85)


if __name__ == "__main__":
    main()
