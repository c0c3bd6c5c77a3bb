"""Prints what a workbook holds: for each sheet its name, whether the header is frozen, how many columns have a width,
and the first rows with the type of each cell (s text, n number, b yes or no)."""
import re
import sys
import zipfile

with zipfile.ZipFile(sys.argv[1]) as book:
    assert book.testzip() is None
    names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
    shared = []
    if "xl/sharedStrings.xml" in book.namelist():
        shared = re.findall(r"<si><t[^>]*>(.*?)</t></si>", book.read("xl/sharedStrings.xml").decode(), re.S)
    for number, name in enumerate(names, 1):
        xml = book.read(f"xl/worksheets/sheet{number}.xml").decode()
        assert xml.rstrip().endswith("</worksheet>")
        frozen = "frozen" if 'state="frozen"' in xml else "loose"
        formulas = xml.count("<f>")
        print(f"{name} {frozen} widths {xml.count('<col ')} formulas {formulas}")
        for row in re.findall(r"<row [^>]*>(.*?)</row>", xml, re.S)[:3]:
            cells = []
            for attributes, body in re.findall(r"<c ([^>]*)>(.*?)</c>", row, re.S):
                kind = (re.findall(r't="(\w+)"', attributes) or ["n"])[0]
                text = re.sub(r"<[^>]+>", "", body)
                if kind == "s":
                    text = shared[int(text)]
                cells.append({"inlineStr": "s"}.get(kind, kind) + ":" + text)
            print("  " + " | ".join(cells))
