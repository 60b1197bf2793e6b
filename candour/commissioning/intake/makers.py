"""What new agreements of a paper are made with: providers and streams that stand or are set up, references, posts."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import count
from typing import Any

from candour.commissioning import commands, rules
from candour.commissioning.intake.found import state_of
from candour.commissioning.models import Agreement, FundingStream, Provider
from candour.commissioning.queries import providers, streams_in
from candour.commissioning.queries.known import references_taken
from candour.commissioning.rules.publishing import PROCEDURES
from candour.kernel.calendar import financial_year
from candour.kernel.intake.amounts import in_pence
from candour.kernel.intake.printed import words_key
from candour.kernel.people.models import Organisation, Post
from candour.kernel.people.queries import posts_of
from candour.kernel.records.models import Record as Row
from candour.kernel.records.models import Sensitivity
from candour.kernel.rules import Refused

Record = Mapping[str, Any]
NOT_SAID = ("Not stated in the register", "NS")  # the stream of what says none: its name and code
KINDS = {
    "contract": r"contract|call-?off|framework|purchase|procured",
    "grant": r"grant",
    "partnership": r"partnership|collaborat|section 22",
    "joint": r"joint",
    "service": r"service level|sla\b|mou\b|memorandum",
}
SEEN = {
    "public": r"may be published|public|yes|published|open",
    "restricted": r"restricted|confidential|no\b|withheld|not for publication",
    "office": r"office|panel|internal|official",
}
ROUTES = {
    "open": r"open|advertised|full tender",
    "selective": r"selective|restricted procedure|two[- ]stage|competitive flexible|framework|mini[- ]competition",
    "limited": r"limited|quot|three quotes|invited",
    "direct": r"direct|single|waiver|exempt|negotiated without",
}


def first_that_fits(table: Mapping[str, str], text: str, default: str) -> str:
    return next((name for name, words in table.items() if re.search(rf"\b(?:{words})", text, re.IGNORECASE)), default)


class Makers:
    """What stands and what had to be set up before the agreements of a paper could be made."""

    def __init__(
        self,
        records: Sequence[Record],
        meta: Mapping[str, Any],
        *,
        organisation: Organisation,
        day: date,
        said: dict[str, Any],
    ) -> None:
        self.organisation, self.day, self.said, self.meta = organisation, day, said, meta
        self.file = str(said["reason"])
        self.providers = self._providers(records)
        self.streams = self._streams(records)
        self.posts: dict[str, Post] = {post.title.casefold(): post for post in posts_of(organisation.pk)}
        self.taken = references_taken(organisation) | {str(one["reference"]) for one in records if one["reference"]}
        self._free: dict[tuple[str, str], Iterator[str]] = {}

    def year_of(self, record: Record) -> str:
        """The financial year that a record is paid from: as printed, else that of its first day, of its award, of the load."""
        if rules.year_ok(str(record.get("year") or "")):
            return str(record["year"])
        first = record.get("start") or record.get("awarded")
        return financial_year(date.fromisoformat(first)) if first else financial_year(self.day)

    def next_reference(self, stream: FundingStream) -> str:
        """The next free reference of a stream, in the memory of this load."""
        key = (stream.code, stream.year)
        start = f"{stream.code}-{stream.year[:4]}-"
        free = self._free.setdefault(key, (f"{start}{number:02}" for number in count(1)))
        found = next(name for name in free if name not in self.taken)
        self.taken.add(found)
        return found

    def _providers(self, records: Sequence[Record]) -> dict[str, Provider]:
        known = providers(self.said["actor"]).filter(organisation=self.organisation)
        held = {words_key(one.name): one for one in known}
        wanted: dict[str, tuple[str, tuple[str, str]]] = {}
        for record in records:
            name = " ".join(supplier_of(record).split())
            if not name:
                raise Refused(
                    "records", f"{called(record)}: enter who provides it. Name the supplier, or set the row aside"
                )
            if words_key(name) not in held:
                wanted.setdefault(words_key(name), (name, _numbers(record)))
        made = (
            commands.bring_in_providers(dict(wanted.values()), organisation=self.organisation, **self.said)
            if wanted
            else []
        )
        return held | {words_key(one.name): one for one in made}

    def _streams(self, records: Sequence[Record]) -> dict[tuple[str, str], FundingStream]:
        held: dict[tuple[str, str], FundingStream] = {}
        for one in streams_in(self.organisation.pk):
            held[words_key(one.name), one.year] = held[words_key(one.code), one.year] = one
        sums: dict[tuple[str, str], int] = {}
        names: dict[str, str] = {}
        for record in records:
            name = str(record.get("stream") or NOT_SAID[0])
            key = (words_key(name), self.year_of(record))
            names.setdefault(key[0], name)
            sums[key] = sums.get(key, 0) + (in_pence(record.get("value")) or 0)
        codes = {one.code for one in held.values()}
        by_name = {name: one.code for (name, _year), one in held.items()}
        stated = {words_key(one["stream"]): in_pence(one["amount"]) for one in self.meta.get("budgets", ())}
        for (stream, year), total in sorted(sums.items()):
            if (stream, year) in held:
                continue
            code = by_name.get(stream) or _code(names[stream], codes)
            codes.add(code)
            by_name[stream] = code
            budget = stated.get(stream)
            why = "" if budget is not None else ". Its budget is not printed: it is what the paper allocates"
            said = self.said | {"reason": f"{self.file}{why}"}
            budget = max(total, 0) if budget is None else budget
            held[stream, year] = commands.add_stream(
                organisation=self.organisation, code=code, name=names[stream], year=year, budget=budget, **said
            )
        return held


def _code(name: str, taken: set[str]) -> str:
    """A free code of a stream from the first letters of its words: SFV for Services for victims."""
    if name == NOT_SAID[0]:
        return NOT_SAID[1]
    words = re.findall(r"[A-Za-z0-9]+", name)
    base = "".join(word[0] for word in words)[:4].upper() if len(words) > 1 else "".join(words)[:3].upper()
    base = base if base[:1].isalpha() else f"S{base}"[:4]
    return next(code for n in count(1) if (code := base if n == 1 else f"{base}{n}") not in taken)


def supplier_of(record: Record) -> str:
    return str(record.get("supplier") or record.get("recipient") or "")


def called(record: Record) -> str:
    return str(record["reference"] or record["title"] or record.get("place") or "A row")


def _numbers(record: Record) -> tuple[str, str]:
    """Charity and company number of a record, "" for one whose shape none has."""
    either = str(record.get("supplier_number") or "")
    return (
        _fitting(rules.charity_number, (str(record.get("charity_number") or ""), either)),
        _fitting(rules.company_number, (str(record.get("company_number") or ""), either)),
    )


def _fitting(reader: Any, texts: Sequence[str]) -> str:
    for text in texts:
        try:
            if found := reader(text):
                return str(found)
        except ValueError:
            continue
    return ""


def new_agreement(record: Record, kind: str, makers: Makers) -> commands.NewAgreement:
    """An agreement as the paper has it, unsaved. Both signed it on a printed day of signatures."""
    provider = makers.providers[words_key(supplier_of(record))]
    year = makers.year_of(record)
    stream = makers.streams[words_key(str(record.get("stream") or NOT_SAID[0])), year]
    days = {name: date.fromisoformat(record[name]) if record.get(name) else None for name in
            ("start", "end", "maximum_end", "notice", "awarded", "signed")}  # fmt: skip
    title = " ".join(str(record["title"] or f"{provider.name}, {year}").split())[:300]
    service, area = _parts(title, provider.name, year, str(record.get("area") or ""))
    signed = days["signed"] if days["signed"] and days["signed"] <= makers.day else None
    ended = state_of(record.get("status") or "") == "ended"
    row = Row(
        kind="agreement",
        reference=str(record["reference"] or makers.next_reference(stream))[:60],
        title=title,
        organisation=makers.organisation,
        owner=makers.posts.get(str(record.get("contact") or "").casefold()),
        sensitivity=_seen(record),
        closed_on=max(min(days["end"] or makers.day, makers.day), days["start"] or date.min) if ended else None,
    )
    default = "grant" if kind == "grants" else "contract"
    value = in_pence(record.get("value"))
    last = days["maximum_end"]
    agreement = Agreement(
        record=row,
        kind=first_that_fits(KINDS, str(record.get("kind") or ""), default),
        provider=provider,
        stream=stream,
        service=service[:120],
        area=area[:80],
        project_code=str(record.get("project_code") or "")[:40],
        starts=days["start"],
        ends=days["end"],
        last_end=last if days["end"] else None,
        notice_on=days["notice"],
        value=value,
        awarded_on=days["awarded"],
        procedure=first_that_fits(ROUTES, str(record.get("procedure") or ""), "") if record.get("procedure") else "",
        raised_on=makers.day,
        **{f"{side}_signed_{what}": told for side in rules.SIDES for what, told in
           ((("by", "As printed"), ("on", signed)) if signed else ())},
    )  # fmt: skip
    assert agreement.procedure in {"", *PROCEDURES}  # noqa: S101 a route that is none would be refused later
    return commands.NewAgreement(row, agreement, called(record))


def _parts(title: str, provider: str, year: str, area: str) -> tuple[str, str]:
    """What is provided and where, of a title that Candour made of its parts; else the title and the printed area."""
    rest = title.removesuffix(f", {provider}, {year}")
    if rest == title:
        return title, area
    service, _, where = rest.partition(", ")
    return service, where or area


def _seen(record: Record) -> str:
    """Who may see it: as printed; what is redacted is restricted; a register that says nothing is public as others are."""
    if record.get("redacted"):
        return str(Sensitivity.RESTRICTED)
    return first_that_fits(SEEN, str(record.get("seen_by") or ""), "public")
