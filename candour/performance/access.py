"""What there is to permit about measures."""

from enum import StrEnum


class PerformancePermission(StrEnum):
    SEE = "performance.see"
    MANAGE = "performance.manage"  # define and change measures, load figures, ask for explanations
    EXPLAIN = "performance.explain"  # answer what one’s post is asked to explain
    RESTRICT = "performance.restrict"  # change who may see it
