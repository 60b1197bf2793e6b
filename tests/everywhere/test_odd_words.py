"""Whatever somebody writes comes back as it was sent, on every page and in every paper, and runs nowhere."""

from html import unescape

import pytest
from django.urls import reverse

from candour.kernel.history.verify import verify
from candour.kernel.records.kinds import kind_named
from candour.risks.models import Risk
from tests.everywhere.asking import ask
from tests.everywhere.world import World
from tests.factories import a_risk

READ = "GET"

ODD = {
    "right to left": "\u202eabc\u202c עברית العربية",
    "joined": "👩🏽‍🚒 👨‍👩‍👧‍👦 🏴󠁧󠁢󠁷󠁬󠁳󠁿",
    "combining": "e\u0301 Z̷̡a̶l̴g̸o̷ ﬃ İı ß ẞ",
    "markup": "</textarea><script>alert(1)</script>{{ 7*7 }}{% now 'Y' %}&amp;<!--",
    "quotes": "'\"`‘’“” \\ %s %(x)s ${x} #{x} ; DROP TABLE risks_risk; --",
    "separators": "a\u2028b\u2029c\u00a0d\u200be\ufefff",
    "controls": "bell\x07 back\x08 escape\x1b tab\t feed\x0c vertical\x0b delete\x7f next\x85 line",
    "not characters": "a\ufffe b\uffff c\U0001ffff d\ufdd0",
    "typst": '#let x = 1 #image("/etc/passwd") $ x $ *a* _b_ `c` @ref <label> // comment /* */ \\u{41}',
    "lines": "one\r\ntwo\n\n\nthree",
    "beyond": "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𐍈 \U0010fffd",
}


@pytest.mark.parametrize("odd", ODD)
def test_odd_words_come_back_as_they_were_sent(world: World, odd: str) -> None:
    client, words = world.client("policy"), ODD[odd]
    post = str(world.house.posts["chief"].pk)
    given = dict.fromkeys(("title", "source", "event", "effect", "reason"), words)
    given["title"] = words.replace("\r\n", " ").replace("\n", " ")
    given |= {"reference": "U1", "level": "strategic", "impact": "2", "likelihood": "2", "owner": post}
    given |= {"responsible_officer": post, "sensitivity": "public"}
    response = client.post("/risks/new/", given)
    assert (response.status_code, response.headers.get("Location")) == (302, "/risks/office/U1/")
    risk = Risk.objects.get(record__reference="U1")
    assert (risk.record.title, risk.source, risk.event, risk.effect) == (given["title"], words, words, words)
    opened = client.get("/risks/office/U1/update/").context["form"]
    update = {"text": words, "seen": opened["seen"].value(), "dated": opened["dated"].value()}
    assert client.post("/risks/office/U1/update/", update).status_code == 302
    shown = client.get("/risks/office/U1/").content
    assert b"<script>alert" not in shown
    assert words.split()[0] in unescape(shown.decode())
    for place in ("", "history/", "history.json", "wording/", "review/"):
        assert client.get(f"/risks/office/U1/{place}").status_code == 200
    for place in ("/risks/", "/risks/download.csv", "/risks/heat-map/", "/history/"):
        assert ask(client, READ, place).status == 200
    assert verify().failure == ""


@pytest.mark.parametrize("suffix", ["", ".docx", ".pdf", ".html", ".txt", ".json"])
def test_papers_are_written_whatever_the_words(world: World, suffix: str) -> None:
    for number, words in enumerate(ODD.values()):
        texts = dict.fromkeys(("title", "source", "event", "effect", "context"), words)
        a_risk(world.house, reference=f"U{number}", **texts)
    for audience in ("panel", "public"):
        answer = ask(world.client("policy"), READ, f"/papers/risk-register/draft{suffix}?audience={audience}")
        assert answer.status == 200
        assert b"<script>alert" not in answer.body or suffix not in {"", ".html"}


REFERENCES = [
    "A/B",
    "A B",
    "A%2FB",
    "a?b",
    "a#b",
    "é",
    "A;B",
    "..",
    "A//B",
    "A\\B",
    "<b>",
    "'",
    '"',
    "100%",
    "review",
    "A+B",
]


@pytest.mark.parametrize("reference", REFERENCES)
def test_any_reference_leads_to_its_record(world: World, reference: str) -> None:
    a_risk(world.house, reference=reference, title="Odd reference")
    client = world.client("policy")
    shown = ask(client, READ, "/risks/").body.decode()
    place = kind_named("risk").address("office", reference)
    assert reverse("risk", args=["office", reference]) in unescape(shown)
    for more in ("", "history/", "history.json", "review/"):
        answer = ask(client, READ, place + more)
        assert answer.status == 200, more
    assert "\n" not in dict(answer.headers).get("Content-Disposition", "")
