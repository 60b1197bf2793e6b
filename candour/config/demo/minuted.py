"""What the demo's boards said of what comes to them: the minute, what the public reads, and what was decided or set."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """Of one standing item. decided, reasons: where it was decided; key. action: (text, owner, weeks until it is due)."""

    minute: str
    summary: str
    decided: str = ""
    reasons: str = ""
    key: bool = False
    action: tuple[str, str, int] | None = None


APOLOGIES = Said(
    "Apologies were noted and the attendance was taken. No interest was declared.",
    "Apologies were noted. Nobody declared an interest.",
)
LAST = Said(
    "The minutes of the last meeting were read and agreed as a true record. Open actions were gone through one by one.",
    "The minutes of the last meeting were agreed.",
)

# By the title of the standing item; what one says is said again at each meeting at which it comes.
SAID: dict[str, Said] = {
    "Apologies and declarations of interest": APOLOGIES,
    "Minutes of the last meeting and actions": LAST,
    "Finance: budget monitoring and value for money": Said(
        "The Director of Finance and Resources presented spending to the end of the month. Overtime is above its budget; the "
        "capital programme is behind. Members asked what would be done about overtime before the winter.",
        "Spending was looked at. Overtime is above its budget, and the building programme is behind.",
        action=("Report on overtime by command, with what will bring it back within its budget.", "resources", 9),
    ),
    "Transformation and change": Said(
        "The Deputy Chief Constable reported on the change programme. Two projects are amber because suppliers are late.",
        "The change programme was reported on. Two projects are behind because suppliers are late.",
    ),
    "Operational performance": Said(
        "The Assistant Chief Constable presented the quarter. Neighbourhood crime fell; satisfaction of victims did not rise "
        "as it should. The board asked for a closer look at the first contact with victims.",
        "Neighbourhood crime fell. The board asked for a closer look at how victims are first met.",
        action=("Bring a closer look at the first contact with victims.", "acc", 9),
    ),
    "People": Said(
        "Recruitment is on course. Sickness is above the average of similar forces; the wellbeing plan was discussed.",
        "Recruitment is on course. Sickness is above that of similar forces.",
    ),
    "Corporate risk management": Said(
        "The register as issued was presented. Members went through what is high, what is new and what was closed.",
        "The risk register was looked at: what is high, what is new and what was closed.",
    ),
    "Inspections: recommendations and responses": Said(
        "What is open from inspections was gone through. Each has an owner and a date.",
        "What is open from inspections was gone through.",
    ),
    "Delivery of the police and crime plan": Said(
        "The Head of Performance presented delivery by priority. One objective has no measure yet.",
        "Delivery of the police and crime plan was looked at by priority.",
        action=("Agree a measure for the objective that has none.", "performance", 8),
    ),
    "Collaboration": Said(
        "Costs and benefits of the regional units were presented. The legal collaboration is to be looked at again next year.",
        "Costs and benefits of working with other forces were looked at.",
    ),
    "Restricted risks and operations": Said(
        "Operational matters were presented in confidence.",
        "",
        "To support the approach that was presented.",
        "The advice was accepted.",
    ),
    "Budget and precept": Said(
        "The budget and the proposed precept were presented with the advice of the Chief Finance Officer on robustness and "
        "reserves.",
        "The budget of the next year and the proposed precept were presented.",
        "To propose the precept as set out in the report, and to put it to the Police and Crime Panel.",
        "It keeps neighbourhood teams at their strength and reserves above the agreed floor.",
        key=True,
    ),
    "Annual report": Said(
        "The draft of the annual report was discussed page by page.",
        "The annual report was discussed.",
        "To agree the annual report for publication.",
        "It gives a fair account of the year.",
    ),
    "Internal audit progress report": Said(
        "The auditor presented reports issued since the last meeting and what is late in the plan.",
        "The auditor’s reports since the last meeting were presented.",
    ),
    "External audit": Said(
        "The external auditor reported on the progress of the audit of the accounts.",
        "The audit of the accounts was reported on.",
    ),
    "Force risk register": Said(
        "The force’s register was presented. The panel asked about the risks that were not reviewed in time.",
        "The force’s risk register was looked at.",
    ),
    "Office risk register": Said(
        "The office’s register was presented. The panel asked for the controls without a date to be given one.",
        "The office’s risk register was looked at.",
        action=("Give every pending control a date.", "policy", 10),
    ),
    "Audit recommendations": Said(
        "The tracker was presented: what is proposed closed, what has slipped and why.",
        "Recommendations that are proposed closed, and those that have slipped, were looked at.",
    ),
    "Restricted risks": Said("Appendix F was discussed.", ""),
    "Private meeting with the auditors": Said("The auditors had nothing to raise without officers.", ""),
    "Annual governance statement": Said(
        "The draft statements of both bodies were presented with the evidence behind them.",
        "The annual governance statements of both bodies were presented.",
        "To advise both bodies to approve their annual governance statements.",
        "They are consistent with the year’s assurance.",
    ),
    "Internal audit plan of the next year": Said(
        "The plan was presented with its reasons. The panel asked for contract management to come sooner.",
        "The internal audit plan of the next year was presented.",
        "To support the internal audit plan.",
        "It follows the risks of both bodies.",
    ),
    "Projects and change": Said("Projects were gone through by exception.", "Projects were gone through by exception."),
    "Complaints: volumes, themes and timeliness": Said(
        "Complaints rose after the change of the online form; most are about delay.",
        "Complaints rose after the online form changed. Most are about delay.",
        action=("Report what is done about delay in answering the public.", "standards", 12),
    ),
    "Dip sample of complaint files": Said("Twelve files were looked at. Two went back for another look.", ""),
    "An ethical question": Said(
        "The use of live facial recognition at events was discussed from both sides.",
        "The use of live facial recognition at events was discussed.",
    ),
    "Corporate Governance Board: summary since the last meeting": Said(
        "The summaries of the board since the last meeting were taken as read.",
        "What the Corporate Governance Board did since the last meeting was looked at.",
    ),
    "Proposed precept": Said(
        "The proposed precept was presented by the commissioner. Members asked what it pays for.",
        "The proposed precept was presented and discussed.",
        "To support the proposed precept.",
        "What it pays for is clear and can be measured.",
        key=True,
    ),
}
