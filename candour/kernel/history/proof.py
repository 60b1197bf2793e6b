"""The proof of every record: its chain of entries, its head and its live rows, in one pass.

Everything is read in the order of kind, record and sequence, in step, so that memory stays constant.
"""

from itertools import groupby
from operator import itemgetter

from django.apps import apps
from django.db import connection

from candour.kernel.history.canonical import EXACT, is_commitment, open_word, parse, plain
from candour.kernel.history.chain import (
    CHUNK,
    Broken,
    EntryRow,
    Row,
    Shots,
    State,
    States,
    check_chain,
    entries_sql,
    stream,
)
from candour.kernel.history.codec import REMOVED, Codec, chain_root, codec, recorded_models
from candour.kernel.history.models import Chained, Recorded
from candour.kernel.history.parts import WHOLE, Part, in_part


def check_records(part: Part = WHOLE) -> int:
    """Every chain against its entries, states, head and live rows; gives how many entries there are. Raises Broken."""
    roots = {model._meta.label_lower: model for model in apps.get_models() if issubclass(model, Chained)}
    shots = Shots(part)
    count = 0
    for kind, of_kind in groupby(stream(entries_sql(part)), key=itemgetter(0)):
        if kind not in roots:
            raise Broken(f"there are entries of {kind}, which is no kind of record")
        register = Register(roots.pop(kind), part)
        for record, chain in groupby(of_kind, key=itemgetter(1)):
            last, states = check_chain(chain, shots)
            register.check(record, last, states)
            count += last.sequence
        register.finish()
    for root in roots.values():
        Register(root, part).finish()
    if left := shots.waiting:
        raise Broken(f"{left[2]} {left[3]} has a state of {left[1]} without its entry")
    return count


def check_places() -> None:
    """Every state against the entry that it belongs to: the same record, sequence and moment. Raises Broken."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.record_kind, s.record_id, s.sequence FROM history_snapshot s"
            " LEFT JOIN history_entry e ON e.id = s.entry_id WHERE e.id IS NULL OR s.record_kind <> e.record_kind"
            " OR s.record_id <> e.record_id OR s.sequence <> e.sequence OR s.recorded_at <> e.recorded_at LIMIT 1"
        )
        if moved := cursor.fetchone():
            raise Broken(f"{moved[0]} {moved[1]} entry {moved[2]}: the place or time of a state was altered")


class Register:
    """The heads and live rows of one kind of chain, read in step with its entries."""

    def __init__(self, root: type[Chained], part: Part) -> None:
        self.kind = root._meta.label_lower
        heads = in_part(root._base_manager.order_by("pk"), "pk", part)
        self.heads = iter(heads.values_list("pk", "head_sequence", "head_hash").iterator(CHUNK))
        tables = [Live(model, part) for model in recorded_models() if chain_root(model)[0] is root]
        self.tables = [table for table in tables if table.waiting is not None]  # most kinds of row are of other chains

    def check(self, record: int, last: EntryRow, states: States) -> None:
        """One record's head against its last entry, and its rows against their last states."""
        head = next((head for head in self.heads if not self.unrecorded(head, before=record)), None)
        if head is None or head[0] != record:
            raise Broken(f"{last.label} ({self.kind} {record}) has a history but the record is gone")
        if head[1:] != (last.sequence, last.hash):
            raise Broken(f"{self.kind} {record}: its last entry is not the one its head names")
        for table in self.tables:
            table.check(record, states)
        if states:
            model, key = next(iter(states))
            raise Broken(f"{model} {key} is in the history but not in the register")

    def unrecorded(self, head: tuple[int, int, str], *, before: int | None = None) -> bool:
        """Whether a head comes before a record, so that it has no entries. Raises Broken where it names one."""
        if before is not None and head[0] >= before:
            return False
        if head[1:] != (0, ""):
            raise Broken(f"{self.kind} {head[0]}: its last entry is not the one its head names")
        return True

    def finish(self) -> None:
        """No head may name an entry, and no row may stand, beyond the last record that has a history."""
        for head in self.heads:
            self.unrecorded(head)
        for table in self.tables:
            table.finish()


class Live:
    """The live rows of one model, handed out record by record."""

    def __init__(self, model: type[Recorded], part: Part) -> None:
        self.coder: Codec = codec(model)
        column = chain_root(model)[1]
        self.words = [field.name for field in self.coder.fields if field.name in self.coder.words]
        fields = [field for field in self.coder.fields if field.name not in self.coder.words]
        self.names = [field.name for field in fields]
        columns = [*(field.attname for field in fields), *self.words]
        ordered = model._base_manager.order_by(column, *(["pk"] if column != "pk" else []))
        rows = in_part(ordered, column, part)
        self.rows = iter(rows.values_list(column, "pk", *columns).iterator(CHUNK))
        self.waiting: Row | None = next(self.rows, None)

    def check(self, record: int, states: States) -> None:
        """The rows of a record against their last states, which are taken out of `states`."""
        while (row := self.waiting) is not None and row[0] <= record:
            state = states.pop((self.coder.label, row[1]), None)
            if state is None or row[0] < record:
                break
            if wrong := self.differing(row, state):
                raise Broken(f"{self.coder.label} {row[1]}: {wrong} is not what was recorded")
            self.waiting = next(self.rows, None)
        else:
            return
        self.finish()

    def differing(self, row: Row, state: State) -> str:
        """The first field in which a row is not its state, or ""."""
        _, text, words = state
        facts = self.coder.filled(parse(text))
        middle = len(self.names) + 2
        live = [value if type(value) in EXACT else plain(value) for value in row[2:middle]]
        if live != [facts.get(name) for name in self.names]:
            return next(name for name, value in zip(self.names, live, strict=True) if facts.get(name) != value)
        for name, value in zip(self.words, row[middle:], strict=True):
            said = facts.get(name)
            if is_commitment(said):
                said = open_word(words[name]) if name in words else REMOVED
            if said != value:
                return name
        return ""

    def finish(self) -> None:
        """Raises Broken for a row that no state accounts for."""
        if self.waiting is not None:
            raise Broken(f"{self.coder.label} {self.waiting[1]} was written without being recorded")
