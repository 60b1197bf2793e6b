"""The word or colour beside a score against the criteria, or against the other rows where there are none. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from candour.kernel.intake.document import Finding, Severity
from candour.kernel.intake.printed import words_key

from ..appearances import Appearance
from ..joined import Risk
from ..matrix import Scale
from ..paper import Paper
from ..values import band_word, read_score

# Which words may stand for the bands of a scale, lowest first, by the number of its bands.
_COLOURS: dict[int, tuple[frozenset[str], ...]] = {
    2: tuple(map(frozenset, ({"green", "low"}, {"red", "high"}))),
    3: tuple(map(frozenset, ({"green", "low"}, {"amber", "yellow", "medium", "moderate"}, {"red", "high"}))),
    4: tuple(
        map(
            frozenset,
            ({"green", "low"}, {"yellow", "amber", "medium", "moderate"}, {"amber", "orange", "red", "high", "significant"},
             {"red", "purple", "black", "extreme", "critical", "very high", "severe"}),
        )
    ),
}  # fmt: skip
_KNOWN = frozenset().union(*(words for bands in _COLOURS.values() for words in bands))
_FIELDS = ("score", "inherent_score", "target_score", "previous_score")


def check(paper: Paper, risks: Sequence[Risk]) -> Iterator[Finding]:
    """Each word beside a score, or in a column of its own."""
    rated = [one for risk in risks for one in _rated(risk)]
    if paper.scale.bands:
        for said in rated:
            yield from _against(paper.scale, said)
    else:
        yield from _among(rated)


@dataclass(frozen=True)
class _Rated:
    """A word that rates a score, and the field of a printing that it stands in."""

    risk: Risk
    one: Appearance
    field: str
    value: int
    word: str

    def finding(self, severity: Severity, should: str, message: str) -> Finding:
        place, reference = self.one.fields[self.field].place, self.risk.reference
        said = f"{reference} is called {self.word} with a score of {self.value}; {message}"
        return Finding("band", severity, place, reference, f"{self.value} {self.word}", should, said)


def _rated(risk: Risk) -> Iterator[_Rated]:
    """Every word that rates a score."""
    for one in risk.appearances:
        for name in _FIELDS:
            score = read_score(one.text(name))
            band = one.text(name.replace("score", "band"))
            value = score.value if score.value is not None or name != "score" else risk.record["score"]
            for field, word in (
                (name, score.word if score.value is not None else ""),
                (name.replace("score", "band"), band),
            ):
                if value is not None and word and field in one.fields:
                    yield _Rated(risk, one, field, value, read_score(band_word(word)).word)


def _against(scale: Scale, said: _Rated) -> Iterator[Finding]:
    band, key = scale.band(said.value), words_key(said.word)
    names = [words_key(band) for band, _low, _high in reversed(scale.bands)]
    if not band or (said.field in ("score", "band") and key in names):
        return  # what the criteria themselves name is looked at with the scores
    allowed = _COLOURS.get(len(names), ())
    fits = key == words_key(band) if key in names else bool(allowed and key in allowed[names.index(words_key(band))])
    if fits or (key not in names and (not allowed or key not in _KNOWN)):
        return
    colour = sorted(allowed[names.index(words_key(band))] - {words_key(band)})[0] if key not in names else band
    yield said.finding("error", colour.capitalize(), f"the criteria put {said.value} in {band}.")


def _among(rated: Sequence[_Rated]) -> Iterator[Finding]:
    """Without criteria: a score is called by one word alone, the word that most rows use for it."""
    words: dict[int, list[str]] = {}
    for said in rated:
        words.setdefault(said.value, []).append(words_key(said.word))
    for said in rated:
        usual, key = max(words[said.value], key=words[said.value].count), words_key(said.word)
        if key != usual and words[said.value].count(usual) > words[said.value].count(key):
            yield said.finding("warning", usual.capitalize(), f"other rows call {said.value} {usual}.")
