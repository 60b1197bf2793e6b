from datetime import time, timedelta

from django.apps import AppConfig


class Config(AppConfig):
    name = "candour.kernel.evidence"
    label = "evidence"

    def ready(self) -> None:
        from django.db.models import Q

        from candour.kernel.evidence import care, cited
        from candour.kernel.evidence.access import EvidencePermission
        from candour.kernel.evidence.check import check
        from candour.kernel.history.verify import checks
        from candour.kernel.jobs.rules import Daily, Every
        from candour.kernel.jobs.works import Work, register
        from candour.kernel.records.happened import guard
        from candour.kernel.web import called, navigation

        checks.append(check)
        guard("evidence.", EvidencePermission.SEE)
        cited.register(cited.Source("evidence.File", ("sha256",), only=Q(erased_on=None)))
        register(
            Work("files.scan", "Has files scanned that wait for it", care.scan_waiting, Every(timedelta(minutes=1)))
        )
        register(Work("files.hold", "Has the object store hold files", care.hold_named, Every(timedelta(minutes=5))))
        register(Work("files.sweep", "Takes away what no record names", care.sweep, Daily(time(3, 15))))
        called.call({"file": "A file on it"})
        navigation.register("Files", "files", EvidencePermission.KEEP, order=84)
