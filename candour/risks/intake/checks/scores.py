"""Scores against the paper's own scale. Pure."""

from collections.abc import Iterator, Sequence
from typing import Any

from candour.kernel.intake.document import Finding, Place
from candour.kernel.intake.printed import words_key

from ..appearances import Appearance
from ..joined import Risk
from ..matrix import Scale
from ..paper import Paper
from ..values import band_word, read_score


def check(paper: Paper, risks: Sequence[Risk]) -> Iterator[Finding]:
    """The grid itself, then each risk: score, factors, inherent and target, band and levels."""
    yield from _grid(paper)
    for risk in risks:
        place = _place(risk, "score")
        yield from _product(paper.scale, risk, risk.record, "score", place)
        for triple in ("inherent", "target"):
            if triple in risk.record:
                yield from _product(
                    paper.scale, risk, risk.record[triple], f"{triple} score", _place(risk, f"{triple}_score")
                )
        yield from _written(risk)
        yield from _band(paper.scale, risk)
        yield from _levels(paper, risk)
        yield from _target(risk)
    if paper.scale.assumed:
        yield Finding(
            "scale-assumed", "note", Place(), "", "no levels printed", "levels with numbers",
            "The paper prints no scale for its words, so their usual order was taken. Check it against your own scale.",
        )  # fmt: skip


def _place(risk: Risk, name: str) -> Place:
    printed = risk.printed(name)
    return printed.place if printed else risk.appearances[0].place


def _grid(paper: Paper) -> Iterator[Finding]:
    scale, place = paper.scale, paper.scale.places.get("grid", Place())
    for cell in scale.cells:
        says = f"{cell['score']} {cell['band']}".strip()
        at = f"impact {cell['impact']}, likelihood {cell['likelihood']}"
        product = cell["impact"] * cell["likelihood"]
        if cell["score"] != product:
            message = f"The matrix prints {cell['score']} at {at}, which multiply to {product}."
            yield Finding("matrix-cell", "error", place, "", says, str(product), message)
        band = scale.band(cell["score"])
        if band and cell["band"] and words_key(band) != words_key(cell["band"]):
            message = f"The matrix prints {says} at {at}; the criteria put a score of {cell['score']} in {band}."
            yield Finding("matrix-band", "error", place, "", says, f"{cell['score']} {band}", message)


def _product(scale: Scale, risk: Risk, values: dict[str, Any], what: str, place: Place) -> Iterator[Finding]:
    impact, likelihood, score = values.get("impact_value"), values.get("likelihood_value"), values.get("score")
    if impact is None or likelihood is None or score is None:
        return
    cells = [one["score"] for one in scale.cells if (one["impact"], one["likelihood"]) == (impact, likelihood)]
    product = impact * likelihood
    printed = risk.printed("score") if what == "score" else None
    if score == product or score in cells or (printed and read_score(printed.text).factors):
        return
    says = f"{what} {score}, impact {values['impact']}, likelihood {values['likelihood']}"
    message = (
        f"{risk.reference} prints a {what} of {score}, but impact {_said(values['impact'], impact)} and likelihood"
    )
    message += f" {_said(values['likelihood'], likelihood)} multiply to {product}."
    yield Finding("score-product", "error", place, risk.reference, says, str(product), message)


def _said(text: str, value: int) -> str:
    return text if str(value) in text else f"{text} ({value})"


def _written(risk: Risk) -> Iterator[Finding]:
    """A multiplication written out and wrong: "5 x 2 = 12"."""
    for one in risk.appearances:
        for name in ("score", "inherent_score", "target_score", "previous_score", "proposed_score"):
            score = read_score(one.text(name))
            if score.factors and score.value != score.factors[0] * score.factors[1]:
                product = score.factors[0] * score.factors[1]
                first, second = score.factors
                message = f"{risk.reference} prints {one.text(name)}; {first} times {second} is {product}."
                place = one.fields[name].place
                yield Finding("score-arithmetic", "error", place, risk.reference, one.text(name), str(product), message)


def _band(scale: Scale, risk: Risk) -> Iterator[Finding]:
    """A band printed for the risk, in a column of its own or beside the score, against the criteria."""
    names = {words_key(name) for name, _low, _high in scale.bands}
    for one in risk.appearances:
        beside = read_score(one.text("score"))
        for name, word in (
            ("band", band_word(one.text("band"))),
            ("score", beside.word if beside.value is not None else ""),
        ):
            value = read_score(one.text("score")).value
            value = value if value is not None else risk.record["score"]
            band = scale.band(value)
            if band and words_key(word) in names and words_key(word) != words_key(band):
                message = f"{risk.reference} is called {word} with a score of {value}; the criteria call that {band}."
                yield Finding("band", "error", one.fields[name].place, risk.reference, f"{value} {word}", band, message)


def _levels(paper: Paper, risk: Risk) -> Iterator[Finding]:
    """Levels and scores that the scale does not have."""
    for one in risk.appearances:
        for axis in ("impact", "likelihood"):
            yield from _level(paper.scale, risk, one, axis)
    top = paper.scale.size**2
    score = risk.record["score"]
    if top and score is not None and not 1 <= score <= top:
        message = f"{risk.reference} prints a score of {score}; this scale goes from 1 to {top}."
        yield Finding(
            "score-off-scale", "error", _place(risk, "score"), risk.reference, str(score), f"1 to {top}", message
        )


def _level(scale: Scale, risk: Risk, one: Appearance, axis: str) -> Iterator[Finding]:
    text, words = one.text(axis), scale.words[axis]
    value = scale.value(axis, text) if text else None
    known = value is not None and (value in words or (not words and 1 <= value <= (scale.size or value)))
    if not text or known or (not words and not scale.size) or not any(sign.isalnum() for sign in text):
        return
    should = ", ".join(words.values()) or f"1 to {scale.size}"
    message = f"{risk.reference} prints {axis} {text}, which the paper's scale does not have ({should})."
    yield Finding("level-unknown", "warning", one.fields[axis].place, risk.reference, text, should, message)


def _target(risk: Risk) -> Iterator[Finding]:
    """Inherent is the score before controls and target the one to reach: residual lies between them."""
    score = risk.record["score"]
    inherent = risk.record.get("inherent", {}).get("score")
    if score is not None and inherent is not None and score > inherent:
        message = f"{risk.reference} scores {score} with its controls and {inherent} without them."
        place = _place(risk, "inherent_score")
        says = f"inherent {inherent}, residual {score}"
        yield Finding("residual-above-inherent", "warning", place, risk.reference, says, f"{inherent} or less", message)
