"""What there is to permit about organisations, posts, people and roles."""

from enum import StrEnum


class PeoplePermission(StrEnum):
    SEE = "people.see"  # the posts of a body, who holds them, what they own
    MANAGE = "people.manage"  # set up posts and people, appoint, arrange cover, stop and restore a sign-in
    GRANT = "people.grant"  # give roles to posts, and take them back
