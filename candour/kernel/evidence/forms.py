"""The forms of evidence: add a file, take one off."""

from typing import Any

from django.conf import settings

from candour.kernel.evidence.kinds import ENDINGS
from candour.kernel.web.fields import FileField, ReasonField
from candour.kernel.web.forms import Form

HINT = "PDF, Word (.docx), Excel (.xlsx), CSV, text, PNG, JPG or e-mail (.eml, .msg), up to {limit} MB"


class AnyFileField(FileField):
    """A file whose kind the command tells from its content, and says how to mend; here only what the browser offers."""

    accept = ",".join(ENDINGS)


class AddForm(Form):
    file = AnyFileField("File", missing="Choose the file")
    reason = ReasonField(
        "What it shows", missing="Say what it shows", hint="In one line, for whoever reads the history"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = HINT.format(limit=settings.FILE_LIMIT // 1024**2)


class RemoveForm(Form):
    reason = ReasonField("Why the file goes", missing="Say why the file goes")
