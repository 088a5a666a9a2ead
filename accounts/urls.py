"""Addresses of the accounts pages."""

from django.urls import path

from accounts.web import entrance, members, organisations, start

app_name = "accounts"

urlpatterns = [
    path("", start.start, name="start"),
    path("organisation", start.choose_organisation, name="choose-organisation"),
    path("second-factor", start.second_factor, name="second-factor"),
    path("sign-out-everywhere", start.sign_out_everywhere, name="sign-out-everywhere"),
    path("demonstration/sign-in", entrance.demonstration_sign_in, name="demonstration-sign-in"),
    path("users", members.members, name="members"),
    path("users/<uuid:user>", members.member, name="member"),
    path("users/<uuid:user>/roles/<uuid:organisation>", members.roles, name="roles"),
    path("users/<uuid:user>/deactivate", members.deactivate, name="deactivate-member"),
    path("users/<uuid:user>/reactivate", members.reactivate, name="reactivate-member"),
    path("users/<uuid:user>/invite", members.invite, name="invite-member"),
    path("organisations", organisations.organisations, name="organisations"),
    path("organisations/new", organisations.new_organisation, name="new-organisation"),
    path("organisations/<uuid:organisation>", organisations.organisation, name="organisation"),
    path("organisations/<uuid:organisation>/deactivate", organisations.deactivate, name="deactivate-organisation"),
    path("organisations/<uuid:organisation>/users/new", members.new_member, name="new-member"),
]
