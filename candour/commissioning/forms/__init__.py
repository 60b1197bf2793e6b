"""What the pages of agreements ask."""

from candour.commissioning.forms.base import VerbForm
from candour.commissioning.forms.life import (
    ContactForm,
    DocumentForm,
    EndForm,
    OrderForm,
    OverrideForm,
    RestrictForm,
    SignForm,
    VaryForm,
)
from candour.commissioning.forms.listing import RegisterFilters
from candour.commissioning.forms.raising import ChangeForm, ProviderForm, RaiseForm, StreamForm, TemplateForm
from candour.commissioning.forms.serving import ServesForm

__all__ = [
    "ChangeForm",
    "ContactForm",
    "DocumentForm",
    "EndForm",
    "OrderForm",
    "OverrideForm",
    "ProviderForm",
    "RaiseForm",
    "RegisterFilters",
    "RestrictForm",
    "ServesForm",
    "SignForm",
    "StreamForm",
    "TemplateForm",
    "VaryForm",
    "VerbForm",
]
