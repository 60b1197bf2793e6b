"""A paper as accessible HTML: a fragment for a page of Candour, and a whole file to download, without scripts."""

from collections.abc import Iterator
from html import escape
from importlib.resources import files

from candour.kernel.papers.document import (
    Block,
    Bullets,
    Cell,
    Column,
    Detail,
    Document,
    Fact,
    Facts,
    Figure,
    Group,
    Heading,
    Item,
    Note,
    PageBreak,
    Paragraph,
    Row,
    Run,
    Table,
    Words,
)
from candour.kernel.papers.words import DRAFT, issue_line, numbered, top_facts

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_KINDS = {"reference": "c-ref", "date": "c-date", "number": "num", "score": "c-nowrap"}

BROAD = 8  # columns: a table of so many keeps its width and scrolls


def fragment(document: Document, *, level: int = 2, inside: bool = True) -> str:
    """<article class="c-paper">...</article>. level: of the title's heading. inside: links to "/path" are kept.

    Every text is escaped; the only markup taken as it stands is the SVG of figures, which the model has checked.
    """
    writer = _Writer(level=level, inside=inside)
    return "".join(writer.article(document))


def standalone(document: Document) -> str:
    """A whole page with its style in it: the file that people download. Links into Candour's pages are left out."""
    style = files("candour.kernel.papers").joinpath("paper.css").read_text(encoding="utf-8")
    mark = escape(document.marking)
    marking = f'<header class="c-marking">{mark}</header>' if mark else ""
    foot = f'<footer class="c-marking">{mark}</footer>' if mark else ""
    draft = f'<div class="c-running" aria-hidden="true">{DRAFT}</div>' if document.draft else ""
    return (
        f'<!doctype html>\n<html lang="{escape(document.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{'Draft: ' if document.draft else ''}{escape(document.title)} – {escape(document.body_name)}</title>\n"
        f"<style>\n{style}</style>\n</head>\n<body>\n{marking}{draft}\n<main>\n"
        f"{fragment(document, level=1, inside=False)}\n</main>\n{foot}\n</body>\n</html>\n"
    )


class _Writer:
    """Holds what the pieces share: the level of the title, whether site links stay, and the count of tables for ids."""

    def __init__(self, *, level: int, inside: bool) -> None:
        self.level = level
        self.inside = inside
        self.tables = 0
        self.seen: set[str] = set()

    def article(self, document: Document) -> Iterator[str]:
        yield f'<article class="c-paper" lang="{escape(document.language)}">'
        if document.draft:
            yield f'<span class="c-draft">{DRAFT}</span>'
        elif said := issue_line(document):
            yield f'<span class="c-draft c-issued">{escape(said)}</span>'
        mark = f"<b>{escape(document.marking)}</b> <span>{escape(document.body_name)}</span>"
        yield f'<div class="c-paper__mark">{mark}</div>'
        yield f"<h{self.level}>{escape(document.title)}</h{self.level}>"
        if document.subtitle:
            yield f'<p class="c-quiet">{escape(document.subtitle)}</p>'
        if facts := top_facts(document):
            rows = "".join(
                f"<div><dt>{escape(fact.label)}</dt><dd>{self.cell(fact.value)}</dd></div>" for fact in facts
            )
            yield f'<dl class="c-paper__facts">{rows}</dl>'
        yield '<div class="c-paper__page">'
        for block in document.blocks:
            yield from self.block(block)
        yield "</div></article>"

    def block(self, block: Block) -> Iterator[str]:
        match block:
            case Heading():
                tag = f"h{min(block.level + self.level, 6)}"
                place = f' id="{block.anchor}" tabindex="-1"' if block.anchor else ""
                yield f"<{tag}{place}>{escape(block.label)}</{tag}>"
            case Paragraph():
                yield self.paragraph(block)
            case Note():
                yield f'<div class="c-note"><p>{self.words(block.words)}</p></div>'
            case Bullets():
                yield self.points(block.items, block.marker)
            case Table():
                yield from self.table(block)
            case Facts():
                yield from self.facts(block)
            case Detail():
                yield from self.detail(block)
            case Figure():
                yield from self.figure(block)
            case PageBreak():
                lying = " c-paper__page--lying" if block.landscape else ""
                yield f'</div><div class="c-paper__page{lying}">'

    def words(self, runs: Words) -> str:
        return "".join(self.run(run) for run in runs)

    def run(self, run: Run) -> str:
        text = escape(run.text).replace("\n", "<br>")
        if run.italic:
            text = f"<i>{text}</i>"
        if run.bold:
            text = f"<b>{text}</b>"
        if run.link and (self.inside or not run.link.startswith("/")):
            text = f'<a href="{escape(run.link)}">{text}</a>'
        return text

    def paragraph(self, paragraph: Paragraph) -> str:
        text = self.words(paragraph.words)
        if paragraph.number is None:
            return f"<p>{text}</p>"
        return f'<div class="p"><span>{numbered(paragraph.number)}</span><p>{text}</p></div>'

    def points(self, items: tuple[Item, ...], marker: str) -> str:
        points = "".join(
            f"<li>{self.words(item.words)}{self.points(item.items, 'point') if item.items else ''}</li>"
            for item in items
        )
        return f'<ul class="c-points c-points--{marker}">{points}</ul>' if items else ""

    def cell(self, cell: Cell) -> str:
        single = len(cell.blocks) == 1 and isinstance(cell.blocks[0], Paragraph) and cell.blocks[0].number is None
        if single:
            inner = self.words(cell.blocks[0].words)  # type: ignore[union-attr]
        else:
            inner = "".join(
                self.paragraph(part) if isinstance(part, Paragraph) else self.points(part.items, part.marker)
                for part in cell.blocks
            )
        if cell.badge:
            chip = f'<span class="c-score c-score--{cell.tone or "none"}"><b>{escape(cell.badge)}</b>'
            return f"{chip} {inner}</span>" if single else f"{chip}</span>{inner}"
        if cell.tone and single:
            return f'<strong class="c-tag c-tag--{cell.tone}">{inner}</strong>'
        return inner

    def table(self, table: Table) -> Iterator[str]:
        broad = " c-table--broad" if len(table.columns) >= BROAD else ""
        yield from self.opened(table.caption, f"c-table--{table.look}{broad}")
        yield self.header(table.columns)
        yield "<tbody>"
        for row in table.rows:
            if isinstance(row, Group):
                columns = len(table.columns)
                yield f'<tr class="is-group"><th scope="rowgroup" colspan="{columns}">{escape(row.text)}</th></tr>'
            else:
                yield self.row(row, table.columns, headed=table.row_headers)
        yield "</tbody></table></div>"

    def opened(self, caption: str, look: str) -> Iterator[str]:
        self.tables += 1
        name = f"c-paper-table-{self.tables}"
        label = (
            f'aria-label="{escape(caption)}, table {self.tables}"'
            if caption in self.seen
            else f'aria-labelledby="{name}"'
        )
        self.seen.add(caption)
        yield f'<div class="c-scroll" tabindex="0" role="region" {label}>'
        yield f'<table class="c-table {look}"><caption id="{name}">{escape(caption)}</caption>'

    def header(self, columns: tuple[Column, ...]) -> str:
        cells = "".join(
            f'<th scope="col"{_class(column)}>{escape(column.header)}</th>' if column.header else "<td></td>"
            for column in columns
        )
        return f"<thead><tr>{cells}</tr></thead>"

    def row(self, row: Row, columns: tuple[Column, ...], *, headed: bool) -> str:
        found = []
        place = 0
        for cell in row.cells:
            span = f' colspan="{cell.span}"' if cell.span > 1 else ""
            tag, scope = ("th", ' scope="row"') if headed and place == 0 else ("td", "")
            found.append(f"<{tag}{scope}{span}{_class(columns[place])}>{self.cell(cell)}</{tag}>")
            place += cell.span
        total = ' class="is-total"' if row.total else ""
        return f"<tr{total}>{''.join(found)}</tr>"

    def facts(self, facts: Facts) -> Iterator[str]:
        if facts.caption:
            yield from self.opened(facts.caption, "c-table--facts")
            yield f"<tbody>{''.join(self.fact(fact) for fact in facts.facts)}</tbody></table></div>"
        else:
            rows = "".join(
                f"<div><dt>{escape(fact.label)}</dt><dd>{self.cell(fact.value)}</dd></div>" for fact in facts.facts
            )
            yield f'<dl class="c-paper__facts">{rows}</dl>'

    def fact(self, fact: Fact) -> str:
        return f'<tr><th scope="row">{escape(fact.label)}</th><td>{self.cell(fact.value)}</td></tr>'

    def detail(self, detail: Detail) -> Iterator[str]:
        yield from self.opened(detail.name, "c-table--compact c-table--detail")
        yield self.header(detail.columns)
        yield f"<tbody>{self.row(Row(detail.cells), detail.columns, headed=False)}</tbody></table></div>"
        yield '<table class="c-table c-table--compact c-table--facts">'
        yield f'<caption class="govuk-visually-hidden">{escape(detail.name)}</caption>'
        yield f"<tbody>{''.join(self.fact(fact) for fact in detail.facts)}</tbody></table>"

    def figure(self, figure: Figure) -> Iterator[str]:
        label = escape(f"{figure.title}. {figure.description}")
        yield f'<figure class="c-figure"><div role="img" aria-label="{label}">{figure.svg}</div>'
        yield f"<figcaption><b>{escape(figure.title)}</b> {escape(figure.description)}</figcaption></figure>"
        if figure.table:
            yield from self.table(figure.table)


def _class(column: Column) -> str:
    names = [_KINDS[column.kind]] if column.kind in _KINDS else []
    if column.align == "right" and "num" not in names:
        names.append("num")
    if column.align == "centre":
        names.append("ctr")
    return f' class="{" ".join(names)}"' if names else ""


__all__ = ["fragment", "standalone"]
