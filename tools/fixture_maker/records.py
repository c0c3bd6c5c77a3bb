"""Random but plausible records in the shape of the gold files: what a form says, before it is drawn.

Every quantity is made together with its parts (operator, value, unit, note), so a gold record never depends on a parser.
"""
from decimal import Decimal, ROUND_DOWN, ROUND_HALF_UP

import words

LAYOUTS = ["declaration-2019", "declaration-2020", "declaration-2025", "self-evaluation-2023", "self-evaluation-2023b"]
TITLES = {
    "declaration-2019": "上海市财政支出项目绩效目标申报表", "declaration-2020": "财政项目支出绩效目标表",
    "declaration-2025": "财政项目支出绩效目标申报表", "self-evaluation-2023": "财政项目支出绩效自评表",
    "self-evaluation-2023b": "财政项目支出绩效自评价"}
YEARS = {"declaration-2019": 2019, "declaration-2020": 2020, "declaration-2025": 2025, "self-evaluation-2023": 2023,
         "self-evaluation-2023b": 2023}
OPERATORS = {"≥": ">=", "≤": "<=", "=": "=", ">": ">", "<": "<", ">=": ">=", "<=": "<=", "不低于": ">=", "不少于": ">=",
             "不超过": "<=", "大于": ">", "小于": "<", "约": "~", "": "="}
EMPTY_QUANTITY = {"text": None, "operator": None, "value": None, "unit": None, "note": None}


def number(value):
    """A Decimal as a JSON number: a float as in the gold files."""
    return None if value is None else float(value)


def yuan(fen):
    return None if fen is None else number(Decimal(fen) / 100)


# ---------------------------------------------------------------- texts

def organisation(rng):
    return rng.choice(words.PLACES) + rng.choice(words.BODIES) + rng.choice(words.BODY_SUFFIXES)


def person(rng):
    return rng.choice(words.SURNAMES) + "".join(rng.sample(words.GIVEN, rng.choice([1, 2])))


class Counts:
    """A new number at each place of a sentence that wants one."""

    def __init__(self, rng):
        self.rng = rng

    def __format__(self, _spec):
        return self.rng.choice(["3", "12", "48", "160", "1,200", "2400", "36000", "7.5", "1-2", "十余"])


def fill(rng, text, year):
    return text.format(n=Counts(rng), p=rng.choice(["85", "92.5", "98"]), y=rng.randint(1998, 2017), year=year,
                       last=year - 1, place=rng.choice(words.PLACES), unit=organisation(rng))


def sentence(rng, year, years_allowed=True):
    shape = rng.randrange(5)
    reasons = [r for r in words.REASONS if years_allowed or "{y}" not in r]
    act = lambda: rng.choice(words.MANNERS) + rng.choice(words.ACTIONS)
    if shape == 0:
        text = rng.choice(words.SUBJECTS) + act() + "，" + rng.choice(words.PURPOSES)
    elif shape == 1:
        text = rng.choice(reasons) + "，" + rng.choice(words.SUBJECTS) + "拟" + act() + "；" + rng.choice(words.ACTIONS)
    elif shape == 2:
        text = rng.choice(words.CONTRASTS) + "，" + rng.choice(words.SUBJECTS) + act() + "，并" + rng.choice(words.ACTIONS)
    elif shape == 3:
        text = "一是" + act() + "；二是" + act() + "；三是" + rng.choice(words.ACTIONS)
    else:
        text = "为了" + rng.choice(words.PURPOSES) + "，" + rng.choice(words.SUBJECTS) + act()
    return fill(rng, text, year) + "。"


def paragraph(rng, year, length, years_allowed=True):
    text = ""
    while len(text) < length:
        text += sentence(rng, year, years_allowed)
    if rng.random() < .15:
        text = text.replace("，", ", ").replace("；", "; ")
    if rng.random() < .12:
        text = text[:-1] + rng.choice(["", "；", "：", "……"])
    return text


def narrative(rng, year, length, years_allowed=True):
    """A long text of one or several paragraphs, numbered in one of the usual ways or not at all."""
    if length < 60:
        return paragraph(rng, year, max(length, 8), years_allowed)
    style = rng.choice(["plain", "plain", "1、", "1.", "（1）", "(一) ", "1）", "第一，", "①", "heads"])
    count = 1 if style == "plain" and rng.random() < .6 else rng.randint(2, max(2, min(8, length // 50)))
    parts = []
    for i in range(count):
        body = paragraph(rng, year, length // count * rng.uniform(.5, 1.4), years_allowed)
        han = "一二三四五六七八"[i]
        mark = {"plain": "", "1、": f"{i + 1}、", "1.": f"{i + 1}. ", "（1）": f"（{i + 1}）", "(一) ": f"({han}) ",
                "1）": f"{i + 1}）", "第一，": f"第{han}，", "①": "①②③④⑤⑥⑦⑧"[i], "heads": ""}[style]
        if i == 0 and mark and rng.random() < .12:
            mark = ""  # real forms lose the opening number now and then
        if style == "heads":
            parts.append(f"（{han}）" + rng.choice(words.ITEM_HEADS))
        parts.append(mark + body)
    if style != "plain" and rng.random() < .3:
        parts.insert(0, rng.choice(["主要工作如下：", "具体安排如下", "围绕以上任务，拟采取以下措施："]))
    return "\n".join(parts)


# ---------------------------------------------------------------- quantities

def quantity(text, sign="", value=None, unit=None, note=None):
    return {"text": text, "operator": OPERATORS[sign], "value": number(value), "unit": unit, "note": note}


def words_only(text):
    return dict(EMPTY_QUANTITY, text=text)


def digits(rng, value, decimals=None, thousands=None):
    if decimals is None:
        decimals = rng.choice([0, 2, 2]) if value == int(value) else 2
    if thousands is None:
        thousands = rng.random() < .25
    return f"{value:,.{decimals}f}" if thousands else f"{value:.{decimals}f}"


def plain_value(rng, unit):
    if unit == "%":
        return Decimal(rng.choice(["100", "95", "98.5", "90", "85", "99.99", "0.5", "20"]))
    return Decimal(rng.choice([1, 2, 3, 5, 8, 12, 15, 40, 120, 365, 1000, 1800, 12000, 360000])) \
        + (Decimal("0.5") if rng.random() < .08 else 0)


def random_quantity(rng, year, years_allowed=True):
    """A target of every shape that the real forms have."""
    shape = rng.choices(["bracket", "plain", "words", "note", "ascii", "han", "multiplier", "bare", "null", "stop",
                         "year", "numberwords"], [34, 10, 18, 10, 6, 7, 6, 3, 1, 2, 3 if years_allowed else 0, 2])[0]
    if shape == "words":
        return words_only(rng.choice(words.WORD_TARGETS))
    if shape == "year":
        return words_only(rng.choice(words.YEAR_TARGETS).format(year=year, last=year - 1))
    if shape == "numberwords":
        return words_only(rng.choice(words.NUMBER_WORDS_TARGETS))
    unit = rng.choice(words.UNITS)
    if unit == "万元" and shape != "bracket":
        unit = "元"  # without its bracket 万 would be a multiplier
    value = plain_value(rng, unit)
    sign = rng.choice(["≥", "≥", "≥", "=", "≤", "≤", ">", "<"])
    if shape == "bracket":
        left, right = rng.choice(["()", "()", "()", "（）"])
        if rng.random() < .06:
            note = rng.choice(words.NOTES)
            return quantity(f"{sign}{digits(rng, value)}{left}{unit}{right}（{note}）", sign, value, unit, note)
        return quantity(f"{sign}{digits(rng, value)}{left}{unit}{right}", sign, value, unit)
    if shape == "null":
        return quantity(f"{sign}{digits(rng, value)}(null)", sign, value)
    if shape == "bare":
        sign = rng.choice(["=", ">=", "<=", "≥"])
        return quantity(f"{sign}{digits(rng, value)}", sign, value)
    if shape == "ascii":
        sign = rng.choice([">=", "<=", "=", ">"])
        return quantity(f"{sign}{digits(rng, value)}%", sign, value, "%")
    if shape == "han":
        sign = rng.choice(["不低于", "不少于", "不超过", "大于", "小于", "约"])
        return quantity(f"{sign}{digits(rng, value)}{unit}", sign, value, unit)
    if shape == "multiplier":
        unit = rng.choice(["人", "次", "元", "字", "人次", "平方米"])
        sign = rng.choice(["≥", "约", "", "不少于"])
        mark, factor = rng.choice([("万", 10 ** 4), ("万", 10 ** 4), ("亿", 10 ** 8)])
        note = rng.choice(words.NOTES) if rng.random() < .4 else None
        tail = f"（{note}）" if note else ""
        short = Decimal(rng.choice(["2", "10", "1.5", "40", "5000"]))
        return quantity(f"{sign}{short}{mark}{unit}{tail}", sign, short * factor, unit, note)
    sign = rng.choice(["", "", "≥", "=", "≤"])
    printed = digits(rng, value, thousands=False)
    if shape == "plain":
        return quantity(f"{sign}{printed}{unit}", sign, value, unit)
    note = rng.choice(words.NOTES)
    if shape == "stop":
        return quantity(f"{sign}{printed}{unit}。{note}", sign, value, unit, note)
    left, right = rng.choice(["（）", "（）", "()"])
    return quantity(f"{sign}{printed}{unit}{left}{note}{right}", sign, value, unit, note)


def actual_for(rng, target):
    """What was reached: mostly as much as wanted, now and then less, sometimes words, rarely nothing."""
    if rng.random() < .02:
        return dict(EMPTY_QUANTITY)
    if target["value"] is None or rng.random() < .05:
        return words_only(rng.choice(words.WORD_ACTUALS))
    value = Decimal(str(target["value"]))
    factor = rng.choice(["1", "1", "1", "1.2", "2", "0.75"])
    value = (value * Decimal(factor)).quantize(Decimal("0.01"))
    unit = target["unit"]
    if unit == "%":
        value = min(value, Decimal(100))
    if unit is None:
        tail, unit = rng.choice([("(null)", None), ("", None), ("%", "%")])
        return quantity(digits(rng, value, 2, False) + tail, "", value, unit)
    if rng.random() < .8 or unit == "万元":
        return quantity(f"{digits(rng, value, 2)}({unit})", "", value, unit)
    return quantity(f"{digits(rng, value, 2, False)}{unit}", "", value, unit)


# ---------------------------------------------------------------- tables

def indicator_rows(rng, layout, year, size, years_allowed=True):
    names = rng.sample(words.INDICATOR_NAMES, k=len(words.INDICATOR_NAMES))
    rows = []
    for level1, seconds in words.LEVELS[layout]:
        if len(words.LEVELS[layout]) > 3 and rng.random() < .08:
            continue
        chosen = [s for s in seconds if rng.random() < .75] or seconds[:1]
        for level2 in chosen:
            for _ in range(rng.choices([1, 2, 3, 4], [8, 4, 2, 1])[0] if size > 1 else 1):
                rows.append({"level1": level1, "level2": level2, "level3": names[len(rows) % len(names)],
                             "target": random_quantity(rng, year, years_allowed)})
    return rows


def drop_second_level(rng, rows):
    """2019's short form: the second column of names is not there; runs of one level stay together."""
    for row in rows:
        row["level2"] = None
    return rows


def add_results(rng, rows):
    """Weights that sum to 90 and scores, with the slips that real forms show."""
    count = len(rows)
    weights = [Decimal(90) / count] * count
    if any(w != w.quantize(Decimal("0.01")) for w in weights):
        base = (Decimal(90) / count).quantize(Decimal(1), ROUND_DOWN) or Decimal("0.5")
        weights = [base] * count
        weights[-1] += Decimal(90) - base * count
    total = Decimal(0)
    for row, weight in zip(rows, weights):
        score = weight
        row["actual"] = actual_for(rng, row["target"])
        target, actual = row["target"]["value"], row["actual"]["value"]
        missed = target is not None and actual is not None and row["target"]["operator"] in (">=", ">", "=") and actual < target
        row["deviation"] = None
        if missed or rng.random() < .06:
            if rng.random() < .85:
                score = (weight * Decimal(rng.choice(["0.6", "0.75", "0.9"]))).quantize(Decimal("0.01"), ROUND_DOWN)
            row["deviation"] = rng.choice(words.DEVIATIONS)
        row["weight"], row["score"] = number(weight), number(score)
        total += score
    return sum(weights, Decimal(0)), total


def money_fen(rng, step):
    fen = rng.choice([1, 3, 7, 12, 45, 60, 148, 330, 1776, 42594]) * rng.choice([1, 11, 97, 1000]) * step
    return fen if fen < 10 ** 11 else fen // 10 ** 6 // step * step + step


def funding_rows(rng):
    """Four rows per source, in fen; the rates and the score are truncated or rounded to two decimals."""
    step = rng.choice([10000, 10000, 1000000])  # multiples of 100 yuan, so that two decimals of 万元 hold them
    parts = {"fiscal": money_fen(rng, step)}
    parts["carryover"] = money_fen(rng, step) if rng.random() < .3 else 0
    parts["other"] = money_fen(rng, step) if rng.random() < .25 else 0
    mode = rng.choice([ROUND_DOWN, ROUND_DOWN, ROUND_HALF_UP])
    budget, annual, executed = {}, {}, {}
    for source, fen in parts.items():
        budget[source] = fen
        annual[source] = fen if rng.random() < .7 else fen * 9 // 10 // 10000 * 10000
        share = rng.choice([1000, 1000, 997, 985, 871])
        executed[source] = annual[source] * share // 1000 // 10000 * 10000
    for table in (budget, annual, executed):
        table["total"] = sum(table.values())
    rows = []
    for source in ("total", "fiscal", "carryover", "other"):
        base = annual[source]
        rate = (Decimal(executed[source]) * 100 / base if base else Decimal(0)).quantize(Decimal("0.01"), mode)
        total = source == "total"
        rows.append({"source": source, "initial_budget": yuan(budget[source]), "annual_budget": yuan(base),
                     "executed": yuan(executed[source]), "weight": 10.0 if total else None, "execution_rate": number(rate),
                     "score": number((rate / 10).quantize(Decimal("0.01"), mode)) if total else None})
    return rows


# ---------------------------------------------------------------- records

def project_name(rng, taken):
    while True:
        name = rng.choice(words.PROJECTS)
        if rng.random() < .3:
            name = rng.choice(words.PLACES) + name
        if name not in taken:
            taken.add(name)
            return name


def base_record(layout, record):
    return {"record": record, "layout": layout, "title": TITLES[layout], "year": YEARS[layout]}


def dates(rng, year):
    start = f"{year}-{rng.choice(['01-01', '01-02', '02-01', '03-15', '06-03'])}"
    end = f"{year}-{rng.choice(['08-30', '10-09', '11-30', '12-16', '12-31', '12-31'])}"
    return start, end


def sized(rng, size, low, high):
    """A text length: size 0 very short (for fixtures), 1 short, 2 ordinary, 3 long."""
    factor = [.12, .35, 1.0, 2.6][size]
    return int(rng.uniform(low, high) * factor)


def maybe(rng, text, chance):
    return None if rng.random() < chance else text


def declaration_2019(rng, size, taken):
    year = 2019 if rng.random() > .15 else 2018
    start, end = dates(rng, year)
    text = lambda low, high, empty=.04: maybe(rng, narrative(rng, 2019, sized(rng, size, low, high)), empty)
    contacts = rng.random() < .6
    annual = money_fen(rng, 5000)
    count = rng.choice([1, 1, 2, 3, 5, 8])
    names = rng.sample(words.SUBPROJECTS, count)
    cuts = sorted(rng.sample(range(1, max(count + 2, annual // 100)), count - 1)) if annual // 100 > count else []
    amounts = [b - a for a, b in zip([0] + cuts, cuts + [annual // 100])]
    fields = {
        "project_name": project_name(rng, taken), "project_nature": rng.choice(words.NATURES),
        "fund_use": rng.sample(words.FUND_USES, rng.choices([0, 1, 2], [1, 8, 2])[0]),
        "implementing_unit": organisation(rng),
        "project_leader": person(rng) if contacts and rng.random() < .6 else None,
        "contact_person": person(rng) if contacts and rng.random() < .9 else None,
        "contact_phone": rng.choice(["64830917", "021-58385310", "13800138000", "0571-8899 1234"]) if contacts else None,
        "start_date": start, "end_date": end, "overview": text(150, 500, 0), "basis": text(40, 260),
        "necessity": text(100, 400), "safeguards": text(50, 300), "plan": text(80, 400), "overall_goal": text(60, 260),
        "annual_goal": text(30, 200), "project_funding_total": yuan(annual * rng.choice([1, 1, 3])),
        "annual_funding_total": yuan(annual), "previous_budget": yuan(rng.choice([0, annual, money_fen(rng, 100)])),
        "previous_executed": yuan(rng.choice([0, money_fen(rng, 100)])), "remarks": rng.choice([None, None, "无", "详见附件"])}
    if fields["fund_use"]:
        fields["fund_use"].sort(key=words.FUND_USES.index)
    rows = indicator_rows(rng, "declaration-2019", 2019, size)
    if rng.random() < .5:
        rows = drop_second_level(rng, rows)
    subprojects = [{"name": n, "amount": number(Decimal(a))} for n, a in zip(names, amounts)]
    return dict(base_record("declaration-2019", "performance_declaration"), fields=fields,
                tables={"indicators": rows, "subprojects": subprojects})


def declaration_2020(rng, size, taken):
    start, end = dates(rng, 2020)
    text = lambda low, high, empty=.04: maybe(rng, narrative(rng, 2020, sized(rng, size, low, high)), empty)
    annual = money_fen(rng, 5000)
    fields = {
        "project_name": project_name(rng, taken), "project_nature": rng.choice(words.NATURES),
        "implementing_unit": organisation(rng), "start_date": start, "end_date": end,
        "government_procurement": rng.random() < .4, "performance_type": rng.choice(words.PERFORMANCE_TYPES),
        "overview": text(120, 480, 0), "basis": text(60, 300), "necessity": text(100, 400), "safeguards": text(60, 500),
        "plan": text(40, 220), "overall_goal": text(80, 500), "project_funding_total": yuan(annual * rng.choice([1, 1, 2])),
        "annual_funding_total": yuan(annual), "previous_budget": yuan(rng.choice([0, annual])),
        "previous_executed": yuan(rng.choice([0, money_fen(rng, 100)]))}
    return dict(base_record("declaration-2020", "performance_declaration"), fields=fields,
                tables={"indicators": indicator_rows(rng, "declaration-2020", 2020, size)})


def declaration_2025(rng, size, taken):
    start, end = dates(rng, 2025)
    fiscal = money_fen(rng, 2000)
    carry = money_fen(rng, 10000) if rng.random() < .3 else 0
    other = money_fen(rng, 10000) if rng.random() < .3 else 0
    whole = rng.random() < .3
    fields = {
        "project_name": project_name(rng, taken), "project_nature": rng.choice(words.NATURES),
        "project_category": rng.choice(words.CATEGORIES),
        "supervising_department": rng.choice(words.PLACES) + rng.choice(words.DEPARTMENTS),
        "implementing_unit": organisation(rng), "start_date": start, "end_date": end,
        "overall_goal": narrative(rng, 2025, sized(rng, size, 60, 300)) if rng.random() < .3 else None,
        "annual_goal": narrative(rng, 2025, sized(rng, size, 100, 800)),
        "project_funding_total": yuan((fiscal + carry + other) * 3) if whole else None,
        "project_funding_fiscal": yuan((fiscal + carry) * 3) if whole else None,
        "project_funding_other": yuan(other * 3) if whole else None,
        "annual_funding_total": yuan(fiscal + carry + other), "annual_funding_fiscal": yuan(fiscal),
        "annual_funding_carryover": yuan(carry), "annual_funding_other": yuan(other)}
    return dict(base_record("declaration-2025", "performance_declaration"), fields=fields,
                tables={"indicators": indicator_rows(rng, "declaration-2025", 2025, size)})


def self_evaluation(rng, size, taken, layout="self-evaluation-2023"):
    # 2023b prints no year: any other year in its texts would make the gold year a matter of taste.
    other_years = layout == "self-evaluation-2023"
    rows = indicator_rows(rng, layout, 2023, size, other_years)
    funding = funding_rows(rng)
    weights, scores = add_results(rng, rows)
    total_score = scores + Decimal(str(funding[0]["score"]))
    if rng.random() < .05:
        total_score += 1  # an author's slip stays as printed
    grade = words.GRADES[0 if total_score >= 90 else 1 if total_score >= 80 else 2 if total_score >= 60 else 3]
    goal = narrative(rng, 2023, sized(rng, size, 100, 500), other_years)
    if not other_years:
        goal = "2023年，" + goal
    fields = {
        "project_name": project_name(rng, taken),
        "supervising_department": rng.choice(words.PLACES) + rng.choice(words.DEPARTMENTS),
        "implementing_unit": organisation(rng), "annual_goal": goal,
        "actual_completion": maybe(rng, narrative(rng, 2023, sized(rng, size, 60, 600), other_years), .04),
        "total_weight": number(weights + 10), "total_score": number(total_score), "grade": maybe(rng, grade, .05)}
    return dict(base_record(layout, "performance_self_evaluation"), fields=fields,
                tables={"indicators": rows, "funding": funding})


def make_record(rng, layout, size, taken):
    """One record of `layout`. `size` is 0 (tiny) to 3 (long); `taken` holds the project names used in this file."""
    if layout == "declaration-2019":
        return declaration_2019(rng, size, taken)
    if layout == "declaration-2020":
        return declaration_2020(rng, size, taken)
    if layout == "declaration-2025":
        return declaration_2025(rng, size, taken)
    return self_evaluation(rng, size, taken, layout)
