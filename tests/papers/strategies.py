"""Papers of every shape, for property tests."""

import datetime

from hypothesis import strategies as st

from candour.kernel.papers.blocks import ALIGNMENTS, KINDS, LOOKS, TONES
from candour.kernel.papers.canonical import from_json, to_json
from candour.kernel.papers.document import (
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
)
from tests.papers.samples import SVG

PRINTABLE = "abcdefgXYZ0129 éŵŁ£€–’\"'#$*_@<>&[]{}()\\/=-+~^`|:;.,!?%→↑↓•½"
SAID = st.text(PRINTABLE, min_size=1, max_size=30).filter(lambda text: text.strip())
LINKS = st.sampled_from(["", "https://example.org/a?b=1&c=2", "mailto:office@example.org", "/risks/1"])
RUNS = st.builds(Run, SAID, st.booleans(), st.booleans(), LINKS)
WORDS = st.lists(RUNS, min_size=1, max_size=3).map(tuple)
PARAGRAPHS = st.builds(Paragraph, WORDS, st.none() | st.integers(1, 99))
ITEMS = st.recursive(
    st.builds(Item, WORDS), lambda items: st.builds(Item, WORDS, st.lists(items, max_size=2).map(tuple)), max_leaves=3
)
BULLETS = st.builds(Bullets, st.lists(ITEMS, min_size=1, max_size=2).map(tuple), st.sampled_from(["point", "update"]))
CONTENT = st.lists(PARAGRAPHS | BULLETS, min_size=1, max_size=2).map(tuple)
BADGES = st.sampled_from(["", "16", "9"])
COLUMNS = st.builds(Column, SAID, st.integers(1, 30), st.sampled_from(ALIGNMENTS), st.sampled_from(KINDS))


def cells(span: int = 1) -> st.SearchStrategy[Cell]:
    return st.builds(Cell, CONTENT, BADGES, st.sampled_from(TONES), st.just(span))


FACTS = st.lists(st.builds(Fact, SAID, cells()), min_size=1, max_size=3).map(tuple)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns = tuple(draw(st.lists(COLUMNS, min_size=1, max_size=5)))
    whole = st.builds(Row, st.tuples(*[cells()] * len(columns)), st.booleans())
    spanned = st.builds(Row, st.tuples(cells(len(columns))))
    rows = tuple(draw(st.lists(whole | spanned | st.builds(Group, SAID), max_size=4)))
    return Table(draw(SAID), columns, rows, draw(st.sampled_from(LOOKS)), draw(st.booleans()))


@st.composite
def details(draw: st.DrawFn) -> Detail:
    columns = tuple(draw(st.lists(COLUMNS, min_size=1, max_size=5)))
    return Detail(columns, draw(st.tuples(*[cells()] * len(columns))), draw(FACTS))


BLOCKS = st.one_of(
    PARAGRAPHS,
    BULLETS,
    tables(),
    details(),
    st.builds(Facts, FACTS, SAID | st.just("")),
    st.builds(Figure, st.just(SVG), SAID, SAID, st.none() | tables()),
    st.builds(Note, WORDS),
    st.builds(PageBreak, st.booleans()),
    st.builds(Heading, st.just(1), SAID, st.sampled_from(["", "Appendix A"])),
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    blocks = draw(st.lists(BLOCKS, max_size=6))
    anchored = [Heading(1, "Places", anchor="places"), Paragraph((Run("there", link="#places"),))]
    found = Document(
        draw(SAID),
        draw(SAID),
        tuple(blocks + (anchored if draw(st.booleans()) else [])),
        subtitle=draw(SAID | st.just("")),
        marking=draw(st.sampled_from(["", "OFFICIAL", "OFFICIAL-SENSITIVE"])),
        draft=draw(st.booleans()),
        meta=draw(FACTS | st.just(())),
        seal=draw(FACTS | st.just(())),
        date=draw(st.none() | st.dates(datetime.date(2012, 11, 22), datetime.date(2040, 1, 1))),
    )
    # a fresh copy: Hypothesis would print the calls that made the parts, for minutes, where a test fails
    return from_json(to_json(found))
