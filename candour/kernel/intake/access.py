"""What there is to permit about reading papers in."""

from enum import StrEnum


class IntakePermission(StrEnum):
    READ_IN = "intake.read_in"  # read a paper, settle its findings, save its rows
