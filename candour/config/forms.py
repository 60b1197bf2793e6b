"""Signing in."""

from django import forms

from candour.kernel.web.forms import Form, TextField


class SignInForm(Form):
    username = TextField("User name", missing="Enter your user name")
    password = TextField("Password", missing="Enter your password", widget=forms.PasswordInput)
