"""Turns clean ink into what a scanner, copier, fax or telephone makes of it, cut as a program would cut it.

The kinds of `HELD_OUT` are never used in training: they measure how the network takes damage of a new kind.
"""

import cv2
import numpy as np

from fonts import EM

HEIGHT = 32  # rows of what the network sees
MOST_COLUMNS = 640

HELD_OUT = ("motion", "halftone", "curl", "torn_rows")


# -- things on the paper beside the text, drawn into the ink at EM pixels per em


def add_rules(rng, ink, box, em=EM):
    """What remains of rules at the edges of a cell: whole, faint or broken."""
    height, width = ink.shape
    left, top, right, bottom = box
    for side in range(4):
        if rng.random() > 0.3:
            continue
        thick = int(rng.integers(1, 6))
        shade = float(rng.uniform(0.3, 1.0))
        distance = float(rng.uniform(0.05, 0.7)) * em
        if side < 2:
            row = int(top - distance if side == 0 else bottom + distance)
            region = ink[max(row, 0) : max(row, 0) + thick, :]
        else:
            column = int(left - distance if side == 2 else right + distance)
            region = ink[:, max(column, 0) : max(column, 0) + thick]
        stroke = np.full(region.shape, shade, np.float32)
        if rng.random() < 0.4:  # broken, or only a piece of it
            axis = 1 if side < 2 else 0
            along = np.ones(region.shape[axis], np.float32)
            for _ in range(int(rng.integers(1, 5))):
                a = int(rng.integers(0, len(along)))
                along[a : a + int(rng.integers(4, max(5, len(along) // 2)))] = 0
            stroke *= along[None, :] if side < 2 else along[:, None]
        np.maximum(region, stroke, out=region)


def add_neighbour_line(rng, ink, box, em=EM):
    """Feet or heads of the lines above and below that a tight line spacing leaves in the crop."""
    left, top, right, bottom = (int(v) for v in box)
    piece = ink[max(top, 0) : bottom, left:right]
    if piece.shape[0] < 8 or piece.shape[1] < 8:
        return
    piece = piece[:, :: int(rng.choice([1, -1]))].copy()
    gap = int(rng.uniform(0.25, 0.6) * em)
    row = bottom + gap if rng.random() < 0.5 else top - gap - piece.shape[0]
    a, b = max(row, 0), min(row + piece.shape[0], ink.shape[0])
    if b > a:
        target = ink[a:b, left : left + piece.shape[1]]
        np.maximum(target, piece[a - row : b - row, : target.shape[1]], out=target)


def add_seal(rng, ink, em=EM):
    """A red seal: turned grey, or taken out by its colour, and what it crossed is paler then."""
    layer = draw_seal(rng, ink.shape, em)
    if rng.random() < 0.5:
        np.maximum(ink, layer * float(rng.uniform(0.12, 0.55)), out=ink)
    else:
        ink *= 1 - layer * float(rng.uniform(0.2, 0.9))
        rim = cv2.morphologyEx(layer, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
        np.maximum(ink, rim * float(rng.uniform(0.0, 0.3)), out=ink)


def draw_seal(rng, shape, em=EM):
    """An arc of the ring, and strokes of the characters: 0 to 1."""
    height, width = shape
    layer = np.zeros(shape, np.float32)
    radius = int(rng.uniform(2.0, 5.0) * em)
    angle = rng.uniform(0, 2 * np.pi)
    centre = (int(rng.uniform(0, width) + radius * np.cos(angle)), int(height / 2 + radius * np.sin(angle)))
    cv2.circle(layer, centre, radius, 1.0, int(rng.integers(3, 9)), cv2.LINE_AA)
    for _ in range(int(rng.integers(0, 5))):
        a = (int(rng.uniform(0, width)), int(rng.uniform(0, height)))
        b = (a[0] + int(rng.normal(0, 0.4 * em)), a[1] + int(rng.normal(0, 0.4 * em)))
        cv2.line(layer, a, b, 1.0, int(rng.integers(3, 8)), cv2.LINE_AA)
    if rng.random() < 0.6:  # worn ink
        layer *= (smooth_noise(rng, shape, 12) > rng.uniform(0.2, 0.5)).astype(np.float32)
    return layer


def add_underline(rng, ink, box, em=EM):
    row = int(box[3] + rng.uniform(0.03, 0.15) * em)
    ink[row : row + int(rng.integers(2, 5)), int(box[0]) : int(box[2])] = 1.0


def smooth_noise(rng, shape, grain):
    """Uniform noise of 0 to 1 in blobs of about `grain` pixels."""
    small = rng.random((shape[0] // grain + 2, shape[1] // grain + 2), dtype=np.float32)
    return cv2.resize(small, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)


def thicken(rng, ink):
    """Fat or thin print."""
    size = int(rng.choice([2, 2, 3, 3, 4]))
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    if rng.random() < 0.6:
        other, share = cv2.dilate(ink, kernel), float(rng.uniform(0.3, 1.0))
    else:
        other, share = cv2.erode(ink, kernel), float(rng.uniform(0.2, 0.7))
    return ink * (1 - share) + other * share


# -- from paper to pixels


def crop(rng, ink, box, baseline, curl=False):
    """Scales, turns and cuts: gives ink at scan resolution. The cut is often too tight, too loose or shifted."""
    dots = float(np.exp(rng.uniform(np.log(13), np.log(52))))  # pixels per em on the scan: 8 pt at 115 dpi to 12 pt at 310
    share = float(rng.uniform(0.55, 1.1))  # em over the height of the cut
    if box is None:
        left, right = ink.shape[1] * 0.3, ink.shape[1] * float(rng.uniform(0.4, 0.9))
        middle, tall = ink.shape[0] / 2, 0.7 * EM
    else:
        left, right = box[0], box[2]
        em_middle = baseline - 0.37 * EM
        middle = (box[1] + box[3]) / 2 if rng.random() < 0.7 else em_middle
        tall = box[3] - box[1]
    height = max(EM / share, tall * float(rng.uniform(0.97, 1.1)))
    middle += float(rng.normal(0, 0.04)) * EM
    left -= float(rng.choice([rng.uniform(0.0, 0.15), rng.uniform(0.1, 0.6), rng.uniform(0.3, 1.1)])) * EM
    right += float(rng.choice([rng.uniform(0.0, 0.15), rng.uniform(0.1, 0.6), rng.uniform(0.3, 1.1)])) * EM
    scale = dots / EM
    small = cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    if curl:
        small = bend(rng, small)
    rows = max(8, int(round(height * scale)))
    columns = max(6, int(round((right - left) * scale)))
    turn = float(rng.normal(0, 0.6)) if rng.random() < 0.6 else 0.0
    turn = np.clip(turn, -2, 2) * np.pi / 180
    if columns > 6 * rows:
        turn *= 6 * rows / columns
    shear = float(rng.normal(0, 0.04)) if rng.random() < 0.3 else 0.0
    cx, cy = (left + right) / 2 * scale, middle * scale
    cos, sin = np.cos(turn), np.sin(turn)
    to_source = np.array([[cos, -sin + shear, 0], [sin, cos, 0]], np.float64)
    to_source[:, 2] = (cx, cy) - to_source[:, :2] @ (columns / 2, rows / 2)
    return cv2.warpAffine(small, to_source, (columns, rows), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP), dots


def bend(rng, image):
    height, width = image.shape
    phase, waves = rng.uniform(0, 6.28), rng.uniform(0.3, 1.5)
    depth = 0.06 * height
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    y = y + depth * np.sin(phase + waves * 6.28 * x / max(width, 1)).astype(np.float32)
    return cv2.remap(image, x, y, cv2.INTER_LINEAR)


def blur(rng, image, most):
    sigma = float(rng.uniform(0.2, most))
    return cv2.GaussianBlur(image, (0, 0), sigma)


def lose_toner(rng, ink):
    """Places where the toner did not hold, or strokes that broke."""
    if rng.random() < 0.5:
        holes = smooth_noise(rng, ink.shape, int(rng.integers(2, 6)))
        return ink * np.clip((holes - rng.uniform(-0.1, 0.18)) * 6, 0, 1)
    grain = rng.random(ink.shape, dtype=np.float32)
    return ink * (grain > rng.uniform(0.01, 0.15))


def shine_through(rng, ink):
    """Print of the other side: mirrored, blurred, pale."""
    other = cv2.GaussianBlur(ink[:, ::-1], (0, 0), float(rng.uniform(0.8, 2.0)))
    shift = (int(rng.integers(-ink.shape[0] // 2, ink.shape[0] // 2 + 1)), int(rng.integers(-20, 21)))
    return np.maximum(ink, np.roll(other, shift, (0, 1)) * float(rng.uniform(0.08, 0.3)))


def tone(rng, ink, paper_low, ink_high):
    """Ink of 0 to 1 becomes grey of 0 to 255 on paper that may be dark, under light that may be uneven."""
    paper = float(rng.uniform(paper_low, 255))
    dark = float(rng.uniform(0, ink_high))
    dark = min(dark, paper - 60)
    image = paper + (dark - paper) * np.clip(ink, 0, 1)
    if rng.random() < 0.4:
        height, width = ink.shape
        slope = np.linspace(-1, 1, width, dtype=np.float32)[None, :] * rng.uniform(-0.15, 0.15)
        slope = slope + np.linspace(-1, 1, height, dtype=np.float32)[:, None] * rng.uniform(-0.1, 0.1)
        image = image * (1 + slope)
    return image.astype(np.float32)


def noise(rng, image, most):
    sigma = float(rng.uniform(1, most))
    grain = rng.standard_normal(image.shape, dtype=np.float32) * sigma
    if rng.random() < 0.4:
        grain = cv2.GaussianBlur(grain, (0, 0), 0.8) * 2
    return image + grain


def speckle(rng, image):
    count = int(rng.poisson(image.size / float(rng.uniform(250, 2500))))
    for _ in range(min(count, 40)):
        x, y = int(rng.integers(0, image.shape[1])), int(rng.integers(0, image.shape[0]))
        size = int(rng.choice([1, 1, 1, 2, 2, 3]))
        image[y : y + size, x : x + size] = 0 if rng.random() < 0.7 else 255
    return image


def streak(rng, image):
    """A line that the copier's dirty glass draws down or across the page."""
    at = float(rng.uniform(-60, 60))
    if rng.random() < 0.6:
        x = int(rng.integers(0, image.shape[1]))
        image[:, x : x + int(rng.integers(1, 3))] += at
    else:
        y = int(rng.integers(0, image.shape[0]))
        image[y : y + 1, :] += at
    return image


def fold(rng, image):
    """A crease: a soft dark or light line."""
    x = np.arange(image.shape[1], dtype=np.float32)
    width = float(rng.uniform(1, 6))
    dip = np.exp(-(((x - rng.uniform(0, image.shape[1])) / width) ** 2)) * rng.uniform(-50, 40)
    return image + dip[None, :].astype(np.float32)


def threshold(rng, image):
    """Black and white, as a fax makes it."""
    pixels = np.clip(image, 0, 255).astype(np.uint8)
    if rng.random() < 0.6 or min(pixels.shape) < 12:
        low, high = float(pixels.min()), float(pixels.max())
        level = low + (high - low) * float(rng.uniform(0.35, 0.75))
        return np.where(image > level, 255, 0).astype(np.float32)
    size = int(rng.choice([11, 15, 21, 31]))
    return cv2.adaptiveThreshold(pixels, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, size, float(rng.uniform(6, 16))).astype(np.float32)


def lose_rows(rng, image):
    """Fax lines that were lost: white, or a copy of the line before."""
    for _ in range(int(rng.integers(1, 3))):
        y = int(rng.integers(1, image.shape[0]))
        image[y] = 255 if rng.random() < 0.4 else image[y - 1]
    return image


def jpeg(rng, image, low):
    quality = int(rng.integers(low, 92))
    pixels = np.clip(image, 0, 255).astype(np.uint8)
    _, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return cv2.imdecode(data, cv2.IMREAD_GRAYSCALE).astype(np.float32)


def resample(rng, image):
    """A second generation on another machine: down or up, and back as it comes."""
    factor = float(rng.uniform(0.7, 1.4))
    size = (max(6, int(image.shape[1] * factor)), max(8, int(image.shape[0] * factor)))
    return cv2.resize(image, size, interpolation=int(rng.choice([cv2.INTER_LINEAR, cv2.INTER_CUBIC, cv2.INTER_AREA, cv2.INTER_NEAREST])))


# -- the machines


def clean(rng, ink, size):
    image = tone(rng, ink, 235, 40)
    return image


def office(rng, ink, size):
    image = tone(rng, blur(rng, ink, 0.7 * size), 220, 70)
    image = noise(rng, image, 8)
    if rng.random() < 0.3:
        image = speckle(rng, image)
    return jpeg(rng, image, 35)


def photocopy(rng, ink, size):
    if rng.random() < 0.5:
        ink = lose_toner(rng, ink)
    image = tone(rng, blur(rng, ink, 1.1 * size), 200, 90)
    if rng.random() < 0.5:  # copiers burn out the greys
        image = 127 + (image - 127) * float(rng.uniform(1.2, 2.5))
    image = speckle(rng, noise(rng, image, 14))
    if rng.random() < 0.4:
        image = streak(rng, image)
    if rng.random() < 0.4:
        image = resample(rng, image)
    return jpeg(rng, image, 30)


def fax(rng, ink, size):
    image = noise(rng, tone(rng, blur(rng, ink, 0.9 * size), 200, 80), 12)
    image = threshold(rng, image)
    if rng.random() < 0.5:
        image = speckle(rng, image)
    if rng.random() < 0.4:
        image = lose_rows(rng, image)
    return image


def aged(rng, ink, size):
    if rng.random() < 0.6:
        ink = shine_through(rng, ink)
    if rng.random() < 0.3:
        ink = lose_toner(rng, ink)
    image = tone(rng, blur(rng, ink, 0.9 * size), 150, 140)
    image = image + (smooth_noise(rng, image.shape, 10) - 0.5) * float(rng.uniform(0, 30))
    if rng.random() < 0.5:
        image = fold(rng, image)
    return jpeg(rng, noise(rng, image, 12), 35)


def phone(rng, ink, size):
    image = tone(rng, blur(rng, ink, 1.3 * size), 110, 100)
    image = noise(rng, image, 12)
    if rng.random() < 0.3:
        image = cv2.addWeighted(image, 1.8, cv2.GaussianBlur(image, (0, 0), 1.5), -0.8, 0)  # its sharpening
    return jpeg(rng, image, 25)


def anything(rng, ink, size):
    """Parts of all machines in any order."""
    if rng.random() < 0.4:
        ink = lose_toner(rng, ink)
    if rng.random() < 0.3:
        ink = shine_through(rng, ink)
    image = tone(rng, blur(rng, ink, 1.5 * size), 110, 130)
    for step in rng.permutation(6)[: int(rng.integers(2, 6))]:
        image = (
            lambda i: noise(rng, i, 22),
            lambda i: speckle(rng, i),
            lambda i: jpeg(rng, i, 15),
            lambda i: resample(rng, i),
            lambda i: streak(rng, fold(rng, i)),
            lambda i: threshold(rng, i) if rng.random() < 0.4 else blur(rng, i, 1.0 * size),
        )[step](image)
    return image


MACHINES = ((clean, 0.15), (office, 0.2), (photocopy, 0.16), (fax, 0.16), (aged, 0.1), (phone, 0.1), (anything, 0.13))


# -- the damages that training never sees


def motion(rng, ink, size):
    size = int(rng.integers(3, 6))
    kernel = np.zeros((size, size), np.float32)
    cv2.line(kernel, (0, int(rng.integers(0, size))), (size - 1, int(rng.integers(0, size))), 1.0)
    return tone(rng, cv2.filter2D(ink, -1, kernel / kernel.sum()), 200, 80)


def halftone(rng, ink, size):
    """Ordered dither, as a printer draws grey."""
    bayer = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]], np.float32) / 16 + 1 / 32
    image = cv2.GaussianBlur(ink, (0, 0), 0.6) * float(rng.uniform(0.6, 0.95))
    tiled = np.tile(bayer, (ink.shape[0] // 4 + 1, ink.shape[1] // 4 + 1))[: ink.shape[0], : ink.shape[1]]
    return np.where(image > tiled, 0, 255).astype(np.float32)


def curl(rng, ink, size):
    return office(rng, ink, size)  # the bend itself happens before the cut


def torn_rows(rng, ink, size):
    """Rows shifted sideways: a fax or a scanner that lost its step."""
    image = tone(rng, blur(rng, ink, 0.6 * size), 220, 60)
    at = int(rng.integers(2, max(3, image.shape[0] - 2)))
    image[at:] = np.roll(image[at:], int(rng.choice([-2, -1, 1, 2])), 1)
    return image


HELD_OUT_MACHINES = {"motion": motion, "halftone": halftone, "curl": curl, "torn_rows": torn_rows}


def pick_machine(rng):
    pick = rng.random()
    for machine, share in MACHINES:
        if pick < share:
            return machine
        pick -= share
    return anything


def degrade(rng, line, machine=None):
    """One grey crop, 8 bits, of a drawn line. `machine`: a name, or one at random of those for training."""
    ink = line.ink.copy()
    box = line.box
    if box is not None and rng.random() < 0.35:
        ink = thicken(rng, ink)
    around = box or (ink.shape[1] * 0.3, ink.shape[0] * 0.4, ink.shape[1] * 0.7, ink.shape[0] * 0.6)
    if box is not None and rng.random() < 0.03:
        add_underline(rng, ink, box)
    if box is not None and rng.random() < 0.12:
        add_neighbour_line(rng, ink, box)
    if rng.random() < 0.3:
        add_rules(rng, ink, around)
    if rng.random() < 0.12:
        add_seal(rng, ink)
    function = globals()[machine] if machine else pick_machine(rng)
    cut, dots = crop(rng, ink, box, line.baseline, curl=machine == "curl")
    size = float(np.clip(dots / 28, 0.45, 1.3))  # the same lens blurs small print more; but what is lost nobody reads
    return np.clip(function(rng, cut, size), 0, 255).astype(np.uint8)


def normalize(pixels, height=HEIGHT, most=MOST_COLUMNS):
    """Grey crop to what the network sees: `height` rows, paper 0, ink 1, as float32.

    The plugin does the same; whoever changes one changes the other.
    """
    rows, columns = pixels.shape
    width = int(np.clip(round(columns * height / rows), 8, most))
    way = cv2.INTER_AREA if rows > height else cv2.INTER_LINEAR
    image = cv2.resize(pixels, (width, height), interpolation=way)
    ordered = np.sort(image, axis=None)
    paper = float(ordered[int(0.8 * (ordered.size - 1))])
    dark = float(ordered[int(0.01 * (ordered.size - 1))])
    # An empty crop keeps its noise small: fewer than 60 levels of grey are never stretched to full ink.
    spread = max(paper - dark, 60.0)
    return np.clip((paper - image.astype(np.float32)) / spread, -0.25, 1.25)
