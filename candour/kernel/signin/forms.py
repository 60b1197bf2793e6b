"""The forms of the door."""

from typing import Any

from candour.kernel.establishment.forms.posts import why
from candour.kernel.records.forms import VerbForm
from candour.kernel.web.forms import ChoiceField, Form, PasswordField, TextField

LONG_ENOUGH = "12 characters or more, not easily guessed: three words that do not belong together will do"


class UserNameField(TextField):
    autocomplete = "username"


class CodeField(TextField):
    autocomplete = "one-time-code"


class SignInForm(Form):
    username = UserNameField("User name", missing="Enter your user name", width="20", max_length=150)
    password = PasswordField("Password", missing="Enter your password", width="20", max_length=500)


class ForgottenForm(Form):
    username = UserNameField("User name", missing="Enter your user name", width="20", max_length=150)


class SecondForm(Form):
    code = CodeField(
        "Code",
        hint="The six digits that your authenticator app shows now. Without the app: one of your recovery codes",
        missing="Enter the code",
        width="10",
        max_length=40,
    )


class SetUpForm(Form):
    code = CodeField("Code from the app", hint="Six digits", missing="Enter the code", width="10", max_length=40)


class SpareForm(SecondForm):
    code = CodeField(
        "Recovery code",
        hint="One of the ten codes that you kept, for when no passkey of yours is at hand",
        missing="Enter a recovery code",
        width="10",
        max_length=40,
    )


class PasskeyForm(Form):
    """A name for a passkey, and what it is for. alone: whether it may be the whole sign-in."""

    name = TextField(
        "Name of the passkey",
        hint="By which you know it again, for example office laptop",
        missing="Enter a name by which you know it again",
        width="20",
        max_length=60,
    )
    use = ChoiceField(
        "What is it for?",
        [("second", "The second step"), ("whole", "The whole sign-in")],
        hints={
            "second": "You give your password, then the passkey in the place of a code",
            "whole": "The passkey alone, without the password. It asks for your PIN, finger or face each time",
        },
        missing="Choose what the passkey is for",
    )

    def __init__(self, *args: Any, alone: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not alone:
            del self.fields["use"]


class NewPasswordForm(Form):
    password = PasswordField(
        "New password", new=True, hint=LONG_ENOUGH, missing="Enter a new password", width="20", max_length=500
    )


class OwnPasswordForm(NewPasswordForm):
    old = PasswordField("Your password now", missing="Enter your password", width="20", max_length=500)
    field_order = ("old", "password")


class MappedForm(VerbForm):
    """A value of the claim and the post that it gives."""

    value = TextField(
        "Value",
        hint="As the directory sends it: for Entra ID the value of an app role, such as candour.policy, or the object ID of "
        "a group",
        missing="Enter the value",
        max_length=200,
    )
    post = ChoiceField("Post", [], kind="select", missing="Choose the post")
    reason = why()

    def __init__(self, *args: Any, posts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = [("", "Choose a post"), *posts]
