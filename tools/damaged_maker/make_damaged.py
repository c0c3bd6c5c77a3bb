#!/usr/bin/env python3
"""Writes fixtures/damaged: small PDF files with one defect each, and what the reader says to them.

    tools/damaged_maker/make_damaged.py fixtures/damaged

The same input gives the same bytes. `expected.txt` has a line for each file: its name, and "ok"
where pages can be read all the same or else the code of the `Error` (see core/page/error.h).
"""

import pathlib
import sys
import zlib

FONT = b"/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
TREE = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
TEXT = b"BT /F1 12 Tf 20 100 Td (Form) Tj ET 20 90 m 180 90 l S"


def stream(entries, data):
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(data), data)


def pdf(objects, trailer=b""):
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for offset in offsets:
        out += b"%010d 00000 n \n" % offset
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, trailer, start)
    return bytes(out)


def page(content=TEXT, entries=b"", resources=b"", filters=b"", media=b"0 0 200 200", catalog=b"",
         more=()):
    return pdf([
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        TREE,
        b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R /Resources << %s %s >> %s >>"
        % (media, FONT, resources, entries),
        stream(filters, content),
        *more,
    ])


def form(entries, content):
    return stream(b"/Type /XObject /Subtype /Form /BBox [0 0 200 200] " + entries, content)


def bomb(levels, size):
    """`size` spaces, packed `levels` times."""
    packer = zlib.compressobj(9)
    block = b" " * (1 << 20)
    data = b"".join(packer.compress(block) for _ in range(size >> 20)) + packer.flush()
    for _ in range(levels - 1):
        data = zlib.compress(data, 9)
    return data


def files():
    whole = page()
    yield "empty.pdf", b"", "empty_input"
    yield "header_only.pdf", b"%PDF-1.7\n", "damaged_input"
    yield "picture_named_pdf.pdf", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(200), "unknown_format"
    yield "no_xref.pdf", whole[:whole.index(b"xref")], "damaged_input"
    yield "cut_in_content.pdf", whole[:whole.index(b"endstream") - 20], "damaged_input"
    yield "xref_offset_wrong.pdf", whole.replace(b"startxref\n", b"startxref\n9"), "ok"
    yield "xref_entries_wrong.pdf", whole.replace(b" 00000 n", b" 00007 n"), "ok"
    yield "xref_points_to_itself.pdf", whole.replace(
        b"/Root 1", b"/Prev %d /Root 1" % whole.index(b"xref\n")), "ok"
    yield "xref_of_900_million.pdf", whole.replace(b"xref\n0 5", b"xref\n0 900000000"), "ok"
    yield "catalog_missing.pdf", whole.replace(b"/Root 1", b"/Root 9"), "damaged_input"
    yield "length_too_long.pdf", whole.replace(
        b"/Length %d" % len(TEXT), b"/Length 999999"), "ok"
    yield "length_names_itself.pdf", whole.replace(
        b"/Length %d" % len(TEXT), b"/Length 4 0 R"), "ok"

    yield "page_tree_loop.pdf", pdf(
        [CATALOG, b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>", b"null"]), "damaged_input"
    yield "page_tree_loop_of_two.pdf", pdf(
        [CATALOG, TREE, b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 1 >>"]), "damaged_input"
    yield "page_parent_loop.pdf", pdf(
        [CATALOG, b"<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 3 0 R >>",
         b"<< /Type /Page /Parent 3 0 R >>"]), "ok"
    yield "page_count_too_high.pdf", whole.replace(b"/Count 1", b"/Count 3"), "damaged_input"
    yield "page_count_of_a_billion.pdf", whole.replace(
        b"/Count 1", b"/Count 1000000000"), "damaged_input"
    yield "page_count_negative.pdf", whole.replace(b"/Count 1", b"/Count -1"), "damaged_input"
    yield "page_kid_missing.pdf", whole.replace(b"/Kids [3 0 R]", b"/Kids [7 0 R]"), "damaged_input"

    yield "page_of_a_billion_points.pdf", page(media=b"0 0 1000000000 1000000000"), "limit_exceeded"
    yield "page_without_area.pdf", page(media=b"0 0 0 0"), "ok"
    yield "page_box_of_names.pdf", page(media=b"/a /b /c /d"), "ok"
    yield "coordinates_overflow.pdf", page(
        content=b"1e300 0 0 1e300 0 0 cm 1 w 0 0 m 9e99 0 l S BT /F1 1e300 Tf (x) Tj ET"), "ok"
    yield "font_size_zero.pdf", page(
        content=b"BT /F1 0 Tf 20 20 Td (a) Tj /F1 9 Tf 0 Tz (b) Tj ET 0 0 0 0 0 0 cm "
                b"BT /F1 9 Tf (c) Tj ET"), "ok"

    yield "form_loop.pdf", page(
        b"/X Do", resources=b"/XObject << /X 5 0 R >>",
        more=[form(b"/Resources << /XObject << /X 5 0 R >> >>", b"/X Do")]), "ok"
    yield "form_loop_of_two.pdf", page(
        b"/X Do", resources=b"/XObject << /X 5 0 R >>",
        more=[form(b"/Resources << /XObject << /X 6 0 R >> >>", b"/X Do"),
              form(b"/Resources << /XObject << /X 5 0 R >> >>", b"/X Do")]), "ok"
    yield "forms_a_hundred_million_times.pdf", page(
        b"/X Do", resources=b"/XObject << /X 5 0 R >>",
        more=[form(b"/Resources << /XObject << /X %d 0 R >> >>" % (6 + i), b"/X Do " * 10)
              for i in range(8)] + [form(b"", b"0 0 5 5 re f")]), "limit_exceeded"
    yield "soft_mask_loop.pdf", page(
        b"/G gs 0 0 9 9 re f", resources=b"/ExtGState << /G 5 0 R >>",
        more=[b"<< /SMask << /S /Alpha /G 6 0 R >> >>",
              form(b"/Group << /S /Transparency >> /Resources << /ExtGState << /G 5 0 R >> >>",
                   b"/G gs 0 0 9 9 re f")]), "ok"
    yield "pattern_loop.pdf", page(
        b"/Pattern cs /P scn 0 0 200 200 re f", resources=b"/Pattern << /P 5 0 R >>",
        more=[stream(b"/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] "
                     b"/XStep 0.0001 /YStep 0.0001 /Resources << /Pattern << /P 5 0 R >> >>",
                     b"/Pattern cs /P scn 0 0 1 1 re f")]), "ok"
    yield "font_names_itself.pdf", page(
        resources=b"/Font << /F1 5 0 R >>",
        more=[b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H "
              b"/DescendantFonts [5 0 R] >>"]), "ok"
    yield "field_loop.pdf", page(
        entries=b"/Annots [5 0 R]", catalog=b"/AcroForm << /Fields [5 0 R] >>",
        more=[b"<< /T (a) /Kids [5 0 R] /Parent 5 0 R /Type /Annot /Subtype /Widget "
              b"/Rect [0 0 9 9] >>"]), "limit_exceeded"
    yield "fields_nested.pdf", page(
        catalog=b"/AcroForm << /Fields [5 0 R] >>",
        more=[b"<< /T (a) /Kids [%d 0 R] >>" % (6 + i) for i in range(300)]
        + [b"<< /T (b) /FT /Tx /V (x) >>"]), "limit_exceeded"

    yield "arrays_nested.pdf", page(zlib.compress(b"[" * 500000, 9),
                                    filters=b"/Filter /FlateDecode"), "ok"
    yield "states_saved_without_end.pdf", page(zlib.compress(b"q " * 5000000, 9),
                                               filters=b"/Filter /FlateDecode"), "limit_exceeded"
    yield "function_nested.pdf", page(
        b"/C cs .5 sc 0 0 9 9 re f",
        resources=b"/ColorSpace << /C [/Separation /X /DeviceGray 5 0 R] >>",
        more=[stream(b"/FunctionType 4 /Domain [0 1] /Range [0 1] /Filter /FlateDecode",
                     zlib.compress(b"{" * 1000000, 9))]), "limit_exceeded"
    yield "bomb_in_content.pdf", page(
        bomb(2, 1 << 30), filters=b"/Filter [/FlateDecode /FlateDecode]"), "limit_exceeded"
    yield "bomb_in_form.pdf", page(
        b"/X Do", resources=b"/XObject << /X 5 0 R >>",
        more=[form(b"/Filter [/FlateDecode /FlateDecode]", bomb(2, 1 << 30))]), "limit_exceeded"
    yield "bomb_in_character_map.pdf", page(
        resources=b"/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica "
                  b"/ToUnicode 5 0 R >> >>",
        more=[stream(b"/Filter [/FlateDecode /FlateDecode]", bomb(2, 1 << 30))]), "limit_exceeded"
    yield "glyphs_without_end.pdf", page(
        zlib.compress(b"BT /F1 9 Tf 0 50 Td (" + b"a" * 2500000 + b") Tj ET", 9),
        filters=b"/Filter /FlateDecode"), "limit_exceeded"
    yield "rules_without_end.pdf", page(
        zlib.compress(b"0 0 m 0 99 l S " * 600000, 9), filters=b"/Filter /FlateDecode"), "limit_exceeded"
    yield "picture_of_4_exapixels.pdf", page(
        b"q 100 0 0 100 0 0 cm /I Do Q", resources=b"/XObject << /I 5 0 R >>",
        more=[stream(b"/Type /XObject /Subtype /Image /Width 2000000000 /Height 2000000000 "
                     b"/BitsPerComponent 8 /ColorSpace /DeviceRGB", b"x")]), "ok"
    yield "jpeg2000_of_4_exapixels.pdf", page(
        b"q 100 0 0 100 0 0 cm /I Do Q", resources=b"/XObject << /I 5 0 R >>",
        more=[stream(b"/Type /XObject /Subtype /Image /Width 9 /Height 9 /Filter /JPXDecode",
                     b"\xff\x4f\xff\x51\x00\x29\x00\x00" + b"\x77\x35\x94\x00" * 2 + bytes(40))]), (
                         "limit_exceeded")
    yield "inline_picture_too_short.pdf", page(
        b"BI /W 2000000000 /H 2000000000 /BPC 8 /CS /RGB ID xxxx EI " + TEXT), "ok"
    yield "inline_picture_of_two_gigabytes.pdf", page(
        b"BI /W 100 /H 7000000 /BPC 8 /CS /RGB ID xxxx EI " + TEXT), "ok"
    yield "unknown_password.pdf", encrypted(), "encrypted"


def encrypted():
    """A file that says it is encrypted by a key that no password gives."""
    zero = b"<" + b"00" * 32 + b">"
    return pdf(
        [CATALOG, TREE, b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>"],
        b"/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O " + zero + b" /U " + zero
        + b" >> /ID [<00> <00>]")


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    lines = []
    for name, data, expected in files():
        (folder / name).write_bytes(data)
        lines.append(f"{name} {expected}\n")
    (folder / "expected.txt").write_text("".join(lines))


if __name__ == "__main__":
    main()
