"""What is written when a review finds that nothing moved."""

QUIET = {
    "office": (
        "Looked at again before the panel’s papers went out. Score and controls stand as they were.",
        "Nothing has moved since the last meeting. Every control was checked with its owner.",
        "Senior team talked it through and left the score alone; the evidence is the same as last quarter.",
        "No change. The owner confirms that the controls in place still work as described.",
        "Checked against the finance and performance reports of {m-1}: no reason to move the score.",
        "Stays as it is. The next point at which it could move is the panel in the coming quarter.",
        "Reviewed with the head of department. One query about wording, none about the score.",
        "No incident, complaint or audit finding since the last review touches this risk.",
    ),
    "force": (
        "Taken at the command’s monthly meeting. No movement in the figures that would change the score.",
        "Risk owner confirms that nothing has changed since {m-1}. Controls sampled and found working.",
        "Reviewed by the Deputy’s risk board: keep the score, look again at the next round.",
        "Steady. The performance pack for {m-1} shows no drift in the measures behind this risk.",
        "No change this period; dependencies on other commands were checked and are on course.",
        "Discussed with finance and people leads. The assumptions behind the score still hold.",
        "Nothing new from inspection, audit or staff surveys bears on this risk.",
    ),
}
