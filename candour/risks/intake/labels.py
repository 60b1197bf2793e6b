"""Which field a printed heading or label stands for: by synonyms, and by qualifier and base for scores. Pure."""

import re
from functools import lru_cache

_SAME = {
    "reference": "reference|ref|ref no|reference no|reference number|ref number|risk reference|risk ref|urn|"
    "risk ref no|risk urn|id|risk id|risk no|risk number|unique reference|unique reference number|"
    "risk reference number|no|number|register ref|register reference|risk code|code|ref id|unique id|record no|log no|"
    "log number|log ref|risk log no|datix id|datix no|baf ref|baf no|corporate risk no|strategic risk no|crr ref|"
    "srr ref",
    "joint_reference": "joint reference|joint ref|joint risk reference|joint risk ref|force reference|force ref|"
    "force risk|force risk ref|force risk reference|partner reference|other reference|linked risk|linked risks|"
    "related risk|related risks|cross reference|shared reference",
    "title": "title|risk title|risk|risk name|name|name of risk|short title|short description|"
    "title of risk|risk heading|headline risk|"
    "what is the risk|the risk|principal risk|strategic risk|corporate risk|key risk|headline",
    "summary": "risk summary|summary|description|risk description|description of risk|summary of risk|event|risk event|"
    "cause and effect|detail|details|risk detail|risk details|what could happen|uncertain event|then|"
    "there is a risk that|"
    "the risk is that|risk statement|nature of risk|description and consequence|risk and consequence|"
    "risk and consequences|"
    "description of threat|risk scenario",
    "source": "cause|causes|source|risk source|risk cause|source of risk|cause of risk|trigger|triggers|root cause|"
    "vulnerability|source cause of risk|source and cause of risk|cause source of risk|because of|due to|threat|"
    "risk driver|drivers|if|caused by|risk drivers|as a result of|because",
    "effect": "effect|effects|consequence of risk|effect of risk|potential effect|potential impact|potential effects|"
    "potential consequence|potential consequences|resulting in|impact on objectives|outcome|leading to",
    "information": "information|context|background|further information|additional information|background information|"
    "background and context|risk context",
    "category": "category|risk category|risk type|type|type of risk|risk area|directorate|business area|portfolio",
    "owner": "owner|executive risk owner|executive director|risk owner and lead|lead executive|lead executive director|"
    "risk owner|owned by|lead owner|accountable officer|executive owner|senior responsible owner|sro|"
    "accountable|strategic owner|risk owner post|owner post|director|lead director|executive lead|responsible director|"
    "chief officer lead|chief officer|head of service|accountable owner|senior owner|risk sponsor|sponsor|"
    "owner and lead|risk director|who owns it|exec lead|accountable lead|who|by whom|lead executive officer|executive sponsor|"
    "director lead|lead exec|smt lead|slt lead|cot lead|corporate lead|elt lead|risk owner s",
    "lead": "risk lead|lead|lead officer|lead post",
    "responsible_officer": "responsible officer|responsible|risk manager|manager|"
    "action owner|responsible post|responsible owner|managed by|responsible manager|action lead|control owner|"
    "risk handler|handler|assigned to|delegated to|officer",
    "status": "status|risk status|what happened|control status|current status|status of risk|state|open closed|"
    "risk state",
    "first_recorded": "first recorded|risk creation date|date raised|raised|date identified|identified|date opened|"
    "opened|created|date created|creation date|date recorded|recorded|date added|date first recorded|entry date|"
    "date entered|date of entry|raised on|first raised|added|date logged|logged|registered|date registered|"
    "date first raised|on register since|start date|date risk raised|date risk identified",
    "last_review": "last review|last reviewed|date last reviewed|last review date|date of last review|reviewed|review|"
    "date reviewed|last updated|date of review|reviewed on|most recent review|date last updated|updated|date updated|"
    "last update date|date of last update|latest review|latest review date",
    "next_review": "next review|next review date|review due|review by|next review due|review date|date of next review|"
    "due for review|review due date|next due|date next review due|to be reviewed",
    "next_key_date": "next key date|key date|next milestone|next key dates|key dates|milestone|milestones",
    "direction": "direction of travel|direction|movement|trend|travel|change|risk movement|direction of risk|"
    "change since last|change since last review|change since last meeting|change since last report|risk trend|dot|"
    "change in score|score change|trajectory|movement since last report|movement since last quarter|"
    "change since previous|rag trend|arrow",
    "appetite": "appetite|risk appetite|tolerance|risk tolerance|appetite level|appetite category|within appetite",
    "proximity": "proximity|risk proximity|timescale|when|time frame|timeframe|how soon|imminence|when might it happen",
    "response": "response|risk response|strategy|risk strategy|response strategy|treatment|risk treatment|4 ts|four ts|"
    "4ts|treatment option|treatment strategy|risk treatment option|response type|approach|management approach|"
    "treat tolerate transfer terminate|mitigation strategy|mitigation approach|"
    "response to risk|decision",
    "controls": "controls|existing controls|control measures|mitigation|mitigations|mitigating actions|"
    "controls in place|current controls|preventive controls|preventative controls|recovery controls|detective controls|"
    "preventive measures|recovery measures|barriers|preventive barriers|recovery barriers|"
    "key controls|key controls in place|primary controls|controls and systems|"
    "mitigating controls|controls and mitigation|"
    "controls and mitigations|controls and actions|measures in place|control|controls mitigation|controls mitigations|"
    "risk controls|current mitigation|how we control it|mitigating action|mitigation in place|mitigations in place|"
    "existing control|existing mitigation|existing mitigations|existing measures|internal controls|"
    "control title|control description|description of control|how we manage it|how it is managed|"
    "how we are managing it|existing internal controls|current internal controls|"
    "existing controls in place|controls currently in place|current controls in place|current controls and mitigations|"
    "existing control measures|current control measures|current mitigations|what we are doing|"
    "what are we doing about it|controls already in place|safeguards|mitigation measures|mitigation controls",
    "pending_controls": "further controls|pending controls|planned controls|additional controls|planned actions|"
    "further actions|actions|actions required|further action|planned mitigation|controls planned|future controls|"
    "further mitigation|further mitigations|further actions required|further action required|action plan|"
    "actions planned|"
    "action|planned further actions|actions to close gaps|actions to address gaps|gaps and actions|"
    "actions to reach target|"
    "improvement actions|mitigating actions planned|actions to reach target score|actions to close the gaps|"
    "treatment plan|treatment actions|risk treatment plan|additional actions|"
    "further treatment|proposed actions|proposed controls|outstanding actions|further controls required|"
    "additional controls required|additional mitigation|what more we will do|what more can we do|required actions|"
    "planned mitigations|actions to be taken|controls to do|next steps|controls in progress|"
    "action required to manage the risk|action title|"
    "action description|mitigation plan|mitigation plans|mitigation planned|risk mitigation plan|"
    "action required to manage risk|actions to manage the risk|mitigating actions required|actions to mitigate|"
    "actions to reduce risk|further mitigating actions|planned improvements|additional mitigating actions",
    "updates": "latest update|update|updates|progress|progress update|latest updates|commentary|comments|narrative|"
    "latest position|current position|latest progress|update since last meeting|review notes|notes|position statement|"
    "progress updates|risk update|latest commentary|recent updates|review comments|review commentary|"
    "latest comments|progress notes|progress log|log|update log|risk commentary|update notes|comment|history|"
    "progress since last review|action update|update and progress|latest review comments|quarterly update|latest note|"
    "latest notes|status update|last note|current note",
    "update_date": "latest note date|date of latest note|date of latest update|latest update date|update date|"
    "note date|"
    "date of update|last note date|date of note",
    "impact": "how bad|how bad is it|how bad would it be|how serious|how big",
    "likelihood": "how likely|how likely is it|chance|how probable",
    "band": "rag|rag rating|rag status|risk level|band|priority|risk band|current rag|risk category rating|risk colour|"
    "residual rag|net rag|colour|rag score|current rag status|residual risk level|risk banding|score band",
    "inherent_band": "inherent rag|gross rag|initial rag|inherent risk level|raw rag",
    "target_band": "target rag|target risk level",
    "previous_band": "previous rag|last rag",
    "matrix_factors": "impact x likelihood|likelihood x impact|i x l|l x i|lxi|ixl|impact likelihood|l i|c x l|l x c|"
    "cxl|lxc|"
    "p x i|i x p|pxi|ixp|consequence x likelihood|likelihood x consequence|severity x likelihood|likelihood x severity",
}
_EXACT = {name: field for field, names in _SAME.items() for name in names.split("|")}


def _words(by_field: dict[str, str]) -> dict[str, str]:
    return {word: field for field, words in by_field.items() for word in words.split()}


_BASES = _words(
    {
        "impact": "impact severity consequence consequences imp sev",
        "likelihood": "likelihood probability frequency lhood prob",
        "score": "score rating grading grade scoring exposure",
    }
)
# Under a spanning heading (Inherent, Residual) one letter is enough.
_LETTERS = {"i": "impact", "l": "likelihood", "p": "likelihood", "c": "impact", "s": "score", "r": "score"}
_QUALIFIERS = _words(
    {
        "inherent_": "inherent gross initial uncontrolled raw original unmitigated untreated starting pre",
        "": "residual net nett current controlled mitigated now treated remaining latest post todays",
        "target_": "target desired tolerable goal aspirational tolerated wanted",
        "previous_": "previous last prior former earlier",
        "proposed_": "proposed",
    }
)
_FILLER = {str(n) for n in range(1, 11)} | {
    *(
        "risk",
        "overall",
        "level",
        "the",
        "total",
        "x",
        "and",
        "i",
        "l",
        "s",
        "c",
        "p",
        "word",
        "of",
        "matrix",
        "assessment",
        "value",
    ),
    *("mitigation", "control", "controls", "quarter", "period", "with", "before", "after"),
}
# "Trend since the last meeting" is the trend.
_SINCE = re.compile(
    r"(?<=[a-z]) (?:since|from) (?:the )?(?:last|previous|prior) (?:meeting|report|review|quarter|month|period)$"
)
_FACTORS = re.compile(r"([ic]|[lp])x([ic]|[lp])")
LISTS = ("controls", "pending_controls", "updates")
# What a person may say that a column holds, and in which words.
FIELDS = (
    ("reference", "Reference"),
    ("title", "Title of the risk"),
    ("summary", "Description, or the event"),
    ("source", "Cause, or source"),
    ("effect", "Effect, or consequence in words"),
    ("information", "Background"),
    ("category", "Category"),
    ("owner", "Owner"),
    ("responsible_officer", "Responsible officer"),
    ("status", "Status"),
    *(
        (f"{prefix}{base}", f"{words}{name}" if words else name.capitalize())
        for prefix, words in (("inherent_", "Inherent "), ("", ""), ("target_", "Target "))
        for base, name in (("impact", "impact"), ("likelihood", "likelihood"), ("score", "score"))
    ),
    ("previous_score", "Score before this paper"),
    ("proposed_score", "Score proposed"),
    ("band", "Band, or RAG"),
    ("direction", "Direction of travel"),
    ("appetite", "Appetite"),
    ("response", "Response"),
    ("proximity", "Proximity"),
    ("controls", "Controls in place"),
    ("pending_controls", "Controls still to come"),
    ("updates", "Updates, or progress"),
    ("update_date", "Day of the update beside it"),
    ("score_set", "Which scores a row gives: inherent, residual, target"),
    ("first_recorded", "Day first recorded"),
    ("last_review", "Day of the last review"),
    ("next_review", "Day of the next review"),
    ("next_key_date", "Next key date"),
    ("joint_reference", "Reference in the other organisation"),
)


@lru_cache(maxsize=4096)
def field_of(label: str) -> str | None:
    """The field that a heading or label stands for, or None. Scores come with their qualifier: inherent_score."""
    if len(label) > 60:
        return None
    words = re.findall(
        r"[a-z0-9]+", label.casefold().replace("×", " x ").replace("#", " no ").replace("’", "").replace("'", "")
    )
    key = _SINCE.sub("", " ".join(words))
    if key in _EXACT:
        return _EXACT[key] if _EXACT[key] != "matrix_factors" else "score"
    return (
        _qualified(_spelled(words))
        or _banded(words)
        or _EXACT.get(" ".join(word for word in words if word not in ("s", "the")))
        or _EXACT.get(" ".join(re.findall(r"[a-z0-9]+", re.sub(r"\([^()]*\)", " ", label.casefold()))))
        or _EXACT.get("".join(words))
        or ("(" in label and _qualified(re.findall(r"[a-z0-9]+", re.sub(r"\([^()]*\)", " ", label.casefold()))))
        or None
    )


def _spelled(words: list[str]) -> list[str]:
    """Words with "ixl" as the impact and likelihood that it stands for."""
    return [part for word in words for part in (_FACTORS.split(word)[1:3] if _FACTORS.fullmatch(word) else [word])]


def letter_field(text: str) -> str | None:
    """impact, likelihood or score from one letter: I, L, S."""
    return _LETTERS.get(text.casefold().strip(" ."))


def is_current(label: str) -> bool:
    """Whether a heading says outright that it is the score as it stands: residual, net, current."""
    words = re.findall(r"[a-z]+", label.casefold())
    return any(_QUALIFIERS.get(word) == "" for word in words)


def _before_or_after(words: list[str]) -> set[str]:
    """Scores before controls are inherent ones, with or after controls residual ones."""
    told = {"before", "after", "with", "pre", "post"} & set(words)
    if not told or not {"controls", "mitigation", "control"} & set(words):
        return set()
    return {"inherent_"} if told & {"before", "pre"} else {""}


def _qualified(words: list[str]) -> str | None:
    bases = [_BASES[word] for word in words if word in _BASES]
    if not bases and {"i", "c"} & set(words) and {"l", "p"} & set(words):
        bases = ["score"]  # "I/L/S current": three numbers in one cell
    qualifiers = list(_before_or_after(words)) or [_QUALIFIERS[word] for word in words if word in _QUALIFIERS]
    if not bases and qualifiers and len(letters := [word for word in words if word in _LETTERS]) == 1:
        bases = [_LETTERS[letters[0]]]  # "Current L", "Target I"
        words = [word for word in words if word not in _LETTERS]
    known = all(word in _BASES or word in _QUALIFIERS or word in _FILLER for word in words)
    if not known or not bases or len(set(qualifiers)) > 1:
        return None
    both = {"impact", "likelihood"} <= set(bases)
    base = "score" if both else next((one for one in bases if one != "score"), "score")
    return (qualifiers[0] if qualifiers else "") + base


def _banded(words: list[str]) -> str | None:
    """inherent_band of "Risk level (initial)", band of "Current RAG": a qualifier beside a word for the band, nothing else."""
    kinds = {_QUALIFIERS[word] for word in words if word in _QUALIFIERS}
    rest = {word for word in words if word not in _QUALIFIERS and word not in ("of", "the", "status")}
    band = rest in ({"risk", "level"}, {"risk", "band"}, {"risk", "rag"}, {"rag"}, {"band"})
    return f"{kinds.pop()}band" if band and len(kinds) == 1 else None


@lru_cache(maxsize=1024)
def qualifier_of(label: str) -> str | None:
    """The qualifier that a spanning heading gives to the columns below it: "inherent_", "target_", "" for residual."""
    words = re.findall(r"[a-z]+", label.casefold())
    found = _before_or_after(words) or {_QUALIFIERS[word] for word in words if word in _QUALIFIERS}
    fits = words and all(word in _QUALIFIERS or word in _BASES or word in _FILLER for word in words)
    return found.pop() if fits and len(found) == 1 else None


@lru_cache(maxsize=1024)
def fields_merged(label: str) -> tuple[str, str] | None:
    """The two fields of a label in which two labels ran together ("Information Controls"), or None."""
    if field_of(label) or len(label) > 60:
        return None
    words = label.split()
    for n in range(1, len(words)):
        first, second = field_of(" ".join(words[:n])), field_of(" ".join(words[n:]))
        if first and second and first != second:
            return first, second
    return None


def factors_order(label: str) -> str:
    """Which factor comes first in a cell such as "5 x 2 = 10": "impact", "likelihood", or "" where not said."""
    words = re.findall(r"impact|likelihood|severity|probability|consequence", label.casefold())
    if words:
        return "likelihood" if words[0] in ("likelihood", "probability") else "impact"
    short = re.search(r"\b([ilcps])\s*[x×*]\s*([ilcps])\b", label.casefold())
    return {"l": "likelihood", "p": "likelihood"}.get(short[1], "impact") if short else ""
