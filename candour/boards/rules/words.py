"""The words of boards: what may be chosen, by the name that is kept (pure).

Grounds for closing a part: Local Government Act 1972, Schedule 12A, Part 1, as the paragraphs are commonly named; police
bodies follow it by choice in their own standing orders, so the words speak of the ground and not of the paragraph.
"""

ROLES = {
    "chair": "Chair",
    "vice": "Vice chair",
    "member": "Member",
    "attendee": "In attendance",
}
COUNTED = ("chair", "vice", "member")  # seats that count towards a quorum and vote

SORTS = {
    "business": "Business of every meeting",
    "area": "Area of scrutiny",
    "duty": "Duty of the year",
}

PURPOSES = {
    "decide": "To decide",
    "discuss": "To discuss",
    "note": "To note",
}

GROUNDS = {
    "person": "Information about a particular person",
    "money": "Financial or business affairs of a particular person or body",
    "labour": "Consultations or negotiations on labour relations",
    "legal": "Legal professional privilege",
    "crime": "Prevention, investigation or prosecution of crime",
    "operation": "Operational policing or national security",
    "confidence": "Given in confidence",
}

ANSWERS = {
    "agreed": "Agreed",
    "sent back": "Sent back",
    "not reached": "Not reached",
}

PRESENCES = {
    "present": "Present",
    "substitute": "Represented by a substitute",
    "apologies": "Apologies",
    "absent": "Absent without apologies",
}
THERE = ("present", "substitute")
