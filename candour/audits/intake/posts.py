"""What tells a post from a person, and two posts from one: words that posts are made of. Pure."""

import re
from collections.abc import Iterator, Sequence

# What posts are in charge of. A title such as "Property Services Manager" holds two words that could be a name.
_FIELD_WORDS = (
    "access accounting accounts administration analysis analytics applications asset assets assurance audit "
    "benefits building buildings business capital cash change chain civil collections commercial commissioning "
    "communications community complaints compliance conduct contact contract contracts control corporate court "
    "crime criminal custody customer data delivery democratic demand development digital disclosure diversity "
    "document drugs emergency employee enabling engagement engineering environment environmental equality equipment "
    "estate estates ethics evidence exchequer exhibit facilities finance financial firearms fleet force forensic "
    "forensics fraud funding governance grant grants health housing human improvement inclusion income information "
    "infrastructure innovation inspection insurance integrated intelligence investigation investigations justice "
    "knowledge learning legal licensing local logistics maintenance management marketing media member mobile "
    "neighbourhood network occupational offender operational operations organisational partnership partnerships "
    "payment payments payroll pensions people performance planning policing policy prevention procurement "
    "professional programme programmes project projects property protection protective public publication "
    "purchasing quality records recruitment reform regional registration rehabilitation research resilience "
    "resource resources resourcing response revenue risk road roads safeguarding safety scrutiny security service "
    "services shared specialist staff standards statutory stock strategic strategy supplier suppliers supply "
    "support sustainability systems talent taxation technical technology territorial traffic training "
    "transformation transport travel treasury abuse domestic exploitation harm reduction violence wildlife rural "
    "mental drug alcohol offending sexual hate uniform utilities vehicle vehicles vetting victim victims volunteer "
    "volunteers vulnerability waste wellbeing witness workforce workshop workshops youth ict"
)
_FIELDS = frozenset(_FIELD_WORDS.split())
_NOUNS = (
    r"managers?|officers?|leads?|leader|directors?|heads?|chief|coordinator|co-ordinator|administrator|analyst|accountant|"
    r"advis[eo]r|partner|treasurer|solicitor|secretary|clerk|inspector|engineer|surveyor|supervisor|controller|registrar|"
    r"technician|specialist|auditor|superintendent|constable|commissioner|executive|team|board|owners?|acc|dcc|cfo|aco|pcc|cc"
)
_ENDS = re.compile(rf"\b(?:{_NOUNS})$", re.IGNORECASE)
_OF = re.compile(
    r"\b(?:heads?|directors?|lead|chief|manager|officer)\b[^,]{0,30}\b(?:of|for)\b\s+\S|"
    r"^(?:assistant |deputy )?(?:chief|director|head|acc|dcc)\b",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"^(?:heads? of|directors?\b|chief\b|deputy\b|assistant\b|acting\b|interim\b|the\b|acc\b|dcc\b|cfo\b|aco\b|"
    r"pcc\b|s\.?151\b)",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"^(?:managers?|officers?|leads?|leader|directors?|head|coordinator|co-ordinator|administrator|analyst|advis[eo]r|partner|"
    r"consultant|team|department|owners?|supervisor|controller|specialist|technician|executive)$",
    re.IGNORECASE,
)
_CUT = re.compile(r"\s*(?P<sign>[,/]|\s&\s|\band\b|\bplus\b|\bwith\b)\s*(?=[A-Z])")
_MOST = 6  # words of a post


def is_of_posts(words: str, role: str = "") -> bool:
    """Whether words that look like a name belong to a post: "Property Services", or what stands before a bare "Manager"."""
    return bool(_BARE.match(role.strip())) or any(word.casefold() in _FIELDS for word in re.findall(r"[\w’'-]+", words))


def posts_of(words: str) -> list[str]:
    """The posts that a text without names joins: "Head of Finance and Head of Estates" is two, "Estates and IT Manager" one."""
    return [part.strip() for part in _parted(words)]


def over_lines(lines: Sequence[str]) -> str:
    """The lines of a cell of owners as one text: posts apart, and what was only broken over lines joined again."""
    said = ""
    for line in (one.strip() for one in lines):
        last = re.split(r"[;|]", said)[-1].strip()
        alone = " " not in line and not re.fullmatch(r"[A-Z]{2,5}", line)
        broken = said and (line[:1].islower() or alone or not _whole(last))
        said = (
            f"{said} {line}" if broken or said.endswith((";", ",", "/", "&")) else f"{said} ; {line}" if said else line
        )
    return said


def _parted(words: str) -> Iterator[str]:
    start = 0
    for cut in _CUT.finditer(words):
        left, right = words[start : cut.start()].strip(), _first(words[cut.end() :])
        if _whole(left) and _another(left, right, cut["sign"].strip()):
            yield left
            start = cut.end()
    yield words[start:]


def _first(words: str) -> str:
    """The words up to the next cut."""
    found = _CUT.search(words)
    return (words[: found.start()] if found else words).strip()


def _whole(left: str) -> bool:
    return len(left.split()) <= 2 * _MOST and bool(_ENDS.search(left) or _OF.search(left))


def _another(left: str, right: str, sign: str) -> bool:
    """Whether what follows a cut is a post of its own, and no further field of the one before."""
    if _OPENS.match(right) and len(right.split()) > 1:
        return True
    ends = bool(_ENDS.search(right)) and 1 < len(right.split()) <= _MOST
    return ends and (sign in ",/" or bool(_ENDS.search(left)))
