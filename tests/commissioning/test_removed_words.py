"""A title that is removed is removed from the line that puts the register in order too."""

import pytest

from candour.commissioning.models import AgreementLine
from candour.kernel.access import CANDOUR
from candour.kernel.history.codec import REMOVED
from candour.kernel.history.commands import redact
from candour.kernel.history.verify import verify
from candour.kernel.records.models import Record
from tests.commissioning.factories import an_agreement
from tests.factories import NOW, House


@pytest.mark.django_db
def test_a_removed_title_leaves_the_line_as_well(house: House) -> None:
    agreement = an_agreement(house)
    record = Record.objects.get(pk=agreement.pk)
    said, line = record.title, AgreementLine.objects.filter(pk=agreement.pk).values_list("title", flat=True)
    assert line.get() == said
    redact(record, record, "title", actor=CANDOUR, at=NOW, reason="It named a person")
    assert line.get() == REMOVED
    assert verify().failure == ""
