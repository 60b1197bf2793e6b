from django.apps import AppConfig


class Config(AppConfig):
    name = "candour.kernel.publication"
    label = "publication"

    def ready(self) -> None:
        from candour.kernel.establishment import work
        from candour.kernel.history.verify import checks
        from candour.kernel.publication.access import PublicationPermission
        from candour.kernel.publication.owned import DUTIES
        from candour.kernel.publication.papers import PAPERS
        from candour.kernel.publication.sources import register
        from candour.kernel.publication.verify import first_failure
        from candour.kernel.web import navigation

        register(PAPERS)
        checks.append(first_failure)
        work.register(DUTIES)
        navigation.register("Publication", "publication", PublicationPermission.PUBLISH, order=65)
