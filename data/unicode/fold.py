#!/usr/bin/env python3
"""Makes src/text/fold_table.inc from Debian's unicode-data:

    python3 data/unicode/fold.py > src/text/fold_table.inc

Each code point's folded form: NFKC, lower case, simplified for traditional characters, one form of
quotes and dashes, nothing for characters without width. See LICENCE beside this file.
"""
import bz2
import unicodedata

FOLDER = "/usr/share/unicode/"
QUOTES = {"\u201c\u201d\u201e\u201f\u301d\u301e\u301f\u2033\u300c\u300d\u300e\u300f": '"',
          "\u2018\u2019\u201a\u201b\u2032\u0060\u00b4": "'",
          "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2500\u2501\u2043\ufe58": "-",
          "\u301c\u223c\u02dc": "~", "\u2236\ufe30": ":", "\u2027\u30fb\u2022\u22c5\u25cf": "\u00b7",
          "\u25cb\u25ef": "\u3007", "\u22ef": "...", "\u2044\u2215": "/", "\u3008": "\u300a",
          "\u3009": "\u300b", "\u2715\u2716\u2a2f": "\u00d7"}
NO_WIDTH = {0x00AD, 0x034F, 0x180B, 0x180C, 0x180D, 0x180E, 0x200B, 0x200C, 0x200D, 0x2060, 0x2061,
            0x2062, 0x2063, 0x2064, 0xFEFF} | set(range(0xFE00, 0xFE10)) | set(range(0xE0100, 0xE01F0))


def everyday(point):
    try:
        chr(point).encode("gb2312")
        return True
    except UnicodeEncodeError:
        return False


def variants():
    """Traditional → simplified. A character that is a simplified one too still goes to the other:
    both sides of a comparison are folded."""
    simplified, same = {}, {}
    for line in bz2.open(FOLDER + "Unihan_Variants.txt.bz2", "rt", encoding="utf-8"):
        if not line.startswith("U+"):
            continue
        point, field, value = line.rstrip("\n").split("\t")
        point = int(point[2:], 16)
        values = [int(v.split("<")[0][2:], 16) for v in value.split()]
        if field == "kSimplifiedVariant":
            others = [v for v in values if v != point]
            if others:
                simplified[point] = others[0]
        elif field == "kTraditionalVariant":
            for v in values:
                if v != point:
                    same.setdefault(v, point)
    for traditional, to in same.items():
        simplified.setdefault(traditional, to)
    # A variant of a traditional character (爲 of 為), unless it is in everyday use itself.
    for line in bz2.open(FOLDER + "Unihan_Variants.txt.bz2", "rt", encoding="utf-8"):
        if "\tkZVariant\t" in line or "\tkSemanticVariant\t" in line:
            point, _, value = line.rstrip("\n").split("\t")
            point = int(point[2:], 16)
            for v in value.split():
                v = int(v.split("<")[0][2:], 16)
                to = simplified.get(v, point)
                if point not in simplified and to != point and not everyday(point):
                    simplified[point] = to
    return simplified


SIMPLIFIED = variants()
MARKS = {ord(c): to for chars, to in QUOTES.items() for c in chars}


def step(c):
    if ord(c) in NO_WIDTH:
        return ""
    if ord(c) in MARKS:
        return MARKS[ord(c)]
    if ord(c) in SIMPLIFIED:
        return chr(SIMPLIFIED[ord(c)])
    wide = unicodedata.normalize("NFKC", c)
    if len(wide) > 1 and wide[0] == " ":
        return c
    lower = wide.lower()
    return lower if len(lower) == len(wide) else wide


def fold(c):
    text, seen = c, set()
    while text not in seen:
        seen.add(text)
        text = "".join(step(x) for x in text)
    return min(seen | {text}) if step_cycles(text) else text


def step_cycles(text):
    return "".join(step(x) for x in text) != text


def main():
    strings, values = [""], {}

    def value_of(text):
        if len(text) == 1 and ord(text) < 0xD800:
            return ord(text)
        if text not in strings:
            strings.append(text)
        return 0xE000 + strings.index(text)

    for point in range(0x80, 0x110000):
        if 0xD800 <= point < 0xF900 or unicodedata.category(chr(point)) in ("Cn", "Cs", "Co"):
            continue
        if 0xFB1D <= point < 0xFE00 or 0xFE70 <= point < 0xFEFF:
            continue  # Hebrew and Arabic presentation forms: a thousand strings for nobody here
        text = fold(chr(point))
        if text != chr(point):
            values[point] = value_of(text)
    blocks, pages = [(0,) * 64], []
    for page in range(0x400):
        block = tuple(values.get(page * 64 + i, 0) for i in range(64))
        if block not in blocks:
            blocks.append(block)
        pages.append(blocks.index(block))
    print("/* Made by data/unicode/fold.py from the Unicode Character Database 15.0; do not edit.")
    print(" * Copyright 1991-2022 Unicode, Inc.; see data/unicode/LICENCE. */")
    width = "uint8_t" if len(blocks) < 256 else "uint16_t"
    print(f"static const {width} fold_pages[1024] = {{")
    for i in range(0, 1024, 24):
        print("    " + ", ".join(str(v) for v in pages[i:i + 24]) + ",")
    print("};")
    print(f"static const uint16_t fold_blocks[{len(blocks)}][64] = {{")
    for block in blocks:
        filled = [(i, v) for i, v in enumerate(block) if v]
        if len(filled) < 20:
            text = ", ".join(f"[{i}] = 0x{v:X}" for i, v in filled) or "0"
        else:
            text = ", ".join(f"0x{v:X}" if v else "0" for v in block)
        print("    {" + text + "},")
    print("};")
    first, last = 0x4E00 // 64, 0x9FFF // 64  # as fold.c has them
    print(f"static const uint64_t fold_han_bits[{last - first + 1}] = {{")
    rows = [sum(1 << i for i in range(64) if blocks[pages[page]][i])
            for page in range(first, last + 1)]
    for i in range(0, len(rows), 4):
        print("    " + ", ".join(f"0x{row:X}u" for row in rows[i:i + 4]) + ",")
    print("};")
    print("static const struct fold_pair fold_pairs[] = {")
    row = []
    for point in sorted(p for p in values if p >= 0x10000):
        row.append(f"{{0x{point:X}, 0x{values[point]:X}}}")
    for i in range(0, len(row), 6):
        print("    " + ", ".join(row[i:i + 6]) + ",")
    print("};")
    width = max(len(t.encode()) for t in strings) + 1
    print(f"static const char fold_strings[{len(strings)}][{width}] = {{")
    row = ['"' + "".join(c if c not in '"\\?' else "\\" + c for c in t) + '"' for t in strings]
    for i in range(0, len(row), 12):
        print("    " + ", ".join(row[i:i + 12]) + ",")
    print("};")


main()
