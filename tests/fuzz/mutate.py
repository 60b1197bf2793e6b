"""Files changed at random, from a seed: bytes anywhere, words of a text, or a part inside an Office package."""

import random
import zipfile
import zlib
from collections.abc import Sequence
from io import BytesIO

LARGEST = 400_000  # bytes of a mutated file: hostile files are small, and small ones are quick
BYTES = (
    b"\x00",
    b"\xff",
    b"\x7f\xff\xff\xff",
    b"\xff\xff\xff\xff",
    b"\x80\x00\x00\x00",
    b"\r\n",
    b"\xef\xbb\xbf",
    b"\xfe\xff",
)
WORDS = (
    b"<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>", b"</w:p>", b"<w:gridSpan w:val=\"99999999\"/>",
    b"<w:vMerge/>", b"<row r=\"1048577\"/>", b"<c r=\"ZZZZ9999999999\" t=\"s\"><v>-1</v></c>",
    b"<mergeCell ref=\"A1:XFD1048576\"/>", b"<v>1e999</v>", b"<v>NaN</v>",
    b"<table><tr><td colspan=100000 rowspan=100000>x", b"<td rowspan=0>", b"<!--", b"<![CDATA[", b"&#0;", b"&#xD800;",
    b"&amp;amp;", b"<!DOCTYPE a [<!ENTITY b \"b\">]>", b"\xe2\x80\xae", b"\xcc\x81" * 50, b"'", b"\"", b"\"\"\"",
    b",,,,,,,,,,", b"\t\t\t", b";;", b"|", b"=1+1", b"9" * 400, b"-0", b"1e308", b"0x10", b"\xd9\xa3\xc2\xb2",
    b"31/02/2025", b"29/02/2023", b"00/00/0000", b"31 Sept 2025", b"9999-99-99", b"Q5 2025/26", b"2025/99",
    b"(((((((((", b"Impact", b"Likelihood", b"Risk ID", b"Reference", b"Score", b"12 (3x4)", b"%PDF-1.7", b"endobj",
    b"stream\n", b"/Length 99999999999", b"/Kids [1 0 R]", b"/Parent 1 0 R", b"/FlateDecode", b"[" * 300, b"<<" * 300,
    b"PK\x03\x04", b"PK\x05\x06", b"null", b"true", b"{", b"}", b"[]",
)  # fmt: skip


def mutated(seed: bytes, rng: random.Random, others: Sequence[bytes] = ()) -> bytes:
    """Another file made from one. others: further files, of which pieces are taken."""
    if seed.startswith(b"PK\x03\x04") and rng.random() < 0.75:
        made = _in_a_part(seed, rng, others)
    elif b"/FlateDecode" in seed and rng.random() < 0.5:
        made = _in_a_stream(seed, rng)
    else:
        made = _changed(seed, rng, others)
    return made[:LARGEST]


def _changed(content: bytes, rng: random.Random, others: Sequence[bytes] = ()) -> bytes:
    found = bytearray(content)
    for _ in range(rng.choice((1, 1, 1, 2, 3, 8))):
        rng.choice(_WAYS)(found, rng, others)
    return bytes(found)


def _flip(content: bytearray, rng: random.Random, others: Sequence[bytes]) -> None:
    if content:
        content[rng.randrange(len(content))] = rng.randrange(256)


def _cut(content: bytearray, rng: random.Random, others: Sequence[bytes]) -> None:
    start, end = _span(content, rng)
    del content[start:end]


def _double(content: bytearray, rng: random.Random, others: Sequence[bytes]) -> None:
    start, end = _span(content, rng)
    content[start:start] = bytes(content[start:end]) * rng.choice((1, 1, 2, 20))


def _put(content: bytearray, rng: random.Random, others: Sequence[bytes]) -> None:
    place = rng.randrange(len(content) + 1)
    content[place:place] = rng.choice(WORDS + BYTES) * rng.choice((1, 1, 1, 3, 50))


def _over(content: bytearray, rng: random.Random, others: Sequence[bytes]) -> None:
    word = rng.choice(WORDS + BYTES)
    place = rng.randrange(len(content) + 1)
    content[place : place + len(word)] = word


def _swap(content: bytearray, rng: random.Random, others: Sequence[bytes]) -> None:
    start, end = _span(content, rng)
    taken = bytes(content[start:end])
    del content[start:end]
    place = rng.randrange(len(content) + 1)
    content[place:place] = taken


def _from_another(content: bytearray, rng: random.Random, others: Sequence[bytes]) -> None:
    if others:
        other = bytearray(rng.choice(others))
        start, end = _span(other, rng)
        place = rng.randrange(len(content) + 1)
        content[place:place] = other[start:end]


def _number(content: bytearray, rng: random.Random, others: Sequence[bytes]) -> None:
    """Another number in the place of one that stands there."""
    places = [place for place in range(0, len(content), max(1, len(content) // 2000)) if 48 <= content[place] <= 57]
    if places:
        place = rng.choice(places)
        content[place : place + 1] = rng.choice(
            (b"0", b"-1", b"65536", b"2147483648", b"99999999999999999999", b"1.5", b"")
        )


def _end(content: bytearray, rng: random.Random, others: Sequence[bytes]) -> None:
    del content[rng.randrange(len(content) + 1) :]


_WAYS = (_flip, _flip, _cut, _double, _put, _put, _over, _swap, _from_another, _number, _number, _end)


def _span(content: bytearray, rng: random.Random) -> tuple[int, int]:
    start = rng.randrange(len(content) + 1)
    return start, min(len(content), start + int(rng.expovariate(1 / 40)) + 1)


def _in_a_part(seed: bytes, rng: random.Random, others: Sequence[bytes]) -> bytes:
    """A package in which one part, or the list of its parts, is another."""
    try:
        with zipfile.ZipFile(BytesIO(seed)) as archive:
            parts = {info.filename: archive.read(info) for info in archive.infolist()}
    except Exception:  # an earlier mutation broke it
        return _changed(seed, rng, others)
    if not parts:
        return _changed(seed, rng, others)
    name = rng.choice(
        [*parts, *(name for name in parts if name.endswith(("document.xml", "sheet1.xml", "styles.xml")))]
    )
    act = rng.random()
    if act < 0.06:
        del parts[name]
    elif act < 0.1:
        parts[rng.choice(["word/document.xml", "xl/workbook.xml", "../../etc/passwd", "mimetype", name + "x"])] = parts[
            name
        ]
    else:
        parts[name] = _changed(parts[name], rng, [part for part in parts.values() if part][:8])
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, content in parts.items():
            archive.writestr(each, content)
    return out.getvalue()


def _in_a_stream(seed: bytes, rng: random.Random) -> bytes:
    """A PDF in which what one packed stream holds is other."""
    starts = [
        place
        for place in range(len(seed))
        if seed.startswith(b"stream", place) and not seed.startswith(b"endstream", place - 3)
    ]
    if not starts:
        return _changed(seed, rng)
    start = rng.choice(starts) + 6
    start += 2 if seed[start : start + 2] == b"\r\n" else 1
    end = seed.find(b"endstream", start)
    try:
        plain = zlib.decompress(seed[start:end])
    except zlib.error:
        return _changed(seed, rng)
    return seed[:start] + zlib.compress(_changed(plain, rng)) + b"\n" + seed[end:]
