"""The two bodies of the demo: an invented area called Mereford."""

BODIES = (
    # code, name, short name, kind
    ("office", "Office of the Police and Crime Commissioner for Mereford", "Mereford OPCC", "office"),
    ("force", "Mereford Police", "Mereford Police", "force"),
)
