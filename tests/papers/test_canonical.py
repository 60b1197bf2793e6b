import json

import pytest
from hypothesis import given, settings

from candour.kernel.papers.canonical import canonical, fingerprint, from_json, read_canonical, to_json
from candour.kernel.papers.document import Document, Heading, bold, fact, para, sealed
from tests.papers.samples import everything
from tests.papers.strategies import documents


@settings(max_examples=60, deadline=None)
@given(documents())
def test_a_paper_comes_back_from_its_json_as_it_went(document):
    assert from_json(to_json(document)) == document
    assert from_json(json.loads(json.dumps(to_json(document)))) == document
    assert read_canonical(canonical(document)) == document


def test_a_paper_with_every_block_comes_back():
    assert read_canonical(canonical(everything())) == everything()


def test_the_canonical_bytes_of_a_paper_are_written_down():
    document = Document("T", "B", (Heading(1, "A"), para("é ", bold(3), number=1)))
    assert canonical(document).decode() == (
        '{"blocks":[{"is":"heading","level":1,"text":"A"},{"is":"paragraph","number":1,"words":['
        '{"is":"run","text":"é "},{"bold":true,"is":"run","text":"3"}]}],'
        '"body_name":"B","format":"candour-paper-1","is":"document","title":"T"}'
    )
    assert fingerprint(document) == "9253a63bc95dd1c2d954ee1a5bee5dc777652076dc64f51144ac831e1927de6b"


def test_the_fingerprint_leaves_out_the_seal_and_nothing_else():
    draft = everything()
    issued = sealed(draft)
    assert fingerprint(issued) != fingerprint(draft)
    assert fingerprint(sealed(draft, fact("Fingerprint", fingerprint(issued)))) == fingerprint(issued)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"format": "candour-paper-9", "is": "document"},
        {"format": "candour-paper-1", "is": "document"},
        {"format": "candour-paper-1", "is": "document", "title": "T", "body_name": "B", "extra": 1},
        {"format": "candour-paper-1", "is": "document", "title": "T", "body_name": "B", "blocks": [{"is": "script"}]},
    ],
)
def test_what_is_no_paper_is_refused(data):
    with pytest.raises(ValueError, match="paper"):
        from_json(data)
