"""The post that an owner's cell names. Papers print posts, people, or both: accountability attaches to the post. Pure."""

import re

# Words of posts and of the teams that stand for one. What holds none of them and reads like a name is a person's.
_POST = re.compile(
    r"\b(?:chief|head|director|deputy|assistant|manager|officer|lead|commissioner|constable|superintendent|inspector|"
    r"sergeant|executives?|chair|president|secretary|treasurer|adviser|advisor|analyst|co-?ordinator|partner|accountant|"
    r"auditor|engineer|architect|administrator|supervisor|controller|owner|sponsor|senior|principal|monitoring|finance|"
    r"estates|people|services?|commissioning|communications|engagement|governance|performance|policy|strategy|"
    r"resources|technology|digital|data|information|security|legal|team|department|unit|office|board|panel|group|force|"
    r"directorate|operations|custody|fleet|procurement|standards|corporate|business|change|programme|project|"
    r"chancellor|vice-chancellor|provost|registrar|bursar|leader|councillor|member|governor|"
    r"nurse|nursing|midwife|matron|doctor|medical|clinical|clinician|pharmacist|consultant|surveyor|ranger|coroner|librarian|"
    r"commander|brigade|firefighter|teacher|tutor|scientist|worker|guardian|champion|committee|cabinet|section|"
    r"school|college|faculty|hr|ict|it|holder|specialist|practitioner|coordinator|developer|trainer|investigator|"
    r"operator|representative|trustee|portfolio|response|prevention|protection|training|fleet|property|"
    r"assets|facilities|transport|highways|housing|education|health|safety|safeguarding|treasury|pensions|payroll|audit|"
    r"partnerships?|victims|assurance|risk|compliance|command|crime|justice|clerk|solicitor|counsel|planner|planning)\b",
    re.IGNORECASE,
)
_SHORT = re.compile(
    r"(?:T/)?(?:CC|DCC|ACC|ACO|CFO|CEO|COO|CIO|CTO|CDO|CISO|CPO|PCC|PFCC|DPCC|APCC|SRO|SIRO|DPO|CSO|ACEO|DCEO|HR|IT|ICT|"
    r"OPCC|OPFCC|SLT|SMT|COG|CAE|MO|DoF|HoF|HoIT|VRN|VRU)"
)
_HONORIFIC = re.compile(r"^(?:Mr|Mrs|Ms|Miss|Mx|Dr|Sir|Dame|Prof|Cllr)\.?\s", re.IGNORECASE)
_INITIALS = re.compile(r"^(?:[A-Z]\.?\s?){2,3}$")
_SURNAME = r"[A-Z][a-z'’]+(?:[ -][A-Z][A-Za-z'’]+)?"
_NAME = re.compile(rf"^(?:[A-Z]\.?\s?){{1,3}}\s?{_SURNAME}$|^[A-Z][a-z'’]+ (?:[A-Z]\.? )?{_SURNAME}$")
# A rank with the name of its holder: the rank stays.
_RANK = re.compile(
    r"^((?:T/|Temp(?:orary)? )?(?:(?:Deputy |Assistant )?Chief Constable|(?:Detective )?(?:Chief )?(?:Superintendent|Inspector)"
    r"|(?:Det )?(?:Ch )?(?:Supt|Insp|Sgt)|DCC|ACC|CC|ACO|CFO|CEO))\s+"
    r"(?!Crime|Local|North|South|East|West|Central|Neighbourhood|Custody|Operations|Response|Contact|Intelligence|People)"
    r"(?:[A-Z]\.?\s)?[A-Z][a-z'’]+(?:[ -][A-Z][A-Za-z'’]+)?$"
)
_PARTS = re.compile(r"\s*(?:[,;/\n|]|\s[-–—]\s|[()\[\]]|:)\s*")
_VACANT = re.compile(
    r"^\W*(?:vacant|vacancy|unassigned|unallocated|no owner|to be (?:appointed|confirmed|agreed|allocated|assigned)|"
    r"not (?:yet )?(?:assigned|allocated|appointed))\b|\bvacan(?:t|cy)\b",
    re.IGNORECASE,
)


_TO_COME = re.compile(r"\W*t\.?b\.?[acd]\.?\W*", re.IGNORECASE)
_THING = re.compile(r"(?:tion|sion|ment|ity|ship|ology|ics)s?$", re.IGNORECASE)


def names_post(text: str) -> bool:
    """Whether words name a post or a team rather than a person."""
    thing = any(_THING.search(word) for word in text.split())
    return bool(_POST.search(text) or _SHORT.fullmatch(text.strip()) or thing)


def names_person(text: str) -> bool:
    """Whether words read as a person's name or initials."""
    text = text.strip(" .")
    if not text or names_post(text):
        return bool(_HONORIFIC.match(text))
    return bool(_HONORIFIC.match(text) or _INITIALS.match(text) or _NAME.match(text))


def post_of(text: str) -> str | None:
    """The post of a cell, people's names and initials left out; None where it names nobody but a person.

    "Chief Finance Officer (J Bloggs)", "J Bloggs, Chief Finance Officer" and "JB / CFO" give the post.
    """
    if (found := _RANK.match(text.strip())) and not names_post(text.strip()[found.end(1) :]):
        text = found[1]
    parts = [part for part in _PARTS.split(text) if part]
    if not any(names_person(part) for part in parts):
        return text.strip() or None
    posts = [part for part in parts if not names_person(part)]
    return " / ".join(posts) or None


def vacant(text: str) -> bool:
    """Whether an owner's cell says that nobody holds the post, or that no post was named."""
    return bool(_VACANT.search(text) or _TO_COME.fullmatch(text.strip()))
