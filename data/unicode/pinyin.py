#!/usr/bin/env python3
"""Makes data/pinyin.txt from Debian's unicode-data:

    python3 data/unicode/pinyin.py > data/pinyin.txt

The readings of a character are those in everyday use (kHanyuPinlu, kMandarin, kTGHZ2013), else the
first of kHanyuPinyin. See LICENCE beside this file.
"""
import bz2
import re
import unicodedata

FIELDS = ("kHanyuPinlu", "kMandarin", "kTGHZ2013", "kHanyuPinyin")


def toneless(reading):
    letters = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(c for c in letters if not unicodedata.combining(c))


def readings(field, value):
    if field == "kHanyuPinlu":
        return [re.sub(r"\(.*", "", v) for v in value.split()]
    if field == "kMandarin":
        return value.split()[:1]
    found = [r for v in value.split() for r in v.split(":")[1].split(",")]
    return found if field == "kTGHZ2013" else found[:1]


def main():
    fields = {}
    for line in bz2.open("/usr/share/unicode/Unihan_Readings.txt.bz2", "rt", encoding="utf-8"):
        if line.startswith("U+"):
            point, field, value = line.rstrip("\n").split("\t")
            if field in FIELDS:
                fields.setdefault(int(point[2:], 16), {})[field] = value
    fields.setdefault(0x3007, {})["kMandarin"] = "líng"
    syllables = {}
    for point, known in sorted(fields.items()):
        if not (0x4E00 <= point <= 0x9FFF or point == 0x3007 or "kTGHZ2013" in known):
            continue
        found = []
        for field in FIELDS[:3] if len(known) > 1 or "kHanyuPinyin" not in known else FIELDS[3:]:
            found += [toneless(r) for r in readings(field, known.get(field, ""))]
        for syllable in dict.fromkeys(found):
            if re.fullmatch("[a-z]+", syllable) and re.search("[aeiouv]", syllable):
                syllables.setdefault(syllable, []).append(chr(point))
    print("# Syllables without tones (v for ü) and the characters that are read so.")
    print("# Made by data/unicode/pinyin.py from Unihan_Readings.txt of the Unicode Character")
    print("# Database 15.0, copyright 1991-2022 Unicode, Inc.; see data/unicode/LICENCE.")
    for syllable in sorted(syllables):
        print(syllable, "".join(syllables[syllable]))


main()
