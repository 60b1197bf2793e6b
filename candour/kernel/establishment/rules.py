"""What one may give to another, and what makes an organisation a body of its own (pure)."""

from collections.abc import Callable, Iterable, Mapping

from candour.kernel.access.rules import Role

BODIES = frozenset({"office", "force"})  # kinds of organisation that keep registers, and so have administrators


def beyond(
    page: Mapping[str, Role], wanted: Iterable[tuple[str, int]], holds: Callable[[str, int], bool]
) -> list[tuple[str, int]]:
    """Each (permission, organisation) that some roles in some organisations give and `holds` denies, in order.

    Empty where nothing more would be given than is held. A role that is not on the page gives nothing.
    """
    found = {
        (str(permission), organisation)
        for role, organisation in wanted
        if role in page
        for permission in page[role].permissions
        if not holds(str(permission), organisation)
    }
    return sorted(found)


def roles_with(page: Mapping[str, Role], permission: str) -> list[str]:
    """The names of the roles that hold a permission, in the order of the page."""
    return [name for name, role in page.items() if permission in role.permissions]


def circular(post: int, answers_to: int, line: Mapping[int, int | None]) -> bool:
    """Whether a post that answered to another would answer to itself; line: by post the one it answers to now."""
    above: int | None = answers_to
    seen: set[int] = set()
    while above is not None and above not in seen:
        if above == post:
            return True
        seen.add(above)
        above = line.get(above)
    return False
