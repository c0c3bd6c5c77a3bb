"""What the network can say. Class 0 is CTC's blank, the last class stands for text that is no number."""

SYMBOLS = "0123456789.,%≥≤=<>()-/~—+:;、×±‰℃¥[]"
LETTERS = "nulkmgMGBWhL㎡"  # (null), kg, km, MB, GB, kWh
UNITS = (
    "元万亿千百十个次人家项篇条天月日年季周旬度期份场名台套本册卷张页幅块段片只支根头匹株棵件批种类户所处座栋间"
    "辆艘部里公米吨克斤升平方立顷亩分秒时小课学位组班队对点级等层轮笔宗起例单幢门口"
)
WORDS = "不低于少超过高大以上下内前底约近至左右达标合格完成优良中差是否有无较好秀健全规范满意提升增长率第工作星"

REJECT = "\ufffd"
ALPHABET = SYMBOLS + LETTERS + "".join(dict.fromkeys(UNITS + WORDS)) + REJECT
CLASSES = {char: index + 1 for index, char in enumerate(ALPHABET)}

# How one reading may be printed: full-width forms and look-alikes mean the same number.
SHAPES = {
    "(": "（",
    ")": "）",
    "%": "％",
    ",": "，",
    ".": "．",
    ":": "：",
    ";": "；",
    "=": "＝",
    "<": "＜",
    ">": "＞",
    "+": "＋",
    "/": "／",
    "~": "～～∼〜",
    "-": "－−‐–",
    "—": "―",
    "≥": "≧⩾",
    "≤": "≦⩽",
    "¥": "￥",
    "[": "［【〔",
    "]": "］】〕",
}
SHAPES.update({str(digit): chr(0xFF10 + digit) for digit in range(10)})


def labels(text):
    """The class numbers of `text`; each character outside the alphabet is one `REJECT`, so that the network decides
    glyph by glyph."""
    return [CLASSES.get(char, CLASSES[REJECT]) for char in text if char != " "]


def collapse(classes):
    """CTC's rule: repeats are one, then blanks vanish."""
    text, last = [], 0
    for index in classes:
        if index != last and index != 0:
            text.append(ALPHABET[index - 1])
        last = index
    return "".join(text)
