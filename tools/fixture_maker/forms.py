"""Draws a record as the form it would stand in: sections of rows and cells, still without any typography.

`draw` is the inverse of what the product does, so it knows labels, arrangements and print formats of every form-year.
How a value is printed (dates, amounts, tick boxes, colons) is decided by the `Print` options of a style.
"""
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass
class Cell:
    text: str = ""           # paragraphs separated by \n
    role: str = "value"      # label, value, number, narrative, head, level
    colspan: int = 1
    rowspan: int = 1


@dataclass
class Section:
    name: str
    widths: list             # relative widths of the columns
    rows: list = field(default_factory=list)
    header_rows: int = 0     # rows that a style may repeat on each page


@dataclass
class Form:
    layout: str
    title: str
    subtitle: str = ""
    unit_line: str = ""
    sections: list = field(default_factory=list)
    after: list = field(default_factory=list)  # lines below the table that belong to no field


@dataclass
class Print:
    """How values and labels are printed. Every default is the plainest form."""
    colon: str = ""                   # after labels
    bracket: str = "（）"             # around the units of labels
    date: str = "dash"                # dash, slash, slash0, han, han0, dot
    money: str = "plain"              # plain, comma2, plain2, yuan (with the unit behind)
    money_unit: str = "native"        # native, or wan: 2025 printed in 万元
    ticks: tuple = ("□", "☑")
    tick_first: bool = False
    tick_space: str = ""
    options_gap: str = "　"
    options_rows: bool = False        # each line of options a row of its own
    narrative: str = "beside"         # beside, inside (label and text in one cell), above (a row of its own)
    year_line: str = "（{y}年度）"
    seal: str = "（盖章）"
    unit_label: str = "申报单位名称："
    contacts: str = "auto"            # auto: the row is there when a value is; always
    rate_percent: bool = False        # 99.71% instead of 99.71
    dash: str = "-"
    label_gap: str = ""               # typed between the characters of short labels
    year_typed: str = ""              # typed around the year, as "2023 年度"
    total_label: str = "总分"
    header_gap: bool = False          # 2025: the indicator label starts at the header row
    carry_label: bool = False         # 2025: an empty label cell, or the neighbour reaches over it
    subproject_blank: bool = False    # 2019: one empty row below the subprojects
    grade_wide: bool = True
    after: tuple = ()


def spaced(text, p):
    """Short labels with typed gaps, 项　目　名　称."""
    if p.label_gap and 2 <= len(text) <= 4 and "（" not in text:
        return p.label_gap.join(text)
    return text


class Drawer:
    def __init__(self, record, p, rng):
        self.record, self.p, self.rng = record, p, rng
        self.fields, self.tables = record["fields"], record["tables"]

    # ------------------------------------------------------------ cells
    def label(self, text, colspan=1, rowspan=1, colon=True):
        return Cell(spaced(text, self.p) + (self.p.colon if colon else ""), "label", colspan, rowspan)

    def unit_label(self, text, unit="元", **kw):
        left, right = self.p.bracket
        return self.label(f"{text}{left}{unit}{right}", **kw)

    def head(self, text, colspan=1, rowspan=1):
        return Cell(text, "head", colspan, rowspan)

    def value(self, key, colspan=1, rowspan=1, role="value"):
        v = self.fields.get(key)
        return Cell("" if v is None else str(v), role, colspan, rowspan)

    def date(self, key, colspan=1):
        v = self.fields.get(key)
        return Cell("" if v is None else print_date(v, self.p.date), "value", colspan)

    def money(self, value, colspan=1, wan=False, rowspan=1):
        return Cell(print_money(value, self.p, wan), "number", colspan, rowspan)

    def narrative(self, key, colspan=1, rowspan=1):
        return self.value(key, colspan, rowspan, "narrative")

    def options(self, chosen, lines):
        p = self.p
        out = []
        for line in lines:
            parts = []
            for name in line:
                mark = p.ticks[1] if name in chosen else p.ticks[0]
                parts.append(mark + p.tick_space + name if p.tick_first else name + p.tick_space + mark)
            out.append(p.options_gap.join(parts))
        return out

    def year_line(self):
        typed = self.p.year_typed
        return self.p.year_line.format(y=f"{self.record['year']}{typed}")

    def form(self, subtitle, unit_line, sections):
        return Form(self.record["layout"], self.record["title"], subtitle, unit_line, sections,
                    [line.format(year=self.record["year"]) for line in self.p.after])

    # ------------------------------------------------------------ indicator rows
    def indicator_rows(self, columns, lead=None):
        """Rows with merged levels. `columns` maps a row to its cells after the levels; `lead` is a first merged cell."""
        rows = self.tables["indicators"]
        out = []
        one_level = all(r["level2"] is None for r in rows)
        for i, row in enumerate(rows):
            cells = []
            if lead is not None and i == 0:
                cells.append(lead)
            if i == 0 or row["level1"] != rows[i - 1]["level1"]:
                cells.append(Cell(row["level1"], "level", 1, run(rows, i, ["level1"])))
            if not one_level and (i == 0 or any(row[k] != rows[i - 1][k] for k in ("level1", "level2"))):
                cells.append(Cell(row["level2"], "level", 1, run(rows, i, ["level1", "level2"])))
            out.append(cells + columns(row))
        return out

    # ------------------------------------------------------------ layouts
    def declaration_2019(self):
        p, f = self.p, self.fields
        top = Section("top", [15, 18, 15, 17, 15, 20])
        top.rows.append([self.label("项目名称"), self.value("project_name", 5)])
        natures = self.options([f["project_nature"]], [["市委市政府已确定的新增项目", "结转项目", "其他一次性项目"],
                                                       ["经常性专项业务费", "其他经常性项目"]])
        if p.options_rows:
            top.rows.append([self.label("项目类型", rowspan=2), Cell(natures[0], "options", 5)])
            top.rows.append([Cell(natures[1], "options", 5)])
        else:
            top.rows.append([self.label("项目类型"), Cell("\n".join(natures), "options", 5)])
        uses = self.options(f["fund_use"] or [], [["基本建设工程类", "信息化建设类", "政策补贴类", "政府购买服务"],
                                                  ["资产购置类", "其他事业专业类"]])
        top.rows.append([self.label("资金用途"), Cell("\n".join(uses), "options", 5)])
        contacts = [f["project_leader"], f["contact_person"], f["contact_phone"]]
        if any(contacts) or p.contacts == "always":
            top.rows.append([self.label("项目负责人"), self.value("project_leader"), self.label("联系人"),
                             self.value("contact_person"), self.label("联系电话"), self.value("contact_phone")])
        when = Section("dates", [15, 35, 15, 35],
                       [[self.label("开始时间"), self.date("start_date"), self.label("结束时间"), self.date("end_date")]])
        texts = Section("texts", [15, 85])
        for name, key in (("项目概况", "overview"), ("立项依据", "basis"), ("项目设立的必要性", "necessity"),
                          ("保证项目实施的制度、措施", "safeguards")):
            self.add_text(texts, name, key)
        money = Section("money", [17, 31, 20, 32])
        money.rows.append([self.unit_label("项目总预算"), self.money(f["project_funding_total"]),
                           self.unit_label("项目当年预算"), self.money(f["annual_funding_total"])])
        money.rows.append([self.unit_label("同名项目上年预算额"), self.money(f["previous_budget"]),
                           self.unit_label("同名项目上年预算执行数"), self.money(f["previous_executed"])])
        subs = self.tables["subprojects"]
        parts = Section("subprojects", [15, 52, 33])
        extra = 1 if p.subproject_blank else 0
        parts.rows.append([self.label("项目当年投入资金构成", rowspan=len(subs) + 1 + extra), self.head("子项目名称"),
                           self.head("预算金额" + p.bracket[0] + "元" + p.bracket[1])])
        for sub in subs:
            parts.rows.append([Cell(sub["name"]), self.money(sub["amount"])])
        if extra:
            parts.rows.append([Cell(""), Cell("")])
        plans = Section("plans", [15, 85])
        for name, key in (("项目实施计划", "plan"), ("项目总目标", "overall_goal"), ("年度绩效目标", "annual_goal")):
            self.add_text(plans, name, key)
        target = lambda row: [Cell(row["level3"]), Cell(row["target"]["text"] or "", "target")]
        short = all(r["level2"] is None for r in self.tables["indicators"])
        widths = [15, 40, 45] if short else [15, 14, 28, 43]
        heads = ["分解目标内容", "绩效指标", "指标目标值"] if short else ["一级指标", "二级指标", "三级指标", "指标目标值"]
        goals = Section("indicators", widths, [[self.head("分解目标", len(widths))], [self.head(h) for h in heads]]
                        + self.indicator_rows(target), header_rows=2)
        remarks = Section("remarks", [15, 85], [[self.label("备注"), self.value("remarks")]])
        unit = p.unit_label + f["implementing_unit"] + p.seal
        return self.form(self.year_line(), unit, [top, when, texts, money, parts, plans, goals, remarks])

    def add_text(self, section, name, key, colon=None):
        """A label with a long text: beside it, in the same cell, or in a row above."""
        text = self.fields.get(key) or ""
        colon = self.p.colon if colon is None else colon
        if self.p.narrative == "inside":
            section.rows.append([Cell(f"{name}{colon or '：'}\n{text}", "narrative_with_label", 2)])
        elif self.p.narrative == "above":
            section.rows.append([Cell(name + colon, "label_row", 2)])
            section.rows.append([Cell(text, "narrative", 2)])
        else:
            section.rows.append([Cell(name + colon, "label"), Cell(text, "narrative")])

    def declaration_2020(self):
        p, f = self.p, self.fields
        top = Section("top", [18, 32, 18, 32])
        top.rows.append([self.label("项目名称"), self.value("project_name"), self.label("项目类别"), self.value("project_nature")])
        top.rows.append([self.label("计划开始日期"), self.date("start_date"), self.label("计划完成日期"), self.date("end_date")])
        bought = {True: "是", False: "否", None: ""}[f["government_procurement"]]
        top.rows.append([self.label("是否含有政府购买服务"), Cell(bought), self.label("绩效类型"), self.value("performance_type")])
        texts = Section("texts", [18, 82])
        for name, key in (("项目概况", "overview"), ("立项依据", "basis"), ("项目设立的必要性", "necessity"),
                          ("保证项目实施的制度、措施", "safeguards"), ("项目实施计划", "plan"),
                          ("总目标及阶段性目标", "overall_goal")):
            self.add_text(texts, name, key)
        money = Section("money", [20, 30, 22, 28], [[self.head("本项目上年度市级财政资金使用情况", 4)]])
        money.rows.append([self.unit_label("项目总预算"), self.money(f["project_funding_total"]),
                           self.unit_label("项目当年预算"), self.money(f["annual_funding_total"])])
        money.rows.append([self.unit_label("同名项目上年预算额"), self.money(f["previous_budget"]),
                           self.unit_label("同名项目上年预算执行数"), self.money(f["previous_executed"])])
        target = lambda row: [Cell(row["level3"]), Cell(row["target"]["text"] or "", "target")]
        goals = Section("indicators", [14, 14, 30, 42],
                        [[self.head(f"{self.record['year']}{p.year_typed}年绩效目标", 4)],
                         [self.head(h) for h in ("一级目标", "二级目标", "三级目标", "指标目标值")]]
                        + self.indicator_rows(target), header_rows=2)
        unit = p.unit_label + f["implementing_unit"]
        return self.form(self.year_line(), unit, [top, texts, money, goals])

    def declaration_2025(self):
        p, f = self.p, self.fields
        wan = p.money_unit == "wan"
        top = Section("top", [13, 25, 11, 21, 12, 18])
        top.rows.append([self.label("项目名称"), self.value("project_name"), self.label("项目性质"), self.value("project_nature"),
                         self.label("项目类别"), self.value("project_category")])
        top.rows.append([self.label("主管部门"), self.value("supervising_department"), self.label("实施单位"),
                         self.value("implementing_unit", 3)])
        top.rows.append([self.label("计划开始日期"), self.date("start_date"), self.label("计划完成日期"), self.date("end_date", 3)])
        money = Section("money", [13, 20, 20, 24, 23])
        amount = lambda key: self.money(f[key], wan=wan)
        colon = p.colon or "："
        lead = self.unit_label("项目资金", "万元" if wan else "元", rowspan=4)
        lead.text = lead.text.rstrip("：:")
        money.rows.append([lead, Cell("项目资金总额" + colon, "label"), amount("project_funding_total"),
                           Cell("年度资金申请总额" + colon, "label"), amount("annual_funding_total")])
        over = p.carry_label
        money.rows.append([Cell(f"其中{colon}财政资金", "sublabel", rowspan=2 if over else 1),
                           self.money(f["project_funding_fiscal"], wan=wan, rowspan=2 if over else 1),
                           Cell(f"其中{colon}当年财政拨款", "sublabel"), amount("annual_funding_fiscal")])
        blank = [] if over else [Cell("", "label"), Cell("")]
        money.rows.append(blank + [Cell("上年结转资金", "sublabel"), amount("annual_funding_carryover")])
        money.rows.append([Cell("其他资金", "sublabel"), amount("project_funding_other"), Cell("其他资金", "sublabel"),
                           amount("annual_funding_other")])
        goals = Section("goals", [13, 37, 50])
        goals.rows.append([self.label("项目绩效目标", rowspan=2, colon=False), self.head("项目总目标"), self.head("年度总体目标")])
        goals.rows.append([self.narrative("overall_goal"), self.narrative("annual_goal")])
        rows = self.tables["indicators"]
        heads = [self.head(h) for h in ("一级指标", "二级指标", "三级指标", f"年度{p.bracket[0]}/项目{p.bracket[1]}指标值")]
        target = lambda row: [Cell(row["level3"]), Cell(row["target"]["text"] or "", "target")]
        indicators = Section("indicators", [13, 15, 16, 30, 26], header_rows=1)
        if p.header_gap:
            lead = self.label("绩效指标", rowspan=len(rows) + 1, colon=False)
            indicators.rows = [[lead] + heads] + self.indicator_rows(target)
            indicators.header_rows = 0
        else:
            lead = self.label("绩效指标", rowspan=len(rows), colon=False)
            indicators.rows = [[Cell("", "label")] + heads] + self.indicator_rows(target, lead)
        return self.form(self.year_line(), "", [top, money, goals, indicators])

    def self_evaluation(self):
        p, f = self.p, self.fields
        second = self.record["layout"] == "self-evaluation-2023b"
        top = Section("top", [18, 32, 13, 37])
        top.rows.append([self.label("项目名称"), self.value("project_name", 3)])
        top.rows.append([self.label("主管部门"), self.value("supervising_department"), self.label("实施单位"),
                         self.value("implementing_unit")])
        money = Section("funding", [11, 22, 14, 14, 14, 8, 10, 7])
        lead = self.unit_label("项目资金", "万元", rowspan=5)
        lead.text = lead.text.rstrip("：:")
        rate = "执行率" if second else "执行率" + "(%)"
        money.rows.append([lead, Cell("", "head")] + [self.head(h) for h in
                                                      ("年初预算数", "全年预算数", "全年执行数", "分数", rate, "得分")])
        colon = p.colon or "："
        names = {"total": "年度资金总额" + ("" if second else colon), "fiscal": f"其中{colon}当年财政拨款",
                 "carryover": "上年结转资金", "other": "其他资金"}
        for row in self.tables["funding"]:
            cells = [Cell(names[row["source"]], "label" if row["source"] == "total" else "sublabel")]
            cells += [self.money(row[k], wan=True) for k in ("initial_budget", "annual_budget", "executed")]
            for key in ("weight", "execution_rate", "score"):
                text = p.dash if row[key] is None else f"{row[key]:.2f}"
                cells.append(Cell(text + ("%" if key == "execution_rate" and p.rate_percent else ""), "number"))
            money.rows.append(cells)
        goals = Section("goals", [11, 44, 45])
        goals.rows.append([self.label("年度总体目标", rowspan=2, colon=False), self.head("预期目标"), self.head("实际完成情况")])
        goals.rows.append([self.narrative("annual_goal"), self.narrative("actual_completion")])
        reason = "偏差原因分析" if second else "偏差原因分析及改进措施"
        heads = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", reason]
        number = lambda v: Cell("" if v is None else f"{v:.2f}", "number")
        cells = lambda row: [Cell(row["level3"]), Cell(row["target"]["text"] or "", "target"),
                             Cell(row["actual"]["text"] or "", "target"), number(row["weight"]), number(row["score"]),
                             Cell(row["deviation"] or "")]
        rows = Section("indicators", [9, 9, 23, 17, 17, 7, 7, 11], [[self.head(h) for h in heads]]
                       + self.indicator_rows(cells), header_rows=1)
        total = "" if second and p.total_label != "合计" else p.total_label
        weight = f["total_weight"]
        printed = f"{weight:.0f}" if second and weight == int(weight) else f"{weight:.2f}"
        rows.rows.append([Cell(total, "head", 5), Cell(printed, "number"), number(f["total_score"]), Cell("")])
        end = Section("grade", [18, 82], [[self.label("评分等级"), self.value("grade")]])
        return self.form("" if second else self.year_line(), "", [top, money, goals, rows, end])


def run(rows, start, keys):
    """How many rows from `start` share the levels in `keys`."""
    end = start
    while end < len(rows) and all(rows[end][k] == rows[start][k] for k in keys):
        end += 1
    return end - start


def print_date(iso, style):
    y, m, d = iso.split("-")
    return {"dash": iso, "slash": f"{y}/{int(m)}/{int(d)}", "slash0": f"{y}/{m}/{d}", "han": f"{y}年{int(m)}月{int(d)}日",
            "han0": f"{y}年{m}月{d}日", "dot": f"{y}.{m}.{d}"}[style]


def print_money(value, p, wan):
    if value is None:
        return ""
    amount = Decimal(str(value))
    if wan:
        amount /= 10000
        places = max(2, -amount.normalize().as_tuple().exponent)
        return f"{amount:,.{places}f}" if "comma" in p.money else f"{amount:.{places}f}"
    if p.money in ("comma2", "comma"):
        places = 2 if p.money == "comma2" or amount != int(amount) else 0
        return f"{amount:,.{places}f}"
    if p.money == "plain" and amount == int(amount):
        return f"{int(amount)}"
    return f"{amount:.2f}" + ("元" if p.money == "yuan" else "")


def draw(record, p, rng):
    """The form of `record`, printed with the options `p`."""
    drawer = Drawer(record, p, rng)
    by_layout = {"declaration-2019": drawer.declaration_2019, "declaration-2020": drawer.declaration_2020,
                 "declaration-2025": drawer.declaration_2025}
    return by_layout.get(record["layout"], drawer.self_evaluation)()
