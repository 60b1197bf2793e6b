from urllib.parse import quote

from django.apps import AppConfig


class Config(AppConfig):
    name = "candour.commissioning"
    label = "commissioning"

    def ready(self) -> None:
        from candour.commissioning.access import CommissioningPermission
        from candour.commissioning.queries.care.owned import STEPS
        from candour.commissioning.queries.follow.owned import SOURCES as FOLLOWED
        from candour.commissioning.queries.rounds.owned import SOURCES
        from candour.commissioning.queries.serving import agreements_serving
        from candour.kernel.establishment import work
        from candour.kernel.records import priorities
        from candour.kernel.service import scopes
        from candour.kernel.web import called, navigation

        kinds()
        papers()
        readers()
        seen_by_meetings()
        reminders()
        priorities.register_served("agreement", agreements_serving)
        for source in (*SOURCES, STEPS, *FOLLOWED):
            work.register(source)
        called.call({"provider": "A provider", "stream": "A funding stream", "diligence": "Due diligence"})
        navigation.register("Agreements", "agreements", CommissioningPermission.SEE, order=45)
        navigation.register("My scoring", "scoring", CommissioningPermission.SCORE, order=46)
        scopes.register(
            scopes.Register(
                "agreements", "Agreements, providers and grant rounds", CommissioningPermission.SEE, order=60
            )
        )


def kinds() -> None:
    """Agreements, grant rounds and applications as kinds of records."""
    from candour.commissioning.access import CommissioningPermission
    from candour.commissioning.models import AgreementLine, ApplicationLine, RoundLine, Scoring
    from candour.commissioning.queries.lines import agreement_lines, agreement_texts
    from candour.commissioning.queries.rounds import lines as rounds
    from candour.kernel.records.kinds import Kind, Owners, register, told_in

    register(
        Kind(
            name="agreement",
            label="Agreement",
            plural="Agreements",
            see=CommissioningPermission.SEE,
            address=lambda organisation, reference: quote(f"/agreements/{organisation}/{reference}/"),
            line_model=AgreementLine,
            lines=agreement_lines,
            search_text=agreement_texts,
            events=told_in("candour.commissioning.views.words"),
        )
    )
    register(
        Kind(
            name="round",
            label="Grant round",
            plural="Grant rounds",
            see=CommissioningPermission.SEE,
            address=lambda organisation, reference: quote(f"/agreements/rounds/{organisation}/{reference}/"),
            line_model=RoundLine,
            lines=rounds.round_lines,
            search_text=rounds.round_texts,
            events=told_in("candour.commissioning.views.rounds.words"),
        )
    )
    register(
        Kind(
            name="application",
            label="Application",
            plural="Applications",
            see=CommissioningPermission.APPLICATIONS,
            address=lambda organisation, reference: quote(f"/agreements/applications/{organisation}/{reference}/"),
            line_model=ApplicationLine,
            lines=rounds.application_lines,
            search_text=rounds.application_texts,
            events=told_in("candour.commissioning.views.rounds.words"),
            owners=Owners(Scoring, "application"),
        )
    )


def papers() -> None:
    """What is written out: papers, registers, open data."""
    from candour.commissioning.papers.changes.kind import AGREEMENT_CHANGES
    from candour.commissioning.papers.export import AGREEMENT_EXPORT
    from candour.commissioning.papers.follow.kind import COMMISSIONING, VALUE
    from candour.commissioning.papers.kind import AGREEMENTS
    from candour.commissioning.papers.opendata.exports import EXPORTS
    from candour.commissioning.papers.opendata.sources import OPEN_DATA
    from candour.commissioning.papers.rounds.kind import ROUNDS
    from candour.kernel.papers import exports
    from candour.kernel.papers import kinds as papers_out
    from candour.kernel.publication import sources

    for paper in (AGREEMENTS, AGREEMENT_CHANGES, ROUNDS, COMMISSIONING, VALUE):
        papers_out.register(paper)
    for export in (AGREEMENT_EXPORT, *EXPORTS):
        exports.register(export)
    sources.register(OPEN_DATA)


def reminders() -> None:
    """Letters about returns that are late or not assessed."""
    from candour.commissioning.commands import follow
    from candour.kernel.notices import sources
    from candour.kernel.notices.rules import Pace

    sources.register_address(follow.ABOUT, follow.link_address)
    sources.register_reminder("monitoring returns", follow.write_reminders)
    words = "Returns of providers that your posts assess"
    sources.register_kind(sources.Kind(follow.ABOUT, words, Pace.DAILY, sources.SET_FOR_A_POST, order=34))


def readers() -> None:
    """What is read in: registers of contracts, lists of grants, files of spend."""
    from candour.commissioning.intake import choices, registers, save, spend
    from candour.commissioning.intake.names import FIELDS, SPEND_FIELDS
    from candour.kernel.intake import kinds as papers_in

    for name, label in registers.KINDS.items():
        of_spend = name == "spend"
        papers_in.register(
            papers_in.PaperKind(
                name=name,
                label=label,
                recognises=registers.recognises(name),
                propose=registers.proposes(name),
                choices=choices.choices,
                compare=spend.compare if of_spend else save.compare,
                save=spend.save if of_spend else save.saves(name),
                fields=SPEND_FIELDS if of_spend else FIELDS,
                needs=frozenset({"supplier"}),
            )
        )


def seen_by_meetings() -> None:
    """The register as a meeting saw it, and what changed since."""
    from django.urls import reverse

    from candour.commissioning.access import CommissioningPermission
    from candour.kernel.records import registers

    registers.register(
        registers.Register(
            order=45,
            label="Agreements",
            permission=CommissioningPermission.SEE,
            at=lambda day: f"{reverse('agreements')}?as_at={day.isoformat()}",
            changes=lambda since, day: (
                f"{reverse('agreements-changes')}?since={since.isoformat()}&as_at={day.isoformat()}"
            ),
        )
    )
