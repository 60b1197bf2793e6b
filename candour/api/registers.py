"""The routers of the API, by where each stands."""

from ninja import Router

from candour.risks import api as risks

ROUTERS: tuple[tuple[str, Router], ...] = (("/risks", risks.router),)
