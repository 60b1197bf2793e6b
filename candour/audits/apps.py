from django.apps import AppConfig


class Config(AppConfig):
    name = "candour.audits"
    label = "audits"

    def ready(self) -> None:
        from candour.audits.intake import choices, progress
        from candour.kernel.intake import kinds as papers_in

        papers_in.register(
            papers_in.PaperKind(
                name=progress.KIND,
                label="Auditor's progress report",
                recognises=progress.recognises,
                propose=progress.propose,
                choices=choices.choices,
            )
        )
