"""Sets forms as LibreOffice documents: a spreadsheet (one form per sheet) or a text document, and converts them to PDF."""
import html
import os
import re
import subprocess
import tempfile

import html_page

OFFICE_FONTS = {"song": "Noto Serif CJK SC", "hei": "Noto Sans CJK SC", "ming": "AR PL UMing CN", "kai": "AR PL UKai CN",
                "zen": "WenQuanYi Zen Hei"}
NAMESPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.3"')
BODY_MM = 180.0   # the width of a form
MM_PER_POINT = 25.4 / 72


def escape(text):
    return html.escape(text, quote=True)


def document(blocks, style, rng):
    return calc_document(blocks, style, rng) if style.producer == "calc" else writer_document(blocks, style, rng)


# ---------------------------------------------------------------- styles of both

def cell_style(name, style, align, valign, bold=False, border=True, fill="", calc=True):
    font = OFFICE_FONTS.get(style.font, "Noto Serif CJK SC")
    line = f"{style.rule}pt solid #000000" if border else "none"
    weight = 'fo:font-weight="bold" style:font-weight-asian="bold"' if bold else ""
    wrap = 'fo:wrap-option="wrap"' if calc else ""
    fill = f'fo:background-color="{fill}"' if fill and len(fill) == 7 else ""
    paragraph = f'<style:paragraph-properties fo:text-align="{align}"/>'
    text = (f'<style:text-properties style:font-name="F" style:font-name-asian="F" fo:font-size="{style.size}pt" '
            f'style:font-size-asian="{style.size}pt" {weight}/>')
    cell = f'<style:table-cell-properties fo:border="{line}" style:vertical-align="{valign}" fo:padding="0.6mm" {wrap} {fill}/>'
    fonts = f'<style:font-face style:name="F" svg:font-family="\'{font}\'"/>'
    if calc:
        return fonts, f'<style:style style:name="{name}" style:family="table-cell">{cell}{paragraph}{text}</style:style>'
    return fonts, (f'<style:style style:name="{name}" style:family="table-cell">{cell}</style:style>'
                   f'<style:style style:name="P{name}" style:family="paragraph">{paragraph}{text}</style:style>')


def alignments(style):
    end = {"left": "start", "center": "center", "right": "end", "justify": "justify"}
    return {
        "label": (end[style.label_align], True), "level": (end[style.label_align], True), "head": ("center", True),
        "label_row": ("start", True), "sublabel": (end[style.sub_align], False), "number": (end[style.number_align], False),
        "target": (end[style.target_align], False), "narrative": (end[style.text_align], False),
        "narrative_with_label": (end[style.text_align], False), "options": ("start", False),
        "value": (end[style.value_align], False)}


def role_styles(style, calc):
    out = []
    fonts = ""
    for role, (align, heading) in alignments(style).items():
        valign = style.text_valign if role.startswith("narrative") else style.valign
        bold = heading and style.label_weight == "bold"
        fonts, xml = cell_style(role, style, align, valign, bold, True, style.fill if heading else "", calc)
        out.append(xml)
    return fonts, "".join(out)


def page_layout(style, scale_to_width):
    top, right, bottom, left = style.margin
    wide = "landscape" in style.paper
    width, height = (297, 210) if wide else (210, 297)
    scale = 'style:scale-to-X="1" style:scale-to-Y="0"' if scale_to_width else ""
    footer = ""
    if style.footer:
        text = escape(style.footer).replace("{page}", "<text:page-number>1</text:page-number>").replace(
            "{pages}", "<text:page-count>1</text:page-count>")
        footer = f'<style:footer><text:p text:style-name="Running">{text}</text:p></style:footer>'
    properties = (f'<style:page-layout-properties fo:page-width="{width}mm" fo:page-height="{height}mm" '
                  f'style:print-orientation="{"landscape" if wide else "portrait"}" fo:margin-top="{top}mm" '
                  f'fo:margin-bottom="{bottom}mm" fo:margin-left="{left}mm" fo:margin-right="{right}mm" {scale}/>')
    footer_style = '<style:footer-style><style:header-footer-properties fo:min-height="8mm" fo:margin-top="2mm"/></style:footer-style>'
    return (f'<style:page-layout style:name="L">{properties}{footer_style if footer else ""}</style:page-layout>',
            f'<style:master-page style:name="Default" style:page-layout-name="L">{footer}</style:master-page>'
            f'<style:master-page style:name="Standard" style:page-layout-name="L">{footer}</style:master-page>')


def text_style(name, size, align, bold=False, before_page=False):
    weight = 'fo:font-weight="bold" style:font-weight-asian="bold"' if bold else ""
    page = 'fo:break-before="page"' if before_page else ""
    return (f'<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties fo:text-align="{align}" {page}/>'
            f'<style:text-properties style:font-name="F" style:font-name-asian="F" fo:font-size="{size}pt" '
            f'style:font-size-asian="{size}pt" {weight}/></style:style>')


def grid_widths(form, style, rng):
    """Edges of all sections on one grid, for a spreadsheet: positions from 0 to 1, and each section's columns on it."""
    sections = []
    edges = {0.0, 1.0}
    for section in form.sections:
        total = 0.0
        places = [0.0]
        for w in html_page.section_widths(section, style, rng):
            total += w
            places.append(round(min(total, 1.0) * 36) / 36)
        places[-1] = 1.0
        for i in range(1, len(places)):
            places[i] = max(places[i], round(places[i - 1] + 1 / 36, 9))
        places[-1] = max(1.0, places[-1])
        sections.append([round(p, 6) for p in places])
        edges.update(sections[-1])
    edges = sorted(edges)
    return edges, [[edges.index(p) for p in places] for places in sections]


# ---------------------------------------------------------------- spreadsheet

def calc_document(blocks, style, rng):
    fonts, cells = role_styles(style, True)
    layout, master = page_layout(style, True)
    sheets = []
    column_styles = {}
    row_styles = {}
    forms = [content for kind, content in blocks if kind == "form"]
    loose = [content for kind, content in blocks if kind == "line"]
    for i, form in enumerate(forms):
        sheets.append(sheet(form, style, rng, i, loose if i == 0 else [], column_styles, row_styles))
    automatic = "".join(
        f'<style:style style:name="{name}" style:family="table-column"><style:table-column-properties '
        f'style:column-width="{mm:.2f}mm"/></style:style>' for mm, name in column_styles.items())
    automatic += "".join(
        f'<style:style style:name="{name}" style:family="table-row"><style:table-row-properties style:row-height="{mm:.2f}mm" '
        f'style:use-optimal-row-height="false"/></style:style>' for mm, name in row_styles.items())
    plain = [cell_style("title", style, "center", "middle", True, False)[1].replace(f'"{style.size}pt"', f'"{style.title_size}pt"'),
             cell_style("year", style, "center", "middle", False, False)[1], cell_style("unit", style, "start", "middle", False, False)[1]]
    table = ('<style:style style:name="T" style:family="table" style:master-page-name="Default"><style:table-properties '
             'table:display="true"/></style:style>')
    return (f'<?xml version="1.0" encoding="UTF-8"?><office:document {NAMESPACES} '
            'office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
            f'<office:font-face-decls>{fonts}</office:font-face-decls>'
            f'<office:styles>{text_style("Running", 9, "center")}</office:styles>'
            f'<office:automatic-styles>{table}{automatic}{cells}{"".join(plain)}{layout}</office:automatic-styles>'
            f'<office:master-styles>{master}</office:master-styles>'
            f'<office:body><office:spreadsheet>{"".join(sheets)}</office:spreadsheet></office:body></office:document>')


def named(styles, mm, prefix):
    mm = round(mm, 2)
    return styles.setdefault(mm, f"{prefix}{len(styles)}")


def lines_needed(text, width_mm, style):
    """Lines that a text takes in a column; half-width characters count half. Generous, as a typist would be."""
    per_line = max(1.0, (width_mm - 2.0) / (style.size * MM_PER_POINT) - .5)
    total = 0
    for paragraph in text.split("\n"):
        units = sum(.58 if ord(c) < 256 else 1 for c in paragraph)
        total += max(1, int(-(-units // per_line)))
    return total


def sheet(form, style, rng, index, loose, column_styles, row_styles):
    edges, places = grid_widths(form, style, rng)
    widths = [(b - a) * BODY_MM for a, b in zip(edges, edges[1:])]
    columns = "".join(f'<table:table-column table:style-name="{named(column_styles, w, "c")}"/>' for w in widths)
    count = len(widths)
    line_mm = style.size * MM_PER_POINT * 1.45
    rows = []

    def whole(text, name, height):
        rows.append(f'<table:table-row table:style-name="{named(row_styles, height, "r")}"><table:table-cell '
                    f'table:style-name="{name}" table:number-columns-spanned="{count}" table:number-rows-spanned="1" '
                    f'office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'
                    f'<table:covered-table-cell table:number-columns-repeated="{count - 1}"/></table:table-row>')

    for text in loose:
        whole(text, "unit", line_mm * 1.6)
    whole(form.title, "title", style.title_size * MM_PER_POINT * 1.6)
    if form.subtitle:
        whole(form.subtitle, "year", line_mm * 1.3)
    if form.unit_line:
        whole(form.unit_line, "unit", line_mm * 1.3)
    for section, at in zip(form.sections, places):
        rows += sheet_rows(section, at, widths, style, line_mm, row_styles)
    for text in form.after:
        whole(text, "unit", line_mm * 1.3)
    return f'<table:table table:name="表{index + 1}" table:style-name="T">{columns}{"".join(rows)}</table:table>'


def sheet_rows(section, at, widths, style, line_mm, row_styles):
    placed = html_page.with_columns(section)
    heights = [line_mm * 1.2] * len(placed)
    for r, (row, columns) in enumerate(placed):
        for cell, col in zip(row, columns):
            width = sum(widths[at[col]:at[col + cell.colspan]])
            need = lines_needed(cell.text, width, style) * line_mm + 1.5
            # What a merged cell needs is shared by its rows.
            share = need / cell.rowspan
            for k in range(r, min(r + cell.rowspan, len(heights))):
                heights[k] = max(heights[k], share)
    out = []
    covered = {}
    for r, (row, columns) in enumerate(placed):
        by_column = {at[col]: (cell, col) for cell, col in zip(row, columns)}
        cells = []
        for c in range(len(widths)):
            if c in by_column:
                cell, col = by_column[c]
                span = at[col + cell.colspan] - at[col]
                cells.append(sheet_cell(cell, span))
                for dr in range(cell.rowspan):
                    for dc in range(span):
                        covered[(r + dr, c + dc)] = True
            else:
                cells.append("<table:covered-table-cell/>")
        out.append(f'<table:table-row table:style-name="{named(row_styles, heights[r], "r")}">{"".join(cells)}</table:table-row>')
    return out


def sheet_cell(cell, span):
    name = cell.role
    spans = f'table:number-columns-spanned="{span}" table:number-rows-spanned="{cell.rowspan}"'
    body = "".join(f"<text:p>{escape(line)}</text:p>" for line in cell.text.split("\n")) if cell.text else ""
    kind = 'office:value-type="string"' if body else ""
    return f'<table:table-cell table:style-name="{name}" {spans} {kind}>{body}</table:table-cell>'


# ---------------------------------------------------------------- text document

def writer_document(blocks, style, rng):
    fonts, cells = role_styles(style, False)
    layout, master = page_layout(style, False)
    automatic = {}
    body = []
    number = 0
    for kind, content in blocks:
        if kind == "line":
            body.append(f'<text:p text:style-name="Loose">{escape(content)}</text:p>')
        elif kind == "cover":
            body += [f'<text:p text:style-name="Year">{escape(line)}</text:p>' for line in content]
        else:
            body.append(writer_form(content, style, rng, number, automatic))
            number += 1
    paragraphs = (text_style("Title1", style.title_size, "center", True) + text_style("Title2", style.title_size, "center", True, True)
                  + text_style("Year", style.size, "center") + text_style("Loose", style.size, "start") +
                  text_style("Gap", 2, "start"))
    return (f'<?xml version="1.0" encoding="UTF-8"?><office:document {NAMESPACES} '
            'office:mimetype="application/vnd.oasis.opendocument.text">'
            f'<office:font-face-decls>{fonts}</office:font-face-decls>'
            f'<office:styles>{text_style("Running", 9, "center")}</office:styles>'
            f'<office:automatic-styles>{paragraphs}{"".join(automatic.values())}{cells}{layout}</office:automatic-styles>'
            f'<office:master-styles>{master}</office:master-styles>'
            f'<office:body><office:text>{"".join(body)}</office:text></office:body></office:document>')


def writer_form(form, style, rng, number, automatic):
    out = [f'<text:p text:style-name="{"Title1" if number == 0 else "Title2"}">{escape(form.title)}</text:p>']
    if form.subtitle:
        out.append(f'<text:p text:style-name="Year">{escape(form.subtitle)}</text:p>')
    if form.unit_line:
        out.append(f'<text:p text:style-name="Loose">{escape(form.unit_line)}</text:p>')
    if style.one_table:
        edges, places = grid_widths(form, style, rng)
        widths = [b - a for a, b in zip(edges, edges[1:])]
        rows = []
        for section, at in zip(form.sections, places):
            rows += writer_rows(section, at, len(widths))
        out.append(writer_table(f"t{number}", widths, rows, 0, automatic, style))
    else:
        for i, section in enumerate(form.sections):
            widths = html_page.section_widths(section, style, rng)
            rows = writer_rows(section, list(range(len(widths) + 1)), len(widths))
            head = section.header_rows if style.repeat_header else 0
            out.append(writer_table(f"t{number}s{i}", widths, rows, head, automatic, style))
            if i + 1 < len(form.sections):
                # Two tables of a text document need a paragraph between them; it is two points high.
                out.append('<text:p text:style-name="Gap"/>')
    out += [f'<text:p text:style-name="Loose">{escape(line)}</text:p>' for line in form.after]
    return "".join(out)


def writer_table(name, widths, rows, head, automatic, style):
    body = max(100.0, (297 if "landscape" in style.paper else 210) - style.margin[1] - style.margin[3])
    automatic[name] = (f'<style:style style:name="{name}" style:family="table"><style:table-properties style:width="{body:.1f}mm" '
                       f'table:align="margins" table:border-model="collapsing"/></style:style>')
    columns = []
    for i, w in enumerate(widths):
        column = f"{name}.{i}"
        automatic[column] = (f'<style:style style:name="{column}" style:family="table-column"><style:table-column-properties '
                             f'style:column-width="{w * body:.2f}mm"/></style:style>')
        columns.append(f'<table:table-column table:style-name="{column}"/>')
    header = f"<table:table-header-rows>{''.join(rows[:head])}</table:table-header-rows>" if head else ""
    return (f'<table:table table:name="{name}" table:style-name="{name}">{"".join(columns)}{header}{"".join(rows[head:])}'
            "</table:table>")


def writer_rows(section, at, count):
    out = []
    for row, columns in html_page.with_columns(section):
        by_column = {at[col]: (cell, col) for cell, col in zip(row, columns)}
        cells = []
        for c in range(count):
            if c not in by_column:
                cells.append("<table:covered-table-cell/>")
                continue
            cell, col = by_column[c]
            span = at[col + cell.colspan] - at[col]
            body = "".join(f'<text:p text:style-name="P{cell.role}">{escape(line)}</text:p>' for line in cell.text.split("\n"))
            cells.append(f'<table:table-cell table:style-name="{cell.role}" table:number-columns-spanned="{span}" '
                         f'table:number-rows-spanned="{cell.rowspan}" office:value-type="string">{body}</table:table-cell>')
        out.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    return out


# ---------------------------------------------------------------- conversion

def convert(jobs):
    """Converts documents to PDF: `jobs` holds (path of the PDF, document, producer)."""
    if not jobs:
        return
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for i, (_, text, producer) in enumerate(jobs):
            paths.append(os.path.join(folder, f"{i}.{'fods' if producer == 'calc' else 'fodt'}"))
            with open(paths[-1], "w", encoding="utf-8") as f:
                f.write(text)
        subprocess.run(["libreoffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf",
                        "--outdir", folder, *paths], check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, timeout=600)
        for i, (target, _, _) in enumerate(jobs):
            with open(os.path.join(folder, f"{i}.pdf"), "rb") as f:
                data = f.read()
            with open(target, "wb") as f:
                f.write(settled(data))


def settled(data):
    """The same bytes on any day: LibreOffice writes the time and a random identifier into each file."""
    data = re.sub(rb"/CreationDate\(D:\d{14}[^)]*\)", lambda m: b"/CreationDate(D:20250101000000" + b"Z" * (len(m.group()) - 31)
                  + b")", data)
    data = re.sub(rb"<[0-9A-F]{32}>", b"<" + b"0" * 32 + b">", data)
    return re.sub(rb"/DocChecksum /[0-9A-F]{32}", b"/DocChecksum /" + b"0" * 32, data)
