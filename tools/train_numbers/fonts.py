"""The free fonts that number cells are drawn in, and which of them training never sees.

All come from Debian 12; packages and licences stand in README.md. A family is held out with everything that
shares its outlines: UMing is made from the two older Arphic Ming fonts, so all three are held out together.
"""

from functools import lru_cache
from pathlib import Path

import numpy as np
from fontTools.ttLib import TTCollection, TTFont
from PIL import Image, ImageDraw, ImageFont

EM = 64  # pixels per em in which glyphs are drawn before they are scaled down

NOTO = "opentype/noto/"
TRUE = "truetype/"
OPEN = "opentype/"

# (path below the font folder, index in a collection)
CHINESE_TRAIN = (
    [(f"{NOTO}NotoSansCJK-{w}.ttc", 2) for w in ("Light", "DemiLight", "Regular", "Regular", "Medium", "Bold")]
    + [(f"{NOTO}NotoSerifCJK-{w}.ttc", 2) for w in ("Light", "Regular", "Regular", "Medium", "SemiBold", "Bold")]
    + [
        (f"{TRUE}arphic/ukai.ttc", 0),
        (f"{TRUE}arphic-bkai00mp/bkai00mp.ttf", 0),
        (f"{TRUE}arphic-gkai00mp/gkai00mp.ttf", 0),
        (f"{TRUE}wqy/wqy-zenhei.ttc", 0),
        (f"{TRUE}wqy/wqy-microhei.ttc", 0),
        (f"{TRUE}droid/DroidSansFallbackFull.ttf", 0),
        (f"{TRUE}babelstone/BabelStoneHan.ttf", 0),
        (f"{TRUE}cns11643/TW-Kai-98_1.ttf", 0),
        (f"{TRUE}cwtex/cwheib.ttf", 0),
        (f"{TRUE}cwtex/cwming.ttf", 0),
        (f"{TRUE}cwtex/cwkai.ttf", 0),
        (f"{TRUE}cwtex/cwyen.ttf", 0),
        (f"{TRUE}hanazono/HanaMinA.ttf", 0),
        (f"{TRUE}smiley-sans/SmileySans-Oblique.ttf", 0),
        (f"{OPEN}ipafont-gothic/ipag.ttf", 0),
        (f"{OPEN}ipafont-mincho/ipam.ttf", 0),
        (f"{TRUE}horai-umefont/ume-tgo4.ttf", 0),
        (f"{TRUE}horai-umefont/ume-tmo3.ttf", 0),
        (f"{TRUE}vlgothic/VL-Gothic-Regular.ttf", 0),
        (f"{TRUE}sawarabi-mincho/sawarabi-mincho-medium.ttf", 0),
        (f"{TRUE}baekmuk/batang.ttf", 0),
        (f"{TRUE}baekmuk/dotum.ttf", 0),
        (f"{TRUE}unfonts-core/UnBatang.ttf", 0),
    ]
)

CHINESE_HELD_OUT = [
    (f"{TRUE}arphic/uming.ttc", 0),
    (f"{TRUE}arphic-gbsn00lp/gbsn00lp.ttf", 0),
    (f"{TRUE}arphic-bsmi00lp/bsmi00lp.ttf", 0),
    (f"{TRUE}cwtex/cwfs.ttf", 0),
    (f"{TRUE}lxgw-wenkai/LXGWWenKai-Light.ttf", 0),
    (f"{TRUE}lxgw-wenkai/LXGWWenKai-Bold.ttf", 0),
    (f"{TRUE}cns11643/TW-Sung-98_1.ttf", 0),
]

LATIN_TRAIN = [
    (path, 0)
    for path in (
        [f"{TRUE}liberation/LiberationSans-{s}.ttf" for s in ("Regular", "Regular", "Bold", "Italic")]
        + [f"{TRUE}liberation/LiberationSerif-{s}.ttf" for s in ("Regular", "Regular", "Bold", "Italic")]
        + [f"{TRUE}liberation/LiberationMono-{s}.ttf" for s in ("Regular", "Bold")]
        + [f"{TRUE}liberation/LiberationSansNarrow-{s}.ttf" for s in ("Regular", "Bold")]
        + [f"{TRUE}dejavu/{f}.ttf" for f in ("DejaVuSans", "DejaVuSans-Bold", "DejaVuSansCondensed", "DejaVuSans-ExtraLight", "DejaVuSansMono")]
        + [f"{TRUE}freefont/{f}.ttf" for f in ("FreeSans", "FreeSansBold", "FreeSerif", "FreeSerifBold", "FreeSerifItalic", "FreeMono")]
        + [f"{OPEN}urw-base35/{f}.otf" for f in ("NimbusRoman-Regular", "NimbusRoman-Bold", "NimbusSans-Regular", "NimbusSansNarrow-Regular", "NimbusMonoPS-Regular", "C059-Roman", "P052-Roman", "URWBookman-Light", "URWGothic-Book")]
        + [f"{TRUE}crosextra/Caladea-{s}.ttf" for s in ("Regular", "Bold")]
        + [f"{TRUE}open-sans/OpenSans-{s}.ttf" for s in ("Light", "Regular", "CondLight", "Bold")]
        + [f"{TRUE}lato/Lato-{s}.ttf" for s in ("Light", "Regular", "Bold")]
        + [f"{OPEN}cantarell/Cantarell-Regular.otf", f"{OPEN}dosis/Dosis-Book.otf", f"{TRUE}inconsolata/Inconsolata.otf"]
        + [f"{TRUE}firacode/FiraCode-Light.ttf", f"{TRUE}jetbrains-mono/JetBrainsMono-Regular.ttf"]
        + [f"{OPEN}linux-libertine/{f}.otf" for f in ("LinLibertine_R", "LinLibertine_RB", "LinBiolinum_R")]
        + [f"{TRUE}noto/{f}.ttf" for f in ("NotoSans-Regular", "NotoSerif-Regular", "NotoSansMono-Regular", "NotoSerif-Bold")]
        + [f"{TRUE}paratype/{f}.ttf" for f in ("PTS55F", "PTF55F", "PTM55F", "PTN57F")]
        + [f"{TRUE}adf/{f}.otf" for f in ("RomandeADFStd-Regular", "SwitzeraADF-Regular", "SwitzeraADF-Cond", "UniversalisADFStd-Regular", "UniversalisADFStd-Cond")]
        + [f"{TRUE}charis/CharisSIL-Regular.ttf", f"{TRUE}andika/Andika-Regular.ttf"]
        + [f"{OPEN}mplus/Mplus1-{s}.otf" for s in ("Light", "Regular")]
        + [f"{TRUE}nanum/{f}.ttf" for f in ("NanumGothic", "NanumMyeongjo")]
        + [f"{OPEN}ocr-b/OCRB.otf"]
    )
]

LATIN_HELD_OUT = [
    (path, 0)
    for path in (
        [f"{TRUE}crosextra/Carlito-{s}.ttf" for s in ("Regular", "Bold")]
        + [f"{OPEN}stix/STIXGeneral-{s}.otf" for s in ("Regular", "Bold")]
        + [f"{TRUE}roboto/unhinted/RobotoTTF/Roboto-{s}.ttf" for s in ("Light", "Regular", "Medium")]
        + [f"{TRUE}roboto/unhinted/RobotoCondensed-Regular.ttf", f"{TRUE}hack/Hack-Regular.ttf"]
        + [f"{TRUE}dejavu/DejaVuSerif.ttf", f"{TRUE}adf/TribunADFStd-Regular.otf"]
    )
]


class Font:
    """One font file; draws single glyphs at EM pixels and keeps them."""

    def __init__(self, root, path, index):
        file = Path(root) / path
        self.name = file.stem
        self.font = ImageFont.truetype(str(file), EM, index=index, layout_engine=ImageFont.Layout.BASIC)
        table = TTCollection(file, lazy=True).fonts[index] if file.suffix == ".ttc" else TTFont(file, lazy=True)
        self.codes = frozenset(table.getBestCmap())
        self.glyphs = {}

    def has(self, char):
        return ord(char) in self.codes and self.glyph(char) is not None

    def glyph(self, char):
        """(mask, left, top, advance): top is the row of the mask's first line above the baseline (negative)."""
        if char not in self.glyphs:
            self.glyphs[char] = self._draw(char)
        return self.glyphs[char]

    def _draw(self, char):
        left, top, right, bottom = self.font.getbbox(char, anchor="ls")
        if right <= left or bottom <= top:
            return None  # some fonts map a character to an empty glyph
        image = Image.new("L", (right - left, bottom - top), 0)
        ImageDraw.Draw(image).text((-left, -top), char, fill=255, font=self.font, anchor="ls")
        mask = np.asarray(image)
        if mask.max() < 128:
            return None
        return mask, left, top, self.font.getlength(char)


class Library:
    """The fonts of one side of the hold-out."""

    def __init__(self, root, held_out=False):
        chinese, latin = (CHINESE_HELD_OUT, LATIN_HELD_OUT) if held_out else (CHINESE_TRAIN, LATIN_TRAIN)
        self.chinese = [load(str(root), *f) for f in chinese]
        self.latin = [load(str(root), *f) for f in latin]


@lru_cache(maxsize=None)
def load(root, path, index):
    return Font(root, path, index)
