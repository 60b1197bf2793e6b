"""Money in whole pence: taken from pounds, and said in pounds. Never a float."""

from decimal import Decimal


def pence(amount: Decimal | None) -> int | None:
    """Whole pence of an amount in pounds; None for none. Raises ValueError for parts of a penny."""
    if amount is None:
        return None
    found = amount * 100
    if found != found.to_integral_value():
        raise ValueError(f"{amount} has parts of a penny")
    return int(found)


def pounds(amount: int | None) -> str:
    """£27,225, with the pence only where there are any; "none" without an amount."""
    if amount is None:
        return "none"
    whole, rest = divmod(abs(amount), 100)
    return f"{'−' if amount < 0 else ''}£{whole:,}{f'.{rest:02}' if rest else ''}"


def plain(amount: int | None) -> str:
    """27225.00, for files that machines read."""
    if amount is None:
        return ""
    whole, rest = divmod(abs(amount), 100)
    return f"{'-' if amount < 0 else ''}{whole}.{rest:02}"
