"""Styles: the typography and the habits of print of one file, drawn at random within a family.

A family narrows the choice to one kind of difficulty, so that the score of a family tells the cause.
"""
from dataclasses import dataclass, field

from forms import Print

FONTS = {
    "serif": '"Liberation Serif","Noto Serif CJK SC"', "song": '"Noto Serif CJK SC"',
    "sans": '"Liberation Sans","Noto Sans CJK SC"', "hei": '"Noto Sans CJK SC"', "ming": '"AR PL UMing CN"',
    "kai": '"AR PL UKai CN"', "micro": '"WenQuanYi Micro Hei"', "zen": '"WenQuanYi Zen Hei"',
    "mono": '"Noto Sans Mono CJK SC"', "ming-latin": '"DejaVu Serif","AR PL UMing CN"',
    "kai-latin": '"Liberation Serif","AR PL UKai CN"', "zen-mono": '"DejaVu Sans Mono","WenQuanYi Zen Hei"'}


@dataclass
class Style:
    family: str = "plain"
    font: str = "serif"
    size: float = 10.5
    leading: float = 1.35
    ink: str = "#000"
    letter_spacing: float = 0
    title_font: str = "hei"
    title_size: float = 17
    title_weight: str = "bold"
    title_gap: str = ""
    title_space: float = 4
    year_align: str = "center"
    paper: str = "A4 portrait"
    margin: tuple = (18, 18, 18, 18)
    table_width: int = 100
    table_margin: str = "auto"
    table_layout: str = "fixed"
    one_table: bool = False
    section_gap: str = "0"
    border: str = "grid"          # grid, outer, open, inside, separate, background, half
    collapse: str = "collapse"
    spacing: float = 0
    rule: float = 1
    rule_style: str = "solid"
    rule_colour: str = "#000"
    fill: str = ""
    padding: tuple = (3, 4)
    row_height: str = "auto"
    valign: str = "middle"
    text_valign: str = "middle"
    word_break: str = "normal"
    value_align: str = "left"
    label_align: str = "center"
    label_weight: str = "normal"
    label_spread: bool = False
    sub_align: str = "left"
    sub_indent: float = 0
    number_align: str = "center"
    target_align: str = "left"
    text_align: str = "justify"
    indent: float = 0
    typed_indent: bool = False
    br_paragraphs: bool = False
    para_space: float = 0
    typed_target: bool = False
    label_width: float = 1.0
    width_jitter: float = 0
    jitter: dict = field(default_factory=dict)
    wrap_two: bool = False
    vertical: bool = False
    fake_bold: float = 0
    shadow: float = 0
    full_width: bool = False      # digits of values in full width
    box_mark: str = "√"           # inside a drawn box: a glyph, or fill, cross, tick
    break_inside: str = "auto"
    clone: bool = False
    repeat_header: bool = False
    flow: bool = False            # forms follow one another without a page break
    nbsp_empty: bool = False
    watermark: str = ""
    mark_colour: str = "#ddd"
    mark_size: int = 60
    mark_angle: int = 35
    mark_layer: int = -1
    header: str = ""
    footer: str = ""
    cover: str = ""               # "", line, page
    producer: str = "chromium"    # chromium, calc, writer
    distil: str = ""              # "", cairo, rotate
    forms: int = 1
    size_class: int = 2
    print: Print = field(default_factory=Print)


FAMILIES = ["word", "excel", "web", "dense", "large", "borders", "breaks", "labels", "typed", "landscape", "marks", "flow",
            "cairo", "mixed", "writer", "calc", "nasty"]

FOOTERS = ["第{page}页 共{pages}页", "- {page} -", "{page}/{pages}", "第 {page} 页，共 {pages} 页", "{page}", "Page {page} of {pages}",
           "— {page} —"]


def print_options(rng, layout):
    """Print habits that any family may have."""
    p = Print()
    p.colon = rng.choice(["：", "：", ":", ""]) if layout == "declaration-2020" else rng.choice(["", "", "", "：", ":"])
    p.bracket = rng.choice([("（", "）"), ("（", "）"), ("(", ")"), (" (", ")"), ("\n（", "）")])
    p.date = rng.choice(["dash", "dash", "slash", "slash0", "han", "han0", "dot"])
    p.money = rng.choice(["plain", "plain2", "comma2", "comma2", "comma", "yuan"])
    p.money_unit = rng.choice(["native"] * 7 + ["wan"])
    p.ticks = rng.choice([("□", "☑"), ("□", "☑"), ("☐", "☑"), ("☐", "☒"), ("□", "■"), ("□", "√"), ("□", "☒"), ("☐", "✓"),
                          ("□", "✔"), ("○", "●"), ("", "√")])
    if rng.random() < .2:
        p.ticks = ("\ue000", "\ue001")  # boxes of rules; the marks are the style's
    p.tick_first = rng.random() < .35
    p.tick_space = rng.choice(["", "", " "])
    p.options_gap = rng.choice(["　", "  ", "    ", "　　", " "])
    p.options_rows = rng.random() < .3
    p.narrative = rng.choice(["beside", "beside", "inside", "above"]) if layout == "declaration-2020" else "beside"
    p.year_line = rng.choice(["（{y}年）", "({y}年)", "（{y}年度）"] if layout == "declaration-2019" else
                             ["（{y}年度）", "({y}年度)", "（{y} 年度）", "( {y}年度 )"])
    p.seal = rng.choice(["（盖章）", "（盖章）", "(盖章)", "", "　（盖章）", "（公章）"][:5])
    p.unit_label = rng.choice(["申报单位名称：", "申报单位名称:", "申报单位名称： ", "申报单位名称：　"])
    p.contacts = rng.choice(["auto", "always"])
    p.rate_percent = rng.random() < .1
    p.dash = rng.choice(["-", "-", "－", "—"])
    p.year_typed = rng.choice(["", "", " "])
    p.header_gap = rng.random() < .4
    p.carry_label = rng.random() < .4
    return p


def random_style(rng, family, layout):
    """One style of `family` for forms of `layout`."""
    s = Style(family=family)
    s.print = print_options(rng, layout)
    s.font = rng.choice(list(FONTS))
    s.title_font = rng.choice(["hei", "song", "kai", "zen", s.font])
    s.size = rng.choice([9, 9.5, 10, 10.5, 11, 12])
    s.leading = rng.choice([1.1, 1.25, 1.35, 1.5])
    s.title_size = rng.choice([14, 16, 18, 22])
    s.title_weight = rng.choice(["bold", "normal"])
    s.margin = tuple(rng.choice([12, 15, 18, 22, 25]) for _ in range(4))
    s.padding = rng.choice([(2, 3), (3, 4), (4, 6), (1, 2)])
    s.rule = rng.choice([.5, .75, 1, 1, 1.3])
    s.width_jitter = rng.choice([0, .1, .25])
    s.label_width = rng.choice([.8, 1, 1, 1.25])
    s.one_table = rng.random() < .5
    s.value_align = rng.choice(["left", "left", "center"])
    s.label_align = rng.choice(["center", "center", "left"])
    s.label_weight = rng.choice(["normal", "normal", "bold"])
    s.number_align = rng.choice(["left", "center", "right"])
    s.target_align = rng.choice(["left", "center"])
    s.text_align = rng.choice(["justify", "left", "left"])
    s.text_valign = rng.choice(["middle", "top"])
    s.valign = rng.choice(["middle", "middle", "top", "bottom"])
    s.sub_align = rng.choice(["left", "center", "right"])
    s.sub_indent = rng.choice([0, 2]) if s.sub_align == "left" else 0
    s.indent = rng.choice([0, 0, 2])
    s.para_space = rng.choice([0, 0, .3])
    s.word_break = rng.choice(["normal", "normal", "break-all"])
    s.clone = rng.random() < .5
    s.repeat_header = not s.one_table and rng.random() < .4
    s.fill = rng.choice(["", "", "", "#eee", "#d9d9d9", "#e8f0fa"])
    s.footer = rng.choice([""] + FOOTERS) if rng.random() < .6 else ""
    s.cover = rng.choice(["", "", "line"])
    s.forms = rng.choice([1, 1, 1, 2, 3])
    s.size_class = rng.choice([1, 2, 2, 2, 3])
    s.box_mark = rng.choice(["√", "✓", "×", "fill", "cross", "tick"])
    FAMILY_CHANGES.get(family, lambda *_: None)(s, rng)
    return s


# ---------------------------------------------------------------- what a family changes

def excel(s, rng):
    s.one_table = True
    s.font, s.rule = rng.choice(["hei", "sans", "zen", "micro"]), rng.choice([.5, 1])
    s.row_height = rng.choice(["auto", "24px", "30px"])
    s.valign = s.text_valign = "middle"
    s.number_align = "right"
    s.word_break = rng.choice(["break-all", "normal"])


def word(s, rng):
    s.one_table = False
    s.font = rng.choice(["song", "serif", "ming", "kai", "ming-latin"])
    s.typed_indent = rng.random() < .3
    s.indent = 0 if s.typed_indent else s.indent


def web(s, rng):
    s.table_layout = rng.choice(["fixed", "auto"])
    s.one_table = s.table_layout == "fixed" and rng.random() < .5
    s.border, s.collapse = rng.choice([("grid", "collapse"), ("half", "separate"), ("background", "separate")])
    s.rule_colour = rng.choice(["#ccc", "#999", "#333", "#1e6fb8"])
    s.fill = rng.choice(["#f5f7fa", "#eef3f8", ""])
    s.header = rng.choice(["", "{title}", "预算绩效管理信息系统"])
    s.br_paragraphs = rng.random() < .4
    s.indent = 0 if s.br_paragraphs else s.indent


def dense(s, rng):
    s.size = rng.choice([6.5, 7, 7.5, 8])
    s.leading = rng.choice([1.0, 1.1, 1.2])
    s.padding = rng.choice([(0, 1), (1, 2), (0, 2)])
    s.title_size = rng.choice([10, 12, 14])
    s.margin = tuple(rng.choice([6, 8, 10, 12]) for _ in range(4))
    s.rule = rng.choice([.3, .5, .75])


def large(s, rng):
    s.size = rng.choice([13, 14, 15])
    s.leading = rng.choice([1.5, 1.8])
    s.padding = (6, 8)
    s.size_class = 1
    s.label_width = rng.choice([.7, 1])


def border_styles(s, rng):
    s.border = rng.choice(["outer", "open", "inside", "separate", "background", "half", "grid"])
    s.rule_style = rng.choice(["solid", "solid", "dashed", "dotted", "double"])
    s.rule = {"double": 3, "dashed": 1, "dotted": rng.choice([1, 1.5])}.get(s.rule_style, rng.choice([.2, .5, 2]))
    s.rule_colour = rng.choice(["#000", "#000", "#888", "#2b5797", "#006400"])
    s.collapse = "separate" if s.border in ("separate",) or (s.border == "grid" and rng.random() < .3) else "collapse"
    s.spacing = rng.choice([0, 1, 2]) if s.collapse == "separate" else 0
    s.section_gap = rng.choice(["0", "0", "2px", "-1px"]) if not s.one_table else "0"


def breaks(s, rng):
    """Page edges everywhere: small pages and long texts."""
    s.paper = rng.choice(["A4 portrait", "210mm 200mm", "A5 portrait", "210mm 150mm", "B5"])
    s.margin = tuple(rng.choice([8, 12, 16, 30]) for _ in range(4))
    s.size = rng.choice([8, 9, 10])
    s.break_inside = rng.choice(["auto", "auto", "avoid"])
    s.size_class = rng.choice([2, 3])
    s.repeat_header = not s.one_table and rng.random() < .6
    s.header = rng.choice(["", "", "{title}", "绩效管理 · 归档联"])


def labels(s, rng):
    s.wrap_two = rng.random() < .5
    s.vertical = not s.wrap_two and rng.random() < .6
    s.print.label_gap = rng.choice(["", "　", " ", "  "])
    s.label_spread = not s.vertical and rng.random() < .3
    s.label_width = rng.choice([.45, .6, .8])
    s.fake_bold = rng.choice([0, 0, .3])
    s.shadow = rng.choice([0, 0, .3, .5])
    s.letter_spacing = rng.choice([0, 0, .05])
    s.title_gap = rng.choice(["", "", " ", "　"])


def typed_texts(s, rng):
    s.typed_target = True
    s.typed_indent = rng.random() < .6
    s.indent = 0
    s.br_paragraphs = True
    s.nbsp_empty = True
    s.full_width = rng.random() < .3
    s.word_break = "break-all"
    s.letter_spacing = rng.choice([0, .03, .1])
    s.print.label_gap = rng.choice(["", " ", "　"])


def landscape(s, rng):
    s.paper = rng.choice(["A4 landscape", "A3 landscape", "A3 portrait", "Letter landscape"])
    s.table_width = rng.choice([100, 100, 80])
    s.table_margin = rng.choice(["auto", "0"])
    s.year_align = rng.choice(["center", "right", "left"])


def marks(s, rng):
    """Running heads, watermarks, lines around the form that belong to no field."""
    s.watermark = rng.choice(["内部使用", "绩效办归档", "DRAFT", "仅供查阅 不得外传"])
    s.mark_colour = rng.choice(["#ddd", "#eee", "rgba(200,0,0,.15)", "rgba(0,0,0,.1)"])
    s.mark_layer = rng.choice([-1, 5])
    s.mark_size = rng.choice([30, 60, 90])
    s.mark_angle = rng.choice([0, 30, 45])
    s.header = rng.choice(["{title}", "预算绩效管理信息系统", "打印时间：2025-03-18 09:42:15"])
    s.footer = rng.choice(FOOTERS)
    s.cover = rng.choice(["line", "page", ""])
    s.print.after = rng.choice([(), ("填表说明：金额单位以表内标注为准。",), ("经办：　　　　　审核：　　　　　日期：　　年　　月　　日",),
                                ("注：本表一式三份。",)])


def flow(s, rng):
    s.flow = True
    s.forms = rng.choice([2, 3, 4])
    s.size_class = rng.choice([0, 1])


def cairo(s, _rng):
    s.distil = "cairo"


def nasty(s, rng):
    """Several difficulties at once."""
    for change in rng.sample([border_styles, breaks, labels, typed_texts, landscape, marks, dense], 3):
        change(s, rng)
    s.forms = rng.choice([1, 2])
    s.distil = rng.choice(["", "", "cairo"])


def office_writer(s, rng):
    if s.print.ticks[0] == "\ue000":
        s.print.ticks = ("□", "☑")
    s.producer = "writer"
    s.font = rng.choice(["song", "hei", "ming", "kai", "zen"])
    s.one_table = rng.random() < .5
    s.rule = rng.choice([.05, .5, 1])


def office_calc(s, rng):
    if s.print.ticks[0] == "\ue000":
        s.print.ticks = ("□", "☑")
    s.producer = "calc"
    s.font = rng.choice(["song", "hei", "ming", "kai", "zen"])
    s.one_table = True
    s.size_class = rng.choice([0, 1, 1, 2])
    s.print.options_gap = "　"
    s.rule = rng.choice([.05, .5, 1])


FAMILY_CHANGES = {"excel": excel, "word": word, "web": web, "dense": dense, "large": large, "borders": border_styles,
                  "breaks": breaks, "labels": labels, "typed": typed_texts, "landscape": landscape, "marks": marks, "flow": flow,
                  "cairo": cairo, "nasty": nasty, "writer": office_writer, "calc": office_calc}
