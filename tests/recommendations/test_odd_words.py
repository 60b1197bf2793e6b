"""Whatever somebody writes comes back as it was sent, and runs nowhere."""

from html import unescape

import pytest

from candour.kernel.history.verify import verify
from candour.recommendations.models import Recommendation, Update
from tests.everywhere.test_odd_words import ODD
from tests.factories import House
from tests.risks.pages import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]
HOME = "/recommendations/office/U1/"


@pytest.mark.parametrize("odd", ODD)
def test_odd_words_come_back_as_they_were_sent(house: House, odd: str) -> None:
    client, words = signed_in(house, "policy"), ODD[odd]
    line = " ".join(words.split())
    given = dict.fromkeys(("finding", "risk", "text", "reason", "response_text"), words)
    given |= {"reference": "U1", "title": line, "source": "ico", "reported_on": "1 June 2026", "sensitivity": "office"}
    given |= {"response": "accepted", "due_1": line[:190], "priority": line[:60]}
    assert client.post("/recommendations/new/", given).headers.get("Location") == HOME
    it = Recommendation.objects.get(record__reference="U1")
    assert (it.record.title, it.finding, it.risk, it.response_text) == (line, words, words, words)
    opened = client.get(f"{HOME}update/").context["form"]
    update = dict.fromkeys(("achieved", "left", "barriers"), words) | {"closure": "no", "period": "June 2026"}
    assert client.post(f"{HOME}update/", update | {"seen": opened["seen"].value()}).status_code == 302
    assert Update.objects.get().achieved == words
    shown = client.get(HOME).content
    assert b"<script>alert" not in shown
    assert words.split()[0] in unescape(shown.decode())
    for place in (f"{HOME}history/", f"{HOME}history.json", f"{HOME}wording/", f"{HOME}update/", "/recommendations/"):
        assert client.get(place).status_code == 200
    assert verify().failure == ""
