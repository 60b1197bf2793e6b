from urllib.parse import quote

from django.apps import AppConfig


class Config(AppConfig):
    name = "candour.finance"
    label = "finance"

    def ready(self) -> None:
        from candour.finance.access import FinancePermission
        from candour.finance.intake import FINANCE
        from candour.finance.models import BudgetLine, CollaborationLine, ProjectLine, SchemeLine
        from candour.finance.papers.kind import FINANCE as FINANCE_PAPER
        from candour.finance.papers.workbook import FINANCE_EXPORT
        from candour.finance.queries import kept
        from candour.finance.queries.owned import OWNED
        from candour.finance.queries.verify import first_failure
        from candour.kernel.establishment import work
        from candour.kernel.history.verify import checks
        from candour.kernel.intake import kinds as papers_in
        from candour.kernel.papers import exports
        from candour.kernel.papers import kinds as papers_out
        from candour.kernel.records.kinds import Kind, register, told_in
        from candour.kernel.service import scopes
        from candour.kernel.web import navigation

        for name, label, plural, place, model, lines, texts in (
            ("budget", "Budget", "Budgets", "budgets", BudgetLine, kept.budget_lines, kept.budget_texts),
            ("finance-scheme", "Scheme", "Schemes", "schemes", SchemeLine, kept.scheme_lines, kept.scheme_texts),
            ("project", "Project", "Projects", "projects", ProjectLine, kept.project_lines, kept.project_texts),
            (
                *("collaboration", "Collaboration", "Collaborations", "collaborations", CollaborationLine),
                *(kept.collaboration_lines, kept.collaboration_texts),
            ),
        ):
            register(
                Kind(
                    name=name,
                    label=label,
                    plural=plural,
                    see=FinancePermission.SEE,
                    address=_address(place),
                    line_model=model,
                    lines=lines,
                    search_text=texts,
                    events=told_in("candour.finance.views.words"),
                )
            )
        checks.append(first_failure)
        navigation.register("Finance", "finance", FinancePermission.SEE, order=43)
        papers_in.register(FINANCE)
        papers_out.register(FINANCE_PAPER)
        exports.register(FINANCE_EXPORT)
        for source in OWNED:
            work.register(source)
        scopes.register(scopes.Register("finance", "Finance and change", FinancePermission.SEE, order=80))


def _address(place: str):  # type: ignore[no-untyped-def]
    return lambda organisation, reference: quote(f"/finance/{place}/{organisation}/{reference}/")
