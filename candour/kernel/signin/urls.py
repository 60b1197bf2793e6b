"""Addresses of the door."""

from django.urls import path

from candour.kernel.signin import views
from candour.kernel.signin.adapters import PROVIDER
from candour.kernel.signin.api.door import scim

urlpatterns = [
    path("sign-in/second", views.second, name="sign-in-second"),
    path("sign-in/set-up", views.set_up, name="sign-in-set-up"),
    path("sign-in/set-up/passkey", views.set_up_passkey, name="sign-in-set-up-passkey"),
    path("sign-in/again", views.again, name="sign-in-again"),
    path("sign-in/codes", views.codes, name="sign-in-codes"),
    path("sign-in/forgotten", views.forgotten, name="sign-in-forgotten"),
    path("sign-in/written", views.written, name="sign-in-written"),
    path("sign-in/link/<str:token>", views.link, name="sign-in-link"),
    # Named as django-allauth asks for them.
    path("sign-in/directory", views.directory, {"provider_id": PROVIDER}, name="openid_connect_login"),
    path("sign-in/directory/back", views.directory_back, {"provider_id": PROVIDER}, name="openid_connect_callback"),
    path("sign-in/mine/", views.mine, name="my-sign-in"),
    path("sign-in/mine/password", views.my_password, name="my-password"),
    path("sign-in/mine/codes", views.my_codes, name="my-codes"),
    path("sign-in/mine/app", views.my_app, name="my-app"),
    path("sign-in/mine/passkeys/new", views.add_passkey, name="my-passkey-add"),
    path("sign-in/mine/passkeys/<int:passkey>/remove", views.remove_passkey, name="my-passkey-remove"),
    path("sign-in/mine/open/<str:sign_in>/end", views.end_one, name="my-sign-in-end"),
    path("sign-in/mine/out", views.out_everywhere, name="out-everywhere"),
    path("sign-out", views.sign_out, name="sign-out"),
    path("posts/people/<int:person>/sign-in/", views.person_sign_in, name="person-sign-in"),
    path("posts/people/<int:person>/invite/", views.invite_person, name="person-invite"),
    path("posts/people/<int:person>/unlock/", views.unlock_person, name="person-unlock"),
    path("posts/people/<int:person>/second/", views.reset_person, name="person-second"),
    path("posts/people/<int:person>/out/", views.sign_person_out, name="person-out"),
    path("posts/sign-ins/", views.sign_ins, name="sign-ins"),
    path("posts/directory/", views.mapped, name="mapped"),
    path("posts/directory/messages/", views.messages, name="directory-messages"),
    path("posts/directory/new/", views.map_value, name="map-value"),
    path("posts/directory/<int:mapping>/remove/", views.unmap, name="unmap"),
    path("scim/v2/<path:rest>", scim, name="scim"),
]
