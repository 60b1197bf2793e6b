"""Signing in."""

from candour.kernel.web.forms import Form, PasswordField, TextField


class UserNameField(TextField):
    autocomplete = "username"


class SignInForm(Form):
    username = UserNameField("User name", missing="Enter your user name")
    password = PasswordField("Password", missing="Enter your password")
