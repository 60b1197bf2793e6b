"""How money is said to a board: rounded for scanning, exact in its tables, and never with a sign alone. Pure."""

from candour.kernel.money import pounds


def short(amount: int | None) -> str:
    """£94.2m, £850k, £400; "none" without an amount. To a tenth of a million, else to a thousand, halves up."""
    if amount is None:
        return "none"
    sign, whole = "−" if amount < 0 else "", abs(amount)
    if whole >= 99_950_000:
        tenths = (whole + 5_000_000) // 10_000_000
        return f"{sign}£{tenths // 10:,}.{tenths % 10}m"
    if whole >= 100_000:
        return f"{sign}£{(whole + 50_000) // 100_000:,}k"
    return pounds(amount)


def over(amount: int | None) -> str:
    """A variance of spending in words: £1.2m over, £300k under, on budget."""
    if amount is None:
        return "not known"
    if amount == 0:
        return "on budget"
    return f"{short(abs(amount))} {'over' if amount > 0 else 'under'}"


def exactly(amount: int | None) -> str:
    """A variance to the penny: £10,000 over, £350.50 under, on budget."""
    if amount is None:
        return "not known"
    if amount == 0:
        return "on budget"
    return f"{pounds(abs(amount))} {'over' if amount > 0 else 'under'}"


def behind(amount: int | None) -> str:
    """A variance of a saving in words: £200k short, £50k more, as planned."""
    if amount is None:
        return "not known"
    if amount == 0:
        return "as planned"
    return f"{short(abs(amount))} {'more' if amount > 0 else 'short'}"


def slipped(amount: int) -> str:
    """What moves between years: £2m to later years, £100k brought forward, "none"."""
    if amount == 0:
        return "none"
    return f"{short(abs(amount))} {'to later years' if amount > 0 else 'brought forward'}"


def unfunded(amount: int | None) -> str:
    """Whether funding adds up: £250k short, £40k too much, adds up."""
    if amount is None:
        return "not known"
    if amount == 0:
        return "adds up"
    return f"{short(abs(amount))} {'short' if amount > 0 else 'too much'}"


def gap(amount: int | None) -> str:
    """A gap of a plan: £3.1m short, £200k to spare, balanced."""
    if amount is None:
        return "not known"
    if amount == 0:
        return "balanced"
    return f"{short(abs(amount))} {'short' if amount > 0 else 'to spare'}"
