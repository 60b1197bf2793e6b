from candour.kernel.scales.rules import Band, Level, Matrix

WORDS = ("Rare", "Possible", "Likely", "Very likely", "Certain", "Sure", "Now", "Always")


def matrix(*, impact: int = 4, likelihood: int = 4, bands: tuple[Band, ...] | None = None, id: int = 1) -> Matrix:
    """A matrix of the given size. Unless bands are given: low to a quarter of the top score, high from the half."""
    top = impact * likelihood
    return Matrix(
        id=id,
        name=f"{impact} by {likelihood}",
        impact=tuple(Level(n, f"Impact {n}") for n in range(1, impact + 1)),
        likelihood=tuple(Level(n, WORDS[n - 1]) for n in range(1, likelihood + 1)),
        bands=bands
        or (
            Band("High", top // 2, top, 3, "high"),
            Band("Medium", top // 4 + 1, top // 2 - 1, 6, "medium"),
            Band("Low", 1, top // 4, 12, "low"),
        ),
    )
