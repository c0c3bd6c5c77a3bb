"""Sets forms as HTML in the typography of a style."""
import html

from styles import FONTS

GRID = 60  # columns of the common grid when a form is one table


def escape(text):
    return html.escape(text, quote=False)


def page_html(blocks, style, rng):
    """One document. `blocks` is a list of ("form", Form) and ("line", text, css class)."""
    body = []
    first = True
    for kind, content in blocks:
        if kind == "line":
            body.append(f'<p class="loose">{escape(content)}</p>')
        elif kind == "cover":
            lines = "".join(f"<p>{escape(line)}</p>" for line in content)
            body.append(f'<div class="cover">{lines}</div>')
        else:
            cls = "form" if first or style.flow else "form next"
            body.append(f'<div class="{cls}">{form_html(content, style, rng)}</div>')
            first = False
        if kind == "cover":
            first = False
    mark = f'<div class="mark">{escape(style.watermark)}</div>' if style.watermark else ""
    return (f"<!DOCTYPE html><html lang=zh-CN><head><meta charset=utf-8><title>form</title><style>{css(style)}</style></head>"
            f"<body>{mark}{''.join(body)}</body></html>")


def form_html(form, style, rng):
    out = [f'<h1>{escape(style.title_gap.join(form.title) if style.title_gap else form.title)}</h1>']
    if form.subtitle:
        out.append(f'<p class="year">{escape(form.subtitle)}</p>')
    if form.unit_line:
        out.append(f'<p class="unit">{escape(form.unit_line)}</p>')
    if style.one_table:
        out.append(one_table(form, style, rng))
    else:
        out += [stacked_table(section, style, rng) for section in form.sections]
    out += [f'<p class="after">{escape(line)}</p>' for line in form.after]
    return "".join(out)


def section_widths(section, style, rng):
    """Relative widths of a section's columns, in the taste of the style."""
    key = (section.name, len(section.widths))
    if key not in style.jitter:
        style.jitter[key] = [rng.uniform(1 - style.width_jitter, 1 + style.width_jitter) for _ in section.widths]
    widths = [w * j for w, j in zip(section.widths, style.jitter[key])]
    widths[0] *= style.label_width
    return [w / sum(widths) for w in widths]


def stacked_table(section, style, rng):
    """Each section a table of its own, its columns where they like to be."""
    widths = section_widths(section, style, rng)
    cols = "".join(f'<col style="width:{w * 100:.2f}%">' for w in widths)
    rows = [row_html(row, style, [1] * len(widths), columns) for row, columns in with_columns(section)]
    head = section.header_rows if style.repeat_header else 0
    thead = f"<thead>{''.join(rows[:head])}</thead>" if head else ""
    return f'<table class="{section.name}"><colgroup>{cols}</colgroup>{thead}<tbody>{"".join(rows[head:])}</tbody></table>'


def one_table(form, style, rng):
    """The whole form one table on a common grid; sections reach over several of its columns."""
    cols = f'<col style="width:{100 / GRID:.4f}%">' * GRID
    rows = []
    for section in form.sections:
        widths = section_widths(section, style, rng)
        edges = [0]
        total = 0.0
        for w in widths:
            total += w
            edges.append(max(edges[-1] + 1, round(total * GRID)))
        edges[-1] = GRID
        spans = [b - a for a, b in zip(edges, edges[1:])]
        rows += [row_html(row, style, spans, columns) for row, columns in with_columns(section)]
    return f'<table><colgroup>{cols}</colgroup><tbody>{"".join(rows)}</tbody></table>'


def with_columns(section):
    """Each row with the first columns of its cells, rowspans from above counted."""
    covered = {}
    out = []
    for r, row in enumerate(section.rows):
        columns = []
        col = 0
        for cell in row:
            while (r, col) in covered:
                col += 1
            columns.append(col)
            for dr in range(cell.rowspan):
                for dc in range(cell.colspan):
                    covered[(r + dr, col + dc)] = True
            col += cell.colspan
        out.append((row, columns))
    return out


def row_html(row, style, spans, columns):
    out = []
    for cell, col in zip(row, columns):
        span = sum(spans[col:col + cell.colspan])
        attributes = (f' colspan="{span}"' if span > 1 else "") + (f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else "")
        tall = style.vertical and cell.role in ("label", "level") and cell.rowspan > 2 and len(cell.text) < 9
        cls = cell.role + (" tall" if tall else "") + (" first" if col == 0 else "")
        out.append(f'<td class="{cls}"{attributes}>{cell_html(cell, style)}</td>')
    return f"<tr>{''.join(out)}</tr>"


def cell_html(cell, style):
    text = cell.text
    if not text:
        return "&nbsp;" if style.nbsp_empty else ""
    if cell.role == "narrative_with_label":
        label, _, rest = text.partition("\n")
        return f'<div class="inner">{escape(label)}</div>' + paragraphs(rest, style)
    if cell.role == "narrative":
        return paragraphs(text, style)
    if cell.role in ("label", "level", "label_row") and style.wrap_two and len(text) > 3 and cell.role != "label_row":
        return "<br>".join(escape(text[i:i + 2]) for i in range(0, len(text), 2))
    if cell.role == "sublabel" and style.sub_indent:
        return f'<span style="padding-left:{style.sub_indent}em">{escape(text)}</span>'
    if cell.role == "target" and style.typed_target:
        text = typed(text)
    if cell.role in ("target", "number", "value") and style.full_width:
        text = text.translate(FULL_WIDTH)
    text = "<br>".join(escape(line) for line in text.split("\n"))
    if cell.role == "options":
        text = text.replace(BOX_EMPTY, '<span class="box"></span>').replace(BOX_TICKED, drawn_mark(style))
    return text


# Stand-ins for boxes that are drawn, not written.
BOX_EMPTY, BOX_TICKED = "\ue000", "\ue001"
FULL_WIDTH = str.maketrans("0123456789.,%-", "０１２３４５６７８９．，％－")


def drawn_mark(style):
    """A ticked box of rules: a written mark inside, a filled square, or a drawn cross or tick."""
    kind = style.box_mark
    if kind == "fill":
        return '<span class="box"><span class="inside"></span></span>'
    if kind in ("cross", "tick"):
        path = "M2 2L10 10M10 2L2 10" if kind == "cross" else "M2 6L5 10L11 1"
        return ('<span class="box"><svg width="100%" height="100%" viewBox="0 0 12 12"><path fill="none" stroke="#000" '
                f'stroke-width="1.5" d="{path}"/></svg></span>')
    return f'<span class="box">{kind}</span>'


def typed(text):
    """Spaces as a typist puts them: after an operator and around brackets."""
    for sign in ("≥", "≤", "="):
        if text.startswith(sign) and not text.startswith(">="):
            return sign + " " + text[1:].replace("(", " (")
    return text


def paragraphs(text, style):
    indent = "　　" if style.typed_indent else ""
    if style.br_paragraphs:
        return "<br>".join(indent + escape(p) for p in text.split("\n"))
    return "".join(f"<p>{indent}{escape(p)}</p>" for p in text.split("\n"))


# ---------------------------------------------------------------- style sheet

def css(style):
    s = style
    line = f"{s.rule}px {s.rule_style} {s.rule_colour}"
    rules = [
        f"@page {{ size: {s.paper}; margin: {s.margin[0]}mm {s.margin[1]}mm {s.margin[2]}mm {s.margin[3]}mm }}",
        f"body {{ margin:0; font-family:{FONTS[s.font]}; font-size:{s.size}pt; line-height:{s.leading}; color:{s.ink}; "
        f"letter-spacing:{s.letter_spacing}em }}",
        "p { margin:0 }",
        f"h1 {{ font-family:{FONTS[s.title_font]}; font-size:{s.title_size}pt; text-align:center; margin:{s.title_space}mm 0 1mm; "
        f"font-weight:{s.title_weight} }}",
        f".year {{ text-align:{s.year_align}; margin:0 0 2mm }}",
        ".unit { margin:0 0 1mm }",
        ".after { margin-top:2mm }",
        ".loose { margin:0 0 2mm }",
        ".cover { page-break-after:always; text-align:center; padding-top:60mm; font-size:16pt; line-height:2.2 }",
        ".form { } .next { page-break-before:always }",
        f"table {{ width:{s.table_width}%; table-layout:{s.table_layout}; border-collapse:{s.collapse}; border-spacing:{s.spacing}px; "
        f"margin:0 {s.table_margin} }}",
        f"table + table {{ margin-top:{s.section_gap} }}",
        f"td {{ padding:{s.padding[0]}px {s.padding[1]}px; vertical-align:{s.valign}; word-break:{s.word_break}; "
        f"overflow-wrap:anywhere; text-align:{s.value_align}; height:{s.row_height} }}",
        f"td.label, td.level, td.head, td.label_row {{ text-align:{s.label_align}; font-weight:{s.label_weight} }}",
        "td.head { text-align:center }",
        f"td.sublabel {{ text-align:{s.sub_align} }}",
        f"td.number {{ text-align:{s.number_align} }}",
        f"td.target {{ text-align:{s.target_align} }}",
        f"td.narrative, td.narrative_with_label {{ text-align:{s.text_align}; vertical-align:{s.text_valign} }}",
        f"td.narrative p, td.narrative_with_label p {{ text-indent:{s.indent}em; margin-bottom:{s.para_space}em }}",
        "td.tall { writing-mode:vertical-rl; text-orientation:upright; text-align:center; letter-spacing:.2em }",
        "td.options { white-space:pre-wrap }",
        ".box { display:inline-block; width:.8em; height:.8em; line-height:.8em; border:1px solid #000; vertical-align:-.05em; "
        "font-size:.9em; text-align:center; overflow:visible; white-space:nowrap }",
        ".inside { display:block; width:.5em; height:.5em; margin:.15em; background:#000 }",
    ]
    rules += borders(s, line)
    if s.fill:
        rules.append(f"td.label, td.head, td.label_row {{ background:{s.fill} }}")
    if s.fake_bold:
        rules.append(f"td.label, td.head, h1 {{ -webkit-text-stroke:{s.fake_bold}px {s.ink} }}")
    if s.shadow:  # a glyph drawn twice, nearly at one spot
        rules.append(f"td.label, td.head, h1 {{ text-shadow:{s.shadow}px 0 0 {s.ink} }}")
    if s.label_spread:
        rules.append("td.label { text-align:justify; text-align-last:justify }")
    if s.break_inside == "avoid":
        rules.append("tr { break-inside:avoid }")
    if s.clone:
        rules.append("td { box-decoration-break:clone; -webkit-box-decoration-break:clone }")
    if s.watermark:
        rules.append(f".mark {{ position:fixed; top:40%; left:10%; font-size:{s.mark_size}pt; transform:rotate(-{s.mark_angle}deg); "
                     f"color:{s.mark_colour}; z-index:{s.mark_layer}; white-space:nowrap }}")
    return "\n".join(rules)


def borders(s, line):
    """How rules are drawn: collapsed, doubled, as gaps of a dark background, open at the sides, only inside."""
    if s.border == "background":
        return [f"table {{ background:{s.rule_colour}; border-collapse:separate; border-spacing:{max(s.rule, 1)}px }} "
                "td { background:#fff; border:0 }"]
    if s.border == "half":  # every cell draws its right and lower rule, the table the rest
        return [f"table {{ border-collapse:separate; border-spacing:0; border-top:{line}; border-left:{line} }}",
                f"td {{ border-right:{line}; border-bottom:{line} }} table + table {{ border-top:0 }}"]
    if s.border == "separate":
        return [f"td {{ border:{line} }}"]
    rules = [f"td {{ border:{line} }}"]
    if s.border == "outer":
        rules.append(f"table {{ border:{s.rule + 1.5}px solid {s.rule_colour} }}")
    if s.border == "open":
        rules.append("td.first { border-left:0 } td:last-child { border-right:0 }")
    if s.border == "inside":
        rules.append("td.first { border-left:0 } td:last-child { border-right:0 } tr:first-child td { border-top:0 }")
        if s.one_table:
            rules.append("tr:last-child td { border-bottom:0 }")
    if not s.one_table and s.collapse == "collapse":
        rules.append("table + table { margin-top:-%gpx }" % s.rule if s.section_gap == "0" else "table + table {}")
    return rules
