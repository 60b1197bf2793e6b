"""A filter of the standard (RFC 7644, 3.4.2.2) as a question to the database: what is found is counted and cut there."""

from typing import Any

from django.db.models import Q, QuerySet
from scim2_models import InvalidFilterException
from scim2_models.path import CompareOperator, FilterVisitor, LogicalOperator

# By the attribute, in small letters: the field, and whether capitals count there. What is not here cannot be asked.
OF_PEOPLE = {
    "id": ("pk", True),
    "username": ("username", False),
    "externalid": ("provisioned__external", True),
    "displayname": ("name", False),
    "name.formatted": ("name", False),
    "name.givenname": ("provisioned__given", False),
    "name.familyname": ("provisioned__family", False),
    "emails": ("email", False),
    "emails.value": ("email", False),
    "active": ("is_active", True),
    "groups": ("memberships__group", True),
    "groups.value": ("memberships__group", True),
    "meta.created": ("made_at", True),
    "meta.lastmodified": ("changed_at", True),
}
OF_GROUPS = {
    "id": ("pk", True),
    "externalid": ("external", True),
    "displayname": ("name", False),
    "members": ("memberships__person", True),
    "members.value": ("memberships__person", True),
    "meta.created": ("made_at", True),
    "meta.lastmodified": ("changed_at", True),
}
NUMBERS = {"pk", "memberships__group", "memberships__person"}
TEXT = {
    CompareOperator.co: "contains",
    CompareOperator.sw: "startswith",
    CompareOperator.ew: "endswith",
}
ORDER = {CompareOperator.gt: "gt", CompareOperator.ge: "gte", CompareOperator.lt: "lt", CompareOperator.le: "lte"}


def narrowed(rows: QuerySet[Any], asked: Any, *, of_people: bool) -> QuerySet[Any]:
    """Those rows that a filter matches. Raises InvalidFilterException for what the database is not asked."""
    found = rows.filter(_Question(asked, OF_PEOPLE if of_people else OF_GROUPS).visit(asked.ast))
    return found.distinct()


class _Question(FilterVisitor[Q]):
    def __init__(self, asked: Any, fields: dict[str, tuple[str, bool]], within: str = "") -> None:
        self.asked, self.fields, self.within = asked, fields, within

    def visit_comparison(self, node: Any) -> Q:
        name, exact = self._field(node.attr_path)
        value = self._value(name, node.value)
        if name == "is_fixed":
            return Q() if value else Q(pk=0)
        if node.op == CompareOperator.ne:
            return ~self._equal(name, exact, value)
        if node.op == CompareOperator.eq:
            return self._equal(name, exact, value)
        if node.op in ORDER and name not in NUMBERS and name != "is_active":
            return Q(**{f"{name}__{ORDER[node.op]}": value})
        if node.op in TEXT and isinstance(value, str):
            return Q(**{f"{name}__{'' if exact else 'i'}{TEXT[node.op]}": value})
        raise InvalidFilterException(detail=f"{node.attr_path} cannot be compared by {node.op.value}")

    def visit_present(self, node: Any) -> Q:
        name, _ = self._field(node.attr_path)
        if name in NUMBERS or name in {"is_active", "made_at", "changed_at", "is_fixed"}:
            return Q(**{f"{name}__isnull": False}) if name != "is_fixed" else Q()
        return Q(**{f"{name}__isnull": False}) & ~Q(**{name: ""})

    def visit_not(self, node: Any) -> Q:
        return ~self.visit(node.expr)

    def visit_logical_expr(self, node: Any) -> Q:
        parts = [self.visit(term) for term in node.terms]
        found = parts[0]
        for part in parts[1:]:
            found = found & part if node.op == LogicalOperator.and_ else found | part
        return found

    def visit_value_path(self, node: Any) -> Q:
        inside = _Question(self.asked, self.fields, within=f"{_named(node.attr_path)}.")
        return inside.visit(node.val_filter)

    def _field(self, path: Any) -> tuple[str, bool]:
        name = f"{self.within}{_named(path)}"
        if name in {"emails.type", "emails.primary"}:
            return "is_fixed", False  # there is one address, for work, and it is the chief one
        if name not in self.fields:
            raise InvalidFilterException(detail=f"{path} cannot be asked for")
        return self.fields[name]

    def _equal(self, name: str, exact: bool, value: Any) -> Q:
        if value is None:
            return Q(**{f"{name}__isnull": True})
        return Q(**{name: value}) if exact or not isinstance(value, str) else Q(**{f"{name}__iexact": value})

    def _value(self, name: str, value: Any) -> Any:
        if name == "is_fixed":
            return value is True or str(value).lower() in {"work", "true"}
        if name in NUMBERS and value is not None:
            words = str(value)
            return int(words) if words.isascii() and words.isdecimal() and len(words) < 19 else 0
        return value


def _named(path: Any) -> str:
    """The attribute as it is written, in small letters, without the name of its schema."""
    said = path.attr if path.sub_attr is None else f"{path.attr}.{path.sub_attr}"
    return str(said).lower()
