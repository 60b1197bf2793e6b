"""Addresses of posts, people, organisations and roles."""

from django.urls import path

from candour.kernel.establishment import views

urlpatterns = [
    path("posts/", views.posts, name="posts"),
    path("posts/mine/", views.my_posts, name="my-posts"),
    path("posts/new/", views.set_up_post, name="post-set-up"),
    path("posts/<int:post>/", views.post, name="post"),
    path("posts/<int:post>/history/", views.post_history, name="post-history"),
    path("posts/<int:post>/rename/", views.rename_post, name="post-rename"),
    path("posts/<int:post>/move/", views.move_post, name="post-move"),
    path("posts/<int:post>/end/", views.end_post, name="post-end"),
    path("posts/<int:post>/appoint/", views.appoint, name="post-appoint"),
    path("posts/<int:post>/cover/", views.arrange_cover, name="post-cover"),
    path("posts/<int:post>/role/", views.grant, name="post-grant"),
    path("posts/appointments/<int:appointment>/end/", views.end_appointment, name="appointment-end"),
    path("posts/covers/<int:cover>/end/", views.end_cover, name="cover-end"),
    path("posts/roles/<int:grant>/end/", views.end_grant, name="grant-end"),
    path("posts/people/", views.people, name="people"),
    path("posts/people/new/", views.add_person, name="person-add"),
    path("posts/people/<int:person>/", views.person, name="person"),
    path("posts/people/<int:person>/history/", views.person_history, name="person-history"),
    path("posts/people/<int:person>/change/", views.change_person, name="person-change"),
    path("posts/people/<int:person>/password/", views.set_password, name="person-password"),
    path("posts/people/<int:person>/stop/", views.stop_person, name="person-stop"),
    path("posts/people/<int:person>/restore/", views.restore_person, name="person-restore"),
    path("posts/organisations/", views.organisations_page, name="organisations"),
    path("posts/organisations/new/", views.add_organisation, name="organisation-add"),
    path("posts/organisations/<slug:named>/", views.organisation, name="organisation"),
    path("posts/organisations/<slug:named>/rename/", views.rename_organisation, name="organisation-rename"),
    path("roles", views.roles, name="roles"),
]
