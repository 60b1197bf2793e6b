"""The scores of a risk and its levels, as printed and as numbers, from all its printings. Pure."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from candour.kernel.intake.printed import blank

from .appearances import Appearance
from .labels import factors_order
from .matrix import Scale
from .values import read_before, read_level, read_pair, read_score

if TYPE_CHECKING:
    from .joined import Risk

SCORES = ("score", "proposed_score", "previous_score")
TRIPLES = ("inherent", "target")


def levels_of(risk: "Risk", scale: Scale) -> None:
    """Fill the record of a risk with its scores and levels: as they stand, without controls, and to be reached."""
    record = risk.record
    for name in SCORES:
        printed = risk.printed(name)
        score = read_score(printed.text) if printed else None
        record[name] = score.value if score else None
        if name == "score" and score and score.word and record["band"] is None:
            record["band"] = score.word
        if printed and str(record[name] if record[name] is not None else "") != printed.text:
            record[f"{name}_text"] = printed.text
    score_said = risk.printed("score")
    if record["previous_score"] is None and score_said:
        record["previous_score"] = read_before(score_said.text)
    _axes(risk, scale, "", record)
    for triple in TRIPLES:
        values: dict[str, Any] = {}
        _axes(risk, scale, f"{triple}_", values)
        printed = risk.printed(f"{triple}_score")
        values["score"] = read_score(printed.text).value if printed else None
        if printed and str(values["score"]) != printed.text and not blank(printed.text):
            values["score_text"] = printed.text
        if any(values.get(name) not in (None, "") for name in ("impact", "likelihood", "score")):
            record[triple] = values


def _axes(risk: "Risk", scale: Scale, prefix: str, into: dict[str, Any]) -> None:
    """Impact and likelihood as printed, and their numbers; from the factors of the score where they have no columns."""
    for axis in ("impact", "likelihood"):
        printed = risk.printed(prefix + axis)
        told = printed and (not blank(printed.text) or scale.value(axis, printed.text) is not None)
        text = printed.text if printed and told else None
        word, number = read_level(text or "")
        into[axis] = word if word and number is not None else text
        if into[axis] != text:
            into[f"{axis}_text"] = text
        into[f"{axis}_value"] = scale.value(axis, text) if text else None
    if into["impact"] is None and into["likelihood"] is None:
        _from_factors(risk, scale, prefix, into)


def _from_factors(risk: "Risk", scale: Scale, prefix: str, into: dict[str, Any]) -> None:
    """Levels that are printed in one cell: "5 x 2 = 10" of the score, or "Likely - Major" of a column beside it."""
    printed = risk.in_factors(prefix + "score") or risk.printed(prefix + "levels")
    read = read_score(printed.text) if printed else None
    if printed is None or read is None:
        return
    first = read.first or factors_order(printed.label) or scale.first or "impact"
    axes = ("impact", "likelihood") if first == "impact" else ("likelihood", "impact")
    if read.factors:
        for axis, value in zip(axes, read.factors, strict=True):
            into[axis], into[f"{axis}_value"] = str(value), value
    elif pair := read_pair(printed.text):
        for axis, text in zip(axes, pair, strict=True):
            into[axis], into[f"{axis}_value"] = text, scale.value(axis, text)


def rated_levels(appearances: Sequence[Appearance]) -> list[tuple[str, str, int | None]]:
    """Impact and likelihood as printed with the score beside them, for each printing and each set of scores."""
    found = []
    for one in appearances:
        for prefix in ("", "inherent_", "target_"):
            pair = one.text(f"{prefix}impact"), one.text(f"{prefix}likelihood")
            if not any(pair) and (told := one.fields.get(f"{prefix}levels")):
                words = read_pair(told.text) or ("", "")
                pair = words[::-1] if factors_order(told.label) == "likelihood" else words
            if any(read_level(text)[0] for text in pair):
                found.append((*pair, read_score(one.text(f"{prefix}score")).value))
    return found
