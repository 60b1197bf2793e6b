"""What there is to permit about scales."""

from enum import StrEnum


class ScalePermission(StrEnum):
    SEE = "scales.see"  # read a body's scales and appetite, past ones too
    MANAGE = "scales.manage"  # draft a scale, put it in force, set the appetite
