"""Signing in."""

from typing import Any

from candour.kernel.web.forms import Form, TextField


class PasswordField(TextField):
    """Shown as dots, filled by password managers, and never sent back to the page after an error."""

    input_type = "password"
    autocomplete = "current-password"

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, strip=False, **kwargs)

    def prepare_value(self, value: Any) -> str:
        return ""


class UserNameField(TextField):
    autocomplete = "username"


class SignInForm(Form):
    username = UserNameField("User name", missing="Enter your user name")
    password = PasswordField("Password", missing="Enter your password")
