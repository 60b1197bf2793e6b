from django.apps import AppConfig
from django.db.models import QuerySet


class Config(AppConfig):
    name = "candour.kernel.establishment"
    label = "establishment"

    def ready(self) -> None:
        from datetime import date

        from candour.kernel.access import Actor
        from candour.kernel.actions.models import Action, visible_actions
        from candour.kernel.establishment import work
        from candour.kernel.establishment.commands.taking_over import ABOUT, link_address, write_letters
        from candour.kernel.notices import sources as notices
        from candour.kernel.notices.rules import Pace
        from candour.kernel.people.access import PeoplePermission
        from candour.kernel.web import navigation

        def actions(actor: Actor, today: date) -> QuerySet:
            return Action.objects.filter(visible_actions(actor), done_on=None, removed_on=None)

        work.register(
            work.Source(
                name="action",
                one="action",
                many="actions",
                order=40,
                rows=actions,
                holder="owner",
                record="record__",
                title="text",
                due="due",
            )
        )
        navigation.register("Posts", "posts", PeoplePermission.SEE, order=82)
        notices.register_address(ABOUT, link_address)
        notices.register_reminder("posts taken over", write_letters)
        notices.register_kind(notices.Kind(ABOUT, "Posts that you take over", Pace.NEVER, order=70))
