from urllib.parse import quote

from django.apps import AppConfig


class Config(AppConfig):
    name = "candour.commissioning"
    label = "commissioning"

    def ready(self) -> None:
        from candour.commissioning.access import CommissioningPermission
        from candour.commissioning.intake import choices, registers, save, spend
        from candour.commissioning.intake.columns import FIELDS, SPEND_FIELDS
        from candour.commissioning.models import AgreementLine
        from candour.commissioning.papers.export import AGREEMENT_EXPORT
        from candour.commissioning.papers.kind import AGREEMENTS
        from candour.commissioning.papers.opendata.exports import EXPORTS
        from candour.commissioning.papers.opendata.sources import OPEN_DATA
        from candour.commissioning.queries.lines import agreement_lines, agreement_texts
        from candour.kernel.intake import kinds as papers_in
        from candour.kernel.papers import exports
        from candour.kernel.papers import kinds as papers_out
        from candour.kernel.publication import sources
        from candour.kernel.records.kinds import Kind, register
        from candour.kernel.web import navigation

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
            )
        )
        navigation.register("Agreements", "agreements", CommissioningPermission.SEE, order=45)
        papers_out.register(AGREEMENTS)
        for export in (AGREEMENT_EXPORT, *EXPORTS):
            exports.register(export)
        sources.register(OPEN_DATA)
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
