from django.apps import AppConfig


class Config(AppConfig):
    name = "candour.kernel.records"
    label = "records"

    def ready(self) -> None:
        from candour.kernel.history.access import HistoryPermission
        from candour.kernel.history.batch import finishers
        from candour.kernel.history.verify import checks
        from candour.kernel.records import lines
        from candour.kernel.web import navigation

        finishers.append(lines.finish)
        checks.append(lines.check)
        navigation.register("History", "history", HistoryPermission.SEE, order=90)
