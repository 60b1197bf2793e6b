"""What people send about saved views."""

from typing import Any

from candour.kernel.web.forms import Form, TextField, TickField


class ViewForm(Form):
    """The name of a view, whether the body shares it, and whether one's list opens with it."""

    name = TextField(
        "Name",
        hint="As it will stand in the row of views",
        missing="Enter a name for the view",
        max_length=60,
        width="20",
    )
    shared = TickField("Share it with everybody of my body", required=False)
    first = TickField("Open my list of risks with it", required=False)

    def __init__(self, *args: Any, may_share: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_share:
            del self.fields["shared"]


class FirstForm(Form):
    """Of a view that somebody else shared: whether one's own list opens with it."""

    first = TickField("Open my list of risks with it", required=False)
