"""The words for dates, a table for each language; `dates.py` has the grammar.

Everything is a regular expression over lower case text with single spaces, without a closing full stop. `{n}`
is a length of time, `{w}` a weekday. A new language is one more `DateWords`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

#: Never matches: the language has no such words.
NONE = r"(?!)"


@dataclass(frozen=True)
class DateWords:
    """How one language says when."""

    # Words before a day or a period; an article may follow.
    article: str
    #: That day, or the last of that period.
    by: str
    #: The same for a day; ambiguous for a period, which may or may not be included.
    until: str
    #: Before it; ambiguous for a single day, which may or may not be included.
    inside: str
    before: str
    from_: str
    on: str
    #: Words that may follow it and mean the same as `by`.
    latest: str
    #: A time of day after it, which is ignored.
    clock: str

    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    #: Days counted from today.
    days: Mapping[str, int]
    units: Mapping[str, str]
    #: Lengths of time other than a number and a unit.
    lengths: Mapping[str, tuple[int, str]]
    #: Lengths that people count in two ways, in days.
    doubtful: Mapping[str, tuple[int, int]]
    #: Around a length `{n}`: counted from today.
    ahead: str

    this: str
    next: str
    coming: str
    this_year: str
    week: str
    of: str
    ordinal: str
    last: str
    quarter: str
    half: str
    end: str
    first_of: str
    middle_of: str
    #: Periods that have an end without being named: the month, year-end.
    ends: Mapping[str, str]
    #: A weekday `{w}` and a week `{k}`.
    in_week: tuple[str, ...]
    in_a_week: tuple[str, ...]
    and_a_week: tuple[str, ...]
    meeting: str
    christmas: str
    christmas_day: int
    new_year: str
    easter: str
    #: The last days that may be meant by "before Easter", counted from Easter Day.
    easter_eves: tuple[int, int]
    #: 3/4 is the third of April, and nothing else.
    day_first: bool


DANISH = DateWords(
    article=r"den|d\.",
    by=r"(?:aller)?senest(?: (?:på|i))?|til og med|(?:deadline|frist)(?: er)?:?",
    until=r"(?:frem )?til|indtil",
    inside=r"inden(?: på)?",
    before=r"før(?: på)?|forud for",
    from_=r"fra(?: og med)?(?: på)?|pr\.?|(?:med start|starter|begynder)(?: (?:på|i))?",
    on=r"i løbet af|i|på",
    latest=r",? (?:aller)?senest",
    clock=r",? (?:kl\.?|klokken) ?(?:[01]?\d|2[0-3])(?:[.:][0-5]\d)?",
    numbers={
        "en|et|én|ét": 1,
        "to": 2,
        "tre": 3,
        "fire": 4,
        "fem": 5,
        "seks": 6,
        "syv": 7,
        "otte": 8,
        "ni": 9,
        "ti": 10,
        "elleve": 11,
        "tolv": 12,
        "tretten": 13,
        "fjorten": 14,
        "femten": 15,
        "tyve": 20,
        "tredive": 30,
    },
    ordinals={"første": 1, "anden|andet": 2, "tredje": 3, "fjerde": 4, "femte": 5},
    months={
        r"januar|jan\.?": 1,
        r"februar|feb\.?": 2,
        r"marts|mar\.?": 3,
        r"april|apr\.?": 4,
        r"maj": 5,
        r"juni|jun\.?": 6,
        r"juli": 7,
        r"august|aug\.?": 8,
        r"september|sept?\.?": 9,
        r"oktober|okt\.?": 10,
        r"november|nov\.?": 11,
        r"december|dec\.?": 12,
    },
    weekdays={
        r"mandag|man\.": 0,
        r"tirsdag|tirs?\.": 1,
        r"onsdag|ons\.": 2,
        r"torsdag|tors?\.": 3,
        r"fredag|fre\.": 4,
        r"lørdag|lør\.": 5,
        r"søndag|søn\.": 6,
    },
    days={"i ?dag|dags dato": 0, "i ?morgen": 1, "(?:i ?)?overmorgen": 2},
    units={
        "dage?": "day",
        "uger?": "week",
        r"måned(?:er)?|mdr\.?|md\.?": "month",
        "kvartal(?:er)?": "quarter",
        "år": "year",
    },
    lengths={"et halvt? år|½ år": (6, "month"), "halvandet år": (18, "month")},
    # "Otte dage" is a week to most, eight days to some.
    doubtful={"(?:otte|8) dage": (7, 8)},
    ahead=r"(?:senest )?(?:om|inden for|indenfor|inden|i løbet af)(?: ca\.?| cirka)?"
    r"(?: de (?:næste|kommende|første))? {n}|{n} fra (?:nu(?: af)?|i dag)",
    this="denne|dette|indeværende|den her",
    next="næste",
    coming=r"(?:nu )?(?:her )?på|(?:på )?(?:den )?(?:først)?kommende",
    this_year="i år",
    week=r"uge(?: nr\.?)? ?",
    of="i",
    ordinal=r"\.",
    last="sidste",
    end=r"(?:udgangen|slutningen|afslutningen) af|ultimo|sidste dag i",
    ends={
        r"(?:udgangen|slutningen) af måneden|månedens (?:udgang|slutning)": "month",
        r"(?:udgangen|slutningen) af ugen|ugens (?:udgang|slutning)": "week",
        r"(?:udgangen|slutningen) af kvartalet|kvartalets (?:udgang|slutning)": "quarter",
        r"(?:udgangen|slutningen) af året|årets (?:udgang|slutning|afslutning)": "year",
    },
    first_of=r"primo|første dag i",
    middle_of="medio",
    quarter=r"(?:(?P<q1>[1-4])\. ?|(?P<q2>første|andet|tredje|fjerde) )(?:kvartal|kvt\.?)|q(?P<q3>[1-4])",
    half=r"(?:(?P<h1>[12])\. ?|(?P<h2>første|andet) )halvår",
    in_week=("{w},? (?:i )?{k}", "{k},? (?:på )?{w}"),
    in_a_week=("{w} om en uge",),
    and_a_week=(),
    meeting=r"(?:vores |det )?næste (?:personale|team|afdelings|trivsels)?møde",
    christmas="jul|julen",
    christmas_day=24,
    new_year="nytår|nytåret|årsskiftet",
    easter="påske|påsken",
    # The Friday before Palm Sunday, and the Wednesday before skærtorsdag.
    easter_eves=(-9, -4),
    day_first=True,
)

ENGLISH = DateWords(
    article="the",
    by=r"(?:no|not) later than|at the latest(?: (?:on|by|in))?|latest(?: (?:on|by|in))?|up to and including"
    r"|(?:deadline|due)(?: is)?:?(?: (?:on|in))?",
    until=r"by|due by|until|till?|up to",
    inside=NONE,
    before=r"before|ahead of|prior to",
    from_=r"from|as (?:of|from)|starting(?: (?:on|from|in))?|beginning(?: (?:on|in))?",
    on=r"on|in the course of|in|during|at",
    latest=r",? at the (?:very )?latest",
    clock=r",? (?:at )?(?:1[0-2]|[1-9])(?:[.:][0-5]\d)? ?(?:am|pm|a\.m\.?|p\.m\.?)"
    r"|,? at (?:[01]?\d|2[0-3])[.:][0-5]\d|,? at noon",
    numbers={
        "a|an|one": 1,
        "two": 2,
        "three": 3,
        "four": 4,
        "five": 5,
        "six": 6,
        "seven": 7,
        "eight": 8,
        "nine": 9,
        "ten": 10,
        "eleven": 11,
        "twelve": 12,
        "thirteen": 13,
        "fourteen": 14,
        "fifteen": 15,
        "twenty": 20,
        "thirty": 30,
    },
    ordinals={"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5},
    months={
        r"january|jan\.?": 1,
        r"february|feb\.?": 2,
        r"march|mar\.?": 3,
        r"april|apr\.?": 4,
        r"may": 5,
        r"june|jun\.?": 6,
        r"july|jul\.?": 7,
        r"august|aug\.?": 8,
        r"september|sept?\.?": 9,
        r"october|oct\.?": 10,
        r"november|nov\.?": 11,
        r"december|dec\.?": 12,
    },
    weekdays={
        r"monday|mon\.?": 0,
        r"tuesday|tues?\.?": 1,
        r"wednesday|wed\.?": 2,
        r"thursday|thurs?\.?|thu\.?": 3,
        r"friday|fri\.?": 4,
        r"saturday|sat\.?": 5,
        r"sunday|sun\.?": 6,
    },
    days={"today": 0, "tomorrow": 1, "(?:the )?day after tomorrow": 2},
    units={"days?": "day", "weeks?": "week", "months?": "month", "quarters?": "quarter", "years?": "year"},
    lengths={
        "half a year|a half[ -]year": (6, "month"),
        "a year and a half": (18, "month"),
        "a fortnight": (14, "day"),
    },
    doubtful={},
    ahead=r"(?:within|during|over|in) the (?:next|coming) {n}|{n} from (?:now|today)"
    r"|(?:within|inside|in the course of|in)(?: about| around| approximately)? {n}(?: from now|'s? time)?",
    this="this|the current",
    next="next",
    coming=r"on|(?:this |the )?coming",
    this_year="this year",
    week=r"(?:calendar )?week(?: no\.?| number)? ?|wk\.? ?",
    of="in|of",
    ordinal="st|nd|rd|th",
    last="last",
    quarter=r"(?:(?P<q1>[1-4])(?:st|nd|rd|th) |(?P<q2>first|second|third|fourth) )quarter|q(?P<q3>[1-4])",
    half=r"(?:(?P<h1>[12])(?:st|nd) |(?P<h2>first|second) )half(?: of the year)?",
    end=r"end(?: of)?|last day (?:of|in)",
    ends={
        "end of (?:the )?month|month[- ]end": "month",
        "end of (?:the )?week": "week",
        "end of (?:the )?quarter|quarter[- ]end": "quarter",
        "end of (?:the )?year|year[- ]end|eoy": "year",
    },
    first_of="first day of",
    middle_of=NONE,
    in_week=("{w},? (?:of |in )?(?:the )?{k}", "{k},? (?:on )?{w}"),
    in_a_week=(),
    and_a_week=("a week (?:on|from) {w}", "{w} week"),
    meeting="(?:our )?next (?:staff |team )?meeting",
    christmas="christmas|xmas",
    christmas_day=25,
    new_year="new year|new year's(?: day)?",
    easter="easter",
    # Maundy Thursday, and the Saturday.
    easter_eves=(-3, -1),
    day_first=False,
)

TABLES: Mapping[str, DateWords] = {"da": DANISH, "en": ENGLISH}
