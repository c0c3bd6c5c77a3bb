"""Sets forms as text: what converters leave of a form's tables.

A manner is a kind of converter:

| manner | is |
| --- | --- |
| `tabs` | a line a row, cells parted by tabs, merged cells in their first place |
| `slipped` | the same from a recognizer: cells slip a column, labels are wrapped, page breaks cut rows and texts, `<p>` in cells |
| `pipes` | Markdown tables |
| `html` | tables with spans, `<p>` and `<br>` in cells |
| `commas` | CSV |
| `lines` | lines of words, hard-wrapped, nothing but spaces between cells |
"""
import html
import re

MANNERS = {"tabs": "txt", "slipped": "txt", "pipes": "md", "html": "html", "commas": "csv", "lines": "txt"}
WIDTH = 42  # characters of a wrapped line


def converted(blocks, manner, rng):
    """One file. `blocks` is a list of ("form", Form) and ("line", text)."""
    out = []
    for kind, content in blocks:
        out.append(form_text(content, manner, rng) if kind == "form" else line(content, manner))
    body = "".join(out)
    return f"<!DOCTYPE html>\n<html><body>\n{body}</body></html>\n" if manner == "html" else body


def line(text, manner):
    if manner == "html":
        return f"<p>{html.escape(text)}</p>\n"
    return f"{text}\n" if manner == "commas" else f"{text}\n\n"


def form_text(form, manner, rng):
    heads = [form.title, form.subtitle, form.unit_line]
    out = [line(("# " if manner == "pipes" and i == 0 else "") + h, manner) for i, h in enumerate(heads) if h]
    for section in form.sections:
        out.append(SETTERS[manner](section, rng))
    return "".join(out) + ("" if manner == "html" else "\n")


def grid(section):
    """The section's rows as lists of (column, cell): cells that span rows push the others right."""
    free, rows = {}, []
    for r, row in enumerate(section.rows):
        col, placed = 0, []
        for cell in row:
            while free.get(col, 0) > r:
                col += 1
            placed.append((col, cell))
            for c in range(col, col + cell.colspan):
                free[c] = r + cell.rowspan
            col += cell.colspan
        rows.append(placed)
    return rows, max(free, default=0) + 1


def texts(section):
    """The grid as rows of as many texts, merged cells in their first place."""
    rows, columns = grid(section)
    out = []
    for row in rows:
        texts = [""] * columns
        for col, cell in row:
            texts[col] = cell.text
        out.append(texts)
    return out


def flat(text):
    return text.replace("\n", "")


def paragraphs(text):
    """A cell with its paragraphs in tags."""
    parts = text.split("\n")
    return text if len(parts) == 1 else " ".join(f"<p>{part}</p>" for part in parts)


def marked(text):
    """Tick boxes as converters of HTML write them."""
    return text.replace("☑", ' <input checked="" type="checkbox"/>').replace("□", ' <input type="checkbox"/>')


def set_tabs(section, rng):
    return "".join("\t".join(paragraphs(t) for t in row) + "\n" for row in texts(section))


def set_pipes(section, rng):
    rows = texts(section)
    out = ["| " + " | ".join(t.replace("|", "\\|").replace("\n", "<br>") for t in row) + " |\n" for row in rows]
    return "".join(out[:1] + ["|" + "---|" * len(rows[0]) + "\n"] + out[1:]) + "\n"


def set_commas(section, rng):
    quoted = lambda t: '"' + t.replace('"', '""') + '"' if re.search(r'[",\n]', t) else t
    return "".join(",".join(quoted(t) for t in row) + "\n" for row in texts(section))


def set_html(section, rng):
    out = ["<table>\n"]
    for row in section.rows:
        out.append("<tr>")
        for cell in row:
            spans = "".join(f' {name}="{n}"' for name, n in (("rowspan", cell.rowspan), ("colspan", cell.colspan)) if n > 1)
            text = html.escape(cell.text, quote=False)
            parts = text.split("\n")
            text = "<br>".join(parts) if rng.random() < .5 else "".join(f"<p>{p}</p>" for p in parts)
            out.append(f"<td{spans}>{text}</td>")
        out.append("</tr>\n")
    return "".join(out) + "</table>\n"


# ---------------------------------------------------------------- damage

def wrapped_label(text, rng):
    """数量指标 as 数量 指标, as cells of two characters a line come out."""
    return " ".join(text[i:i + 2] for i in range(0, len(text), 2)) if len(text) > 2 and rng.random() < .5 else text


def slip(row, rng):
    """The row with one empty cell more or less before its texts."""
    if rng.random() < .5:
        return row[1:] + [""] if row[0] == "" else row
    return [""] + row


def cut(row, rng):
    """A row that a page break cuts: a text goes on in the next row; nothing where no text is long."""
    long = [i for i, t in enumerate(row) if len(t) > 12 and not re.search(r"[\d(（]", t)]
    if not long:
        return None
    at = rng.choice(long)
    where = rng.randint(5, len(row[at]) - 3)
    rest = [""] * len(row)
    rest[at] = row[at][where:]
    return row[:at] + [row[at][:where]] + row[at + 1:], rest


def set_slipped(section, rng):
    out, rows = [], texts(section)
    levels = {id(cell) for row in section.rows for cell in row if cell.role == "level"}
    names = {cell.text for row in section.rows for cell in row if id(cell) in levels}
    for n, row in enumerate(rows):
        row = [wrapped_label(t, rng) if t in names else marked(paragraphs(t)) for t in row]
        parts = [row]
        if section.name == "indicators" and n >= max(1, section.header_rows):
            if rng.random() < .12:
                parts = list(cut(row, rng) or [row])
            if rng.random() < .2:
                parts[0] = slip(parts[0], rng)
        out.append("\n\n".join("\t".join(part) for part in parts))
    return "\n".join(out) + "\n"


def wrapped(text, width=WIDTH):
    return [text[i:i + width] for i in range(0, len(text), width)] or [""]


def set_lines(section, rng):
    out = []
    for row in section.rows:
        cells = [cell for cell in row if cell.text]
        if any(cell.role.startswith("narrative") or "\n" in cell.text for cell in cells):
            for cell in cells:
                for paragraph in cell.text.split("\n"):
                    out += wrapped(paragraph)
                out.append("")
            continue
        words, narrow = [], 16
        for cell in cells:
            # A long text of a narrow cell is wrapped where it stands.
            if cell.role in ("value", "target") and section.name == "indicators" and len(cell.text) > narrow:
                out += ([" ".join(words)] if words else []) + wrapped(cell.text, narrow)
                words = []
            else:
                words.append(flat(cell.text))
        out += ([" ".join(words)] if words else []) + [""]
    return "\n".join(out) + "\n"


SETTERS = {"tabs": set_tabs, "slipped": set_slipped, "pipes": set_pipes, "html": set_html, "commas": set_commas,
           "lines": set_lines}
