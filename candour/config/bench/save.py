"""Saving a review through its page, as a person does."""

import re
from itertools import count

from django.test import Client

turn = count(1)
Answers = tuple[str, dict[str, str]]  # the address of a review, and what its form sends


def opened(client: Client) -> Answers:
    """Open the review of the next risk."""
    number = next(turn)
    address = f"/risks/office/B{number:06}/review/"
    answers = answers_of(client.get(address).content.decode())
    return address, answers | {"narrative": f"Reviewed in turn {number}"}


def save(client: Client, review: Answers) -> None:
    """Send a review that was opened; raises RuntimeError if it was not saved."""
    address, answers = review
    response = client.post(address, answers)
    if response.status_code != 302:
        raise RuntimeError(f"{address} answered {response.status_code}")


def answers_of(page: str) -> dict[str, str]:
    """What the form would send if nothing was changed but dates that have passed."""
    answers: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        found = dict(re.findall(r'(\w[\w-]*)="([^"]*)"', tag))
        if found.get("type") == "radio" and " checked" not in tag:
            continue
        if found.get("type") == "checkbox" and " checked" not in tag:
            continue
        if "name" in found and found["name"] not in {"q", "csrfmiddlewaretoken"}:
            answers[found["name"]] = found.get("value", "on")
    return {name: "31 December 2099" if name.endswith("due") else value for name, value in answers.items()}
