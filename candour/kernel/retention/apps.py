from django.apps import AppConfig


class Config(AppConfig):
    name = "candour.kernel.retention"
    label = "retention"

    def ready(self) -> None:
        from candour.kernel.evidence import commands as evidence
        from candour.kernel.history import commands as history
        from candour.kernel.records.happened import guard
        from candour.kernel.records.history import Beside, register_beside
        from candour.kernel.retention.access import RetentionPermission
        from candour.kernel.retention.commands import not_held
        from candour.kernel.retention.copies import in_letters, keepers
        from candour.kernel.web import called, navigation

        history.guards.append(not_held)
        keepers.append(in_letters)
        evidence.erasing.append(not_held)
        guard("retention.", RetentionPermission.SEE)
        register_beside(Beside("How long it is kept, holds and removals", "record-keeping", RetentionPermission.SEE))
        called.call({"record": "How long it is kept", "retention": "How long it is kept"})
        navigation.register("Retention", "retention", RetentionPermission.SEE, order=82)
