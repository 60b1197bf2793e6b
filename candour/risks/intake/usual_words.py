"""Words for levels in common use. Pure data."""

# Words in common use, lowest first: only where the paper prints words and no scale of its own.
USUAL = {
    "impact": (
        ("low", "medium", "high"),
        ("minor", "moderate", "major"),
        ("low", "medium", "high", "very high"),
        ("very low", "low", "medium", "high", "very high"),
        ("negligible", "minor", "moderate", "major", "catastrophic"),
        ("insignificant", "minor", "moderate", "major", "catastrophic"),
        ("insignificant", "minor", "moderate", "major", "critical"),
        ("negligible", "minor", "moderate", "major", "severe"),
    ),
    "likelihood": (
        ("low", "medium", "high"),
        ("unlikely", "possible", "likely"),
        ("rare", "possible", "likely", "very high"),
        ("low", "medium", "high", "very high"),
        ("unlikely", "possible", "likely", "almost certain"),
        ("rare", "unlikely", "possible", "likely", "almost certain"),
        ("very low", "low", "medium", "high", "very high"),
    ),
}
