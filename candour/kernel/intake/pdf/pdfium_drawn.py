"""What is drawn on a page: straight lines, painted areas, and how much of it pictures cover."""

import ctypes
import itertools
from collections.abc import Iterator
from typing import Any

from pypdfium2 import raw

from .pdfium_page import OpenPage
from .sheet import THIN, Fill, Rule, colour_name

_PATHS = 20_000  # of one page; a page with more is a drawing, and its first lines are enough
_FORMS = 8  # drawings inside drawings


def add_drawn(page: OpenPage) -> None:
    """Add the lines, areas and pictures of a page to its sheet."""
    for item, matrix in _objects(page):
        _draw(page, item, matrix)


def _objects(page: OpenPage) -> Iterator[tuple[Any, list[float]]]:
    """Every object of the page with the matrix of the drawing it stands in, drawings inside drawings too."""
    plain = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
    paths, count = 0, raw.FPDFPage_CountObjects(page.page.raw)
    waiting = [(raw.FPDFPage_GetObject(page.page.raw, n), plain, 0) for n in reversed(range(count))]
    while waiting and paths < _PATHS:
        item, matrix, depth = waiting.pop()
        if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_FORM:
            inner = _times(_matrix(item), matrix)
            for n in range(raw.FPDFFormObj_CountObjects(item) if depth < _FORMS else 0):
                waiting.append((raw.FPDFFormObj_GetObject(item, n), inner, depth + 1))
        else:
            paths += raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_PATH
            yield item, matrix


def _draw(page: OpenPage, item: Any, outer: list[float]) -> None:
    kind = raw.FPDFPageObj_GetType(item)
    if kind == raw.FPDF_PAGEOBJ_IMAGE:
        a, b, c, d, *_rest = _times(_matrix(item), outer)
        page.sheet.pictures += abs(a * d - b * c)
    elif kind == raw.FPDF_PAGEOBJ_PATH:
        mode, stroked = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(item, mode, stroked)
        if not mode.value and not stroked.value:
            return
        for points in _subpaths(item, _times(_matrix(item), outer)):
            _path(page, [page.seen(*point) for point in points], item, filled=mode.value, stroked=stroked.value)


def _path(page: OpenPage, points: list[tuple[float, float]], item: Any, *, filled: int, stroked: int) -> None:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    box = (max(0.0, min(xs)), max(0.0, min(ys)), min(page.sheet.width, max(xs)), min(page.sheet.height, max(ys)))
    wide, high = box[2] - box[0], box[3] - box[1]
    if wide < 0 or high < 0:
        return
    square = all(abs(a[0] - b[0]) < 0.5 or abs(a[1] - b[1]) < 0.5 for a, b in itertools.pairwise(points))
    if filled and square and len(points) <= 6:
        if min(wide, high) <= THIN < max(wide, high):
            _rule(
                page,
                (box[0], (box[1] + box[3]) / 2) if wide > high else ((box[0] + box[2]) / 2, box[1]),
                (box[2], (box[1] + box[3]) / 2) if wide > high else ((box[0] + box[2]) / 2, box[3]),
            )
        elif min(wide, high) > THIN and (colour := _fill_colour(item)):
            page.sheet.fills.append(Fill(box, colour))
    if stroked:
        for a, b in itertools.pairwise(points):
            _rule(page, a, b)


def _rule(page: OpenPage, a: tuple[float, float], b: tuple[float, float]) -> None:
    wide, high = abs(a[0] - b[0]), abs(a[1] - b[1])
    if high < 0.8 and wide > THIN:
        page.sheet.rules.append(Rule(True, (a[1] + b[1]) / 2, min(a[0], b[0]), max(a[0], b[0])))
    elif wide < 0.8 and high > THIN:
        page.sheet.rules.append(Rule(False, (a[0] + b[0]) / 2, min(a[1], b[1]), max(a[1], b[1])))


def _fill_colour(item: Any) -> str:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    raw.FPDFPageObj_GetFillColor(item, red, green, blue, alpha)
    name = colour_name(red.value, green.value, blue.value)
    return name if alpha.value > 20 and name != "white" else ""


def _matrix(item: Any) -> list[float]:
    found = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, found)
    return [found.a, found.b, found.c, found.d, found.e, found.f]


def _times(one: list[float], two: list[float]) -> list[float]:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return [a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m]


def _subpaths(item: Any, matrix: list[float]) -> Iterator[list[tuple[float, float]]]:
    """The straight pieces of a path, each a list of points; what is curved is left out."""
    a, b, c, d, e, f = matrix
    points: list[tuple[float, float]] = []
    curved = False
    x, y = ctypes.c_float(), ctypes.c_float()
    for n in range(min(raw.FPDFPath_CountSegments(item), _PATHS)):
        segment = raw.FPDFPath_GetPathSegment(item, n)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1 and not curved:
                yield points
            points, curved = [], False
        curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        points.append((a * x.value + c * y.value + e, b * x.value + d * y.value + f))
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if len(points) > 1 and not curved:
        yield points
