"""What the network can say: class 0 is `REJECT`, a character that it does not know."""

REJECT = "\ufffd"


def _rows(first, last):
    codes = [bytes((row, cell)).decode("gb2312", "ignore") for row in range(first, last) for cell in range(0xA1, 0xFF)]
    return "".join(c for c in codes if c)


LEVEL_1 = _rows(0xB0, 0xD8)  # 3,755 frequent characters
LEVEL_2 = _rows(0xD8, 0xF8)  # 3,008 others
BEYOND = "镕堃喆昇祎玥珺翀赟垚彧璟堉骉夀砼碁酰镓锿偲瑀玚珅玭玎晞暐烜勍嘢麴囍"  # names and matter outside GB 2312

ASCII = "".join(chr(code) for code in range(0x21, 0x7F))
WIDE = "（）：；，！？"  # told from the ASCII signs by the room they take
MARKS = "。、“”‘’《》〈〉【】〔〕「」『』—…·～￥"
SYMBOLS = "％‰℃℉㎡㎏㎜㎝㎞×÷±≥≤≠≈＜＞∞∑√∠°′″²³→←↑↓★☆※§№○●◎◇◆□■△▲▽▼☑☒♂♀♦"
NUMERALS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
GREEK = "αβγδεθλμπρσφωΔΣΩΦ"

PRINT = ASCII + WIDE + MARKS + SYMBOLS + NUMERALS + GREEK
ALPHABET = "".join(dict.fromkeys(REJECT + PRINT + LEVEL_1 + LEVEL_2 + BEYOND))
CLASSES = {char: index for index, char in enumerate(ALPHABET)}

# Shapes that mean the same class, drawn now and then in its place.
SHAPES = {
    "-": "－−‐–",
    "—": "―─",
    "·": "・•‧",
    "～": "∼〜",
    "￥": "¥",
    "○": "〇◯",
    "□": "☐",
    "√": "✓✔",
    "☑": "✅",
    "×": "✕",
    "…": "⋯",
    "≥": "≧⩾",
    "≤": "≦⩽",
    "＜": "<",
    "＞": ">",
    "[": "［",
    "]": "］",
    "+": "＋",
    "=": "＝",
    "/": "／",
    "#": "＃",
    "&": "＆",
    "*": "＊",
    "@": "＠",
    "°": "˚",
    "●": "⚫",
}
SHAPES.update({chr(code): chr(code + 0xFEE0) for code in [*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B)]})
del SHAPES["＜"], SHAPES["＞"]


def class_of(char):
    return CLASSES.get(char, 0)
