from urllib.parse import quote

from django.apps import AppConfig
from django.urls import reverse


class Config(AppConfig):
    name = "candour.audits"
    label = "audits"

    def ready(self) -> None:
        from candour.audits.access import AuditPermission
        from candour.audits.intake import choices, progress, save
        from candour.audits.models import AuditLine
        from candour.audits.papers.changes.kind import AUDIT_PLAN_CHANGES
        from candour.audits.papers.kind import AUDIT_PROGRESS
        from candour.audits.queries.lines import audit_lines, audit_texts
        from candour.audits.queries.owned import OWNED
        from candour.kernel.establishment import work
        from candour.kernel.intake import kinds as papers_in
        from candour.kernel.papers import kinds as papers_out
        from candour.kernel.records import registers
        from candour.kernel.records.kinds import Kind, register, told_in
        from candour.kernel.service import scopes
        from candour.kernel.web import called, navigation

        register(
            Kind(
                name="audit",
                label="Audit",
                plural="Audits",
                see=AuditPermission.SEE,
                address=lambda organisation, reference: quote(f"/audits/{organisation}/{reference}/"),
                line_model=AuditLine,
                lines=audit_lines,
                search_text=audit_texts,
                events=told_in("candour.audits.views.words"),
            )
        )
        registers.register(
            registers.Register(
                order=35,
                label="Audit plan",
                permission=AuditPermission.SEE,
                at=lambda day: f"{reverse('audits')}?as_at={day.isoformat()}",
                changes=lambda since, day: (
                    f"{reverse('audit-changes')}?since={since.isoformat()}&as_at={day.isoformat()}"
                ),
            )
        )
        called.call({"auditor": "An auditor"})
        navigation.register("Audit plan", "audits", AuditPermission.SEE, order=35)
        papers_in.register(
            papers_in.PaperKind(
                name=progress.KIND,
                label="Auditor's progress report",
                recognises=progress.recognises,
                propose=progress.propose,
                choices=choices.choices,
                compare=save.compare,
                save=save.save,
            )
        )
        papers_out.register(AUDIT_PROGRESS)
        papers_out.register(AUDIT_PLAN_CHANGES)
        work.register(OWNED)
        scopes.register(scopes.Register("audits", "Audits", AuditPermission.SEE, order=30))
