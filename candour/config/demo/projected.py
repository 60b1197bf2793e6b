"""The demo's projects and collaborations: what each is, and what becomes of it (pure)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ProjectTale:
    """A project. week: in which it begins, counted back. value: of its cases, in thousands. stage: where it stands today.

    words: time, cost and benefits of its last report, each a step of the scale. last: months since the last report.
    """

    title: str
    about: str
    owner: str
    week: int
    value: int
    stage: str
    words: tuple[int, int, int] = (1, 1, 1)
    last: int = 1
    more: int = 0  # per cent by which it is forecast over its budget
    benefit: tuple[str, int] = ("", 0)
    sensitivity: str = "office"


P = ProjectTale
PROJECTS = (
    P("One contact record", "Every contact with a victim in one place, in place of three systems", "performance", 70, 1_900,
      "delivery", (3, 2, 1), 1, 9, ("Two systems switched off", 310)),
    P("Digital evidence shared with the courts", "Evidence sent once, by link, and never on discs", "performance", 60, 740,
      "delivery", (1, 1, 2), 1, 0, ("Couriers and discs no longer bought", 120)),
    P("Shared estate with the fire service", "Three sites used together, two sold", "estates", 88, 3_200,
      "delivery", (2, 2, 1), 3, 0, ("Running costs of two sites", 540)),
    P("Rota that follows demand", "Shifts planned from calls, not from habit", "ce", 40, 210,
      "change", (2, 1, 1), 1, 0, ("Overtime on Friday nights", 180)),
    P("Grants from form to payment", "One system from application to outcome", "commissioning", 12, 160, "waits"),
    P("Drone team", "Searches by drone in place of a shared helicopter", "performance", 30, 480, "refused"),
    P("Customer charter", "What callers can expect, and how we say whether they got it", "comms", 6, 60, "idea"),
    P("Paper files scanned", "Two stores of paper scanned and given back", "policy", 96, 390, "closed",
      (1, 1, 1), 1, 0, ("Rent of two stores", 95)),
)  # fmt: skip


@dataclass(frozen=True)
class JoinedTale:
    """A collaboration. cost: of this year, in thousands. shares: member and hundredths of a per cent, our own first.

    reviewed: weeks since the last review, 0 for none. due: weeks until the next, below nought where it is late.
    """

    title: str
    about: str
    lead: str
    owner: str
    cost: int
    shares: tuple[tuple[str, int], ...]
    reviewed: int
    due: int
    ends: int  # weeks until the agreement ends
    benefit: tuple[str, int, int] = ("", 0, 0)  # what, planned and measured


J = JoinedTale
JOINED = (
    J("Special operations unit", "Serious and organised crime across five counties", "Northshire Police", "ce", 21_400,
      (("Mereford", 2_310), ("Northshire", 2_980), ("Southshire", 1_890), ("Eastshire", 1_520), ("Westshire", 1_300)),
      30, 22, 140,
      ("One surveillance team in place of five", 1_450, 1_210)),
    J("Human resources service", "Recruitment, pay and learning done once", "Mereford Police", "cfo", 6_300,
      (("Mereford", 4_000), ("Northshire", 3_500), ("Southshire", 2_500)), 60, -5, 90, ("Shared payroll", 380, 290)),
    J("Legal services", "One team of lawyers", "Southshire Police", "policy", 2_150,
      (("Mereford", 3_334), ("Northshire", 3_333), ("Southshire", 3_333)), 20, 32, 6, ("Fewer outside lawyers", 260, 300)),
    J("Criminal justice service", "Files, witness care and custody standards", "Eastshire Police", "performance", 8_900,
      (("Mereford", 2_600), ("Eastshire", 4_400), ("Westshire", 3_000)), 0, 7, 200, ("", 0, 0)),
)  # fmt: skip
