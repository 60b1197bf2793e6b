"""The search texts of decisions: written in every recording that touches one, as the kernel writes those of records."""

from candour.boards.models import Decision, DecisionText
from candour.boards.queries.lines import decision_texts
from candour.kernel.history.batch import CHUNK, Batch
from candour.kernel.history.rows import replace
from candour.kernel.records.lines import batched


def finish(batch: Batch) -> None:
    """Of every recording: brings the search texts of its decisions up to date."""
    if batch.record_model is Decision:
        for some in batched(batch.records, CHUNK):
            replace(DecisionText, [{"decision_id": pk, "text": text} for pk, text in decision_texts(some).items()])
