"""Compiled catalogs: the bytes of a .mo file, the same for the same messages whatever the machine or the day.

The format is that of the GNU gettext manual, section "The Format of GNU MO Files", without its hash table, which readers may
do without: the bytes are those of `msgfmt --no-hash`, but that the date of the template is left out, as newer versions do.
"""

from __future__ import annotations

import struct

import polib

_MAGIC = 0x950412DE


def binary(catalog: polib.POFile, fuzzy: bool = False) -> bytes:
    """The translated messages of a catalog, compiled; fuzzy ones only when asked, as with msgfmt's --use-fuzzy."""
    header = "".join(f"{key}: {value}\n" for key, value in catalog.metadata.items() if key != "POT-Creation-Date")
    pairs = {b"": header.encode("utf-8")}
    for entry in catalog:
        if entry.obsolete or (entry.fuzzy and not fuzzy):
            continue
        if entry.msgid_plural:
            key = f"{entry.msgid}\0{entry.msgid_plural}"
            forms = [entry.msgstr_plural[i] for i in sorted(entry.msgstr_plural)]
            value = "\0".join(forms) if all(forms) else ""
        else:
            key, value = entry.msgid, entry.msgstr
        if not value:
            continue
        if entry.msgctxt is not None:
            key = f"{entry.msgctxt}\x04{key}"
        pairs[key.encode("utf-8")] = value.encode("utf-8")
    keys = sorted(pairs)
    offset = 28 + 16 * len(keys)
    tables: list[bytes] = []
    data: list[bytes] = []
    for strings in (keys, [pairs[k] for k in keys]):
        for string in strings:
            tables.append(struct.pack("<II", len(string), offset))
            data.append(string + b"\0")
            offset += len(string) + 1
    head = struct.pack("<7I", _MAGIC, 0, len(keys), 28, 28 + 8 * len(keys), 0, 28 + 16 * len(keys))
    return b"".join([head, *tables, *data])
