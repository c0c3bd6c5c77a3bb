"""Random texts such as stand in number cells: drawn from rules, never copied from a form."""

from alphabet import ALPHABET, REJECT, UNITS

UNIT_WORDS = (
    "元 万元 亿元 个 次 人 家 项 篇 条 天 月 年 小时 份 场 名 台 套 人次 万人 万人次 个月 工作日 日 周 季度 学时 课时 本 册 件 批 种 类 户 "
    "所 处 座 栋 间 辆 平方米 立方米 公里 千米 米 吨 千克 公斤 亩 公顷 分 分钟 秒 级 位 组 班 队 期 轮 笔 例 宗 起 点 "
    "元/人/天 元/人 元/人次 元/天 元/月 元/年 元/平方米 次/月 次/年 次/天 人/天 天/人 篇/年 小时/天 万元/年 元/小时 "
    "% % % ‰ ℃ kg km m M MB GB kWh ㎡ 人天 年度 百分点 个百分点 台/套 台套 项目".split()
)
COMPARE = "≥ ≥ ≥ ≥ ≤ ≤ ≤ = = = > < >= <= ± 不低于 不少于 不超过 不高于 大于 小于 大于等于 小于等于 约 近 达到 超过 至少".split()
SHORT = (
    "是 否 有 无 优 良 中 差 好 较好 优秀 良好 合格 达标 达成 完成 全部完成 健全 规范 满意 提升 有所提升 较高 高 低 不合格 未完成 "
    "无 无 全年 年底前 年底前完成 上年 本年 当年 以上 以下 以内 左右 及时 合规 正常 明显 持续 有效 成本 万 元 (null) (万元) (元) (%) "
    "(个) (次) (月) (天) (家) (人次) (项) 年度 月底前 季度 定性 定量 正向 反向".split()
)
LATIN = "IT CT ICU APP PPP GDP WTO VPN Word Excel No SQL ISO pH Wi-Fi OA PC AI CNAS ABC xyz Total Score Page".split()


# `(null)` and `kWh` need these; among digits `l` would only be a worse `1`.
ANY = "".join(c for c in ALPHABET[:-1] if c not in "nulL")


def pick_one(rng, characters):
    return characters[int(rng.integers(0, len(characters)))]


def grouped(digits):
    """1234567 -> 1,234,567"""
    return f"{int(digits):,}"


def integer(rng, most=8):
    length = int(rng.choice([1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 6, 7, 8]))
    length = min(length, most)
    first = str(rng.integers(1, 10)) if rng.random() < 0.93 else "0"
    if rng.random() < 0.3:  # round figures are common
        keep = int(rng.integers(1, length + 1))
        return first + "".join(str(d) for d in rng.integers(0, 10, keep - 1)) + "0" * (length - keep)
    return first + "".join(str(d) for d in rng.integers(0, 10, length - 1))


def decimals(rng):
    return str(rng.choice(["00", "00", "0", "5", "50", f"{rng.integers(0, 100):02d}", f"{rng.integers(0, 100):02d}",
                           f"{rng.integers(0, 10)}", f"{rng.integers(0, 1000):03d}", f"{rng.integers(0, 10000):04d}"]))


def number(rng):
    whole = integer(rng)
    if len(whole) > 3 and rng.random() < 0.5:
        whole = grouped(whole)
    if rng.random() < 0.55:
        whole += "." + decimals(rng)
    if rng.random() < 0.04:
        whole = "-" + whole
    return whole


def quantity(rng):
    text = str(rng.choice(COMPARE)) if rng.random() < 0.75 else ""
    text += number(rng)
    if rng.random() < 0.08:
        text += str(rng.choice(["万", "亿", "千", "百"]))
    style = rng.random()
    unit = "%" if rng.random() < 0.3 else str(rng.choice(UNIT_WORDS))
    if style < 0.35:
        text += f"({unit})"
    elif style < 0.8:
        text += unit
    if rng.random() < 0.05:
        text += str(rng.choice(["以上", "以下", "以内", "左右", "/年", "/月"]))
    return text


def money(rng):
    whole = integer(rng, 9)
    if len(whole) < 5 and rng.random() < 0.5:
        whole += "".join(str(d) for d in rng.integers(0, 10, 4))
    text = grouped(whole) if rng.random() < 0.6 else whole
    text += "." + (str(rng.choice(["00", f"{rng.integers(0, 100):02d}"]))) if rng.random() < 0.7 else ""
    text = ("¥" if rng.random() < 0.03 else "-" if rng.random() < 0.03 else "") + text
    return text + (str(rng.choice(["元", "万元"])) if rng.random() < 0.12 else "")


def percent(rng):
    value = str(rng.choice(["100", "100", "100.00", "0", f"{rng.integers(1, 100)}", f"{rng.uniform(50, 100):.2f}", f"{rng.uniform(0, 100):.1f}"]))
    return value + ("%" if rng.random() < 0.8 else "(%)" if rng.random() < 0.5 else "")


def date(rng):
    year, month, day = int(rng.integers(1995, 2040)), int(rng.integers(1, 13)), int(rng.integers(1, 32))
    short = rng.random() < 0.6
    m, d = (str(month), str(day)) if short else (f"{month:02d}", f"{day:02d}")
    return str(rng.choice([f"{year}-{m}-{d}", f"{year}/{m}/{d}", f"{year}.{m}.{d}", f"{year}年{m}月{d}日", f"{year}年{m}月",
                           f"{year}年", f"{year}年度", f"{m}月{d}日", f"{year}{month:02d}{day:02d}", f"{m}月", f"{year}",
                           f"{year}年{m}月底前", f"{year}年{m}月{d}日前", f"{m}月{d}日前", f"{year}-{m}", f"第{rng.integers(1, 5)}季度", f"{year}-{year + 1}"]))


def between(rng):
    mark = str(rng.choice(["-", "~", "—", "至", "~", "-"]))
    low, high = sorted((int(rng.integers(0, 200)), int(rng.integers(1, 400))))
    unit = str(rng.choice(["%", "", "", str(rng.choice(UNIT_WORDS))]))
    return f"{low}{unit if rng.random() < 0.3 else ''}{mark}{high}{unit}"


def other(rng):
    kind = rng.integers(0, 8)
    n = int(rng.integers(1, 100))
    if kind == 0:
        return f"{rng.integers(10, 1000):03d}-" + "".join(str(d) for d in rng.integers(0, 10, 8))
    if kind == 1:
        return "1" + "".join(str(d) for d in rng.integers(0, 10, 10))
    if kind == 2:
        return f"{rng.integers(0, 24)}:{rng.integers(0, 60):02d}"
    if kind == 3:
        return str(rng.choice([f"{n}.", f"{n}、", f"({n})", f"{n})", f"[{n}]", f"第{n}"]))
    if kind == 4:
        return f"{n}/{n + int(rng.integers(0, 50))}"
    if kind == 5:
        return f"{n}.{rng.integers(1, 10)}.{rng.integers(1, 10)}"
    if kind == 6:
        return f"{n}×{rng.integers(1, 400)}" + str(rng.choice(["", "=" + str(n * 3), "元"]))
    return f"{n}+{rng.integers(1, 100)}"


def lone(rng):
    """Single glyphs: they have nothing beside them that tells their size."""
    pick = rng.random()
    if pick < 0.45:
        return str(rng.integers(0, 10))
    if pick < 0.7:
        return str(rng.choice(["-", "-", "-", "—", "/", "/", "%", "0", "~", "--"]))
    if pick < 0.85:
        return UNITS[int(rng.integers(0, len(UNITS)))]
    return pick_one(rng, ANY)


def scrambled(rng):
    """Any characters in any order: no text is learnt by heart, and every class is met often."""
    length = int(rng.integers(1, 12))
    pools = ["0123456789", "0123456789.,%≥≤=<>()-/~—+:", "0123456789.,", "0123456789.,%≥≤", ANY, ANY]
    pool = pools[int(rng.integers(0, len(pools)))]
    return "".join(pick_one(rng, pool) for _ in range(length))


def common_characters():
    """GB 2312, level 1: 3,755 characters, sorted by sound."""
    rows = range(0xB0, 0xD8)
    cells = [bytes((row, cell)).decode("gb2312", "ignore") for row in rows for cell in range(0xA1, 0xFF)]
    return "".join(c for c in cells if c)


HAN = common_characters()
FOREIGN = "。“”《》？！·…★□☑→"


NAMED = "".join(c for c in ALPHABET[:-1] if c in HAN)  # the Chinese characters of the alphabet


def foreign(rng):
    """Text that is no number: its characters outside the alphabet become `REJECT`."""
    pick = rng.random()
    if pick < 0.08:
        return str(rng.choice(LATIN))
    length = int(rng.integers(1, 10))
    known = float(rng.choice([0, 0.3, 0.6]))  # label cells mix: 指标 has one character that numbers have too
    text = "".join(pick_one(rng, NAMED if rng.random() < known else HAN) for _ in range(length))
    if pick < 0.4:  # a number within words
        at = int(rng.integers(0, length + 1))
        text = text[:at] + str(rng.choice([number(rng), quantity(rng), date(rng)])) + text[at:]
    elif pick < 0.6:
        at = int(rng.integers(0, length + 1))
        text = text[:at] + FOREIGN[int(rng.integers(0, len(FOREIGN)))] + text[at:]
    return text[:16]


def cut(rng):
    """A part of a text: narrow cells wrap anywhere, also within numbers."""
    text = str(rng.choice([quantity(rng), money(rng), date(rng), quantity(rng)]))
    if len(text) < 3:
        return text
    a, b = sorted(rng.choice(len(text) + 1, 2, replace=False))
    return text[a:b]


KINDS = ((quantity, 0.20), (money, 0.10), (number, 0.07), (percent, 0.04), (date, 0.07), (between, 0.03), (other, 0.03),
         (lone, 0.08), (scrambled, 0.10), (cut, 0.05), (foreign, 0.18))


def sample(rng):
    """One text; empty in two cells of a hundred, a short word in three."""
    pick = rng.random()
    for make, share in KINDS:
        if pick < share:
            return make(rng)
        pick -= share
    return str(rng.choice(SHORT)) if pick < 0.03 else ""


def is_number(text):
    return REJECT not in text and any(c.isdigit() for c in text)
