"""The pages of agreements."""

from candour.commissioning.views.changes import agreements_changes
from candour.commissioning.views.history import history
from candour.commissioning.views.life import (
    contact,
    document,
    end,
    order,
    override,
    restrict,
    share,
    sign,
    vary,
)
from candour.commissioning.views.listing import agreements, agreements_file
from candour.commissioning.views.opendata import open_data, open_data_settings
from candour.commissioning.views.pipeline import agreements_pipeline
from candour.commissioning.views.published import (
    end_indicator,
    indicator,
    pay,
    publish_again,
    published,
    rate,
    withhold,
)
from candour.commissioning.views.raising import (
    add_provider,
    add_stream,
    change_agreement,
    change_provider,
    provider,
    raise_agreement,
    set_template,
)
from candour.commissioning.views.record import agreement
from candour.commissioning.views.serving import serve

__all__ = [
    "add_provider",
    "add_stream",
    "agreement",
    "agreements",
    "agreements_changes",
    "agreements_file",
    "agreements_pipeline",
    "change_agreement",
    "change_provider",
    "contact",
    "document",
    "end",
    "end_indicator",
    "history",
    "indicator",
    "open_data",
    "open_data_settings",
    "order",
    "override",
    "pay",
    "provider",
    "publish_again",
    "published",
    "raise_agreement",
    "rate",
    "restrict",
    "serve",
    "set_template",
    "share",
    "sign",
    "vary",
    "withhold",
]
