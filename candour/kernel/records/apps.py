from django.apps import AppConfig


class Config(AppConfig):
    name = "candour.kernel.records"
    label = "records"

    def ready(self) -> None:
        from candour.kernel.history.access import HistoryPermission
        from candour.kernel.history.batch import finishers
        from candour.kernel.history.verify import checks_in_parts
        from candour.kernel.records import lines
        from candour.kernel.web import navigation

        finishers.append(lines.finish)
        checks_in_parts.append(lines.check)
        navigation.register("History", "history", HistoryPermission.SEE, order=90)
