"""How people say who they are. Words only; an occupation is called as public logs of choices call theirs."""

from __future__ import annotations

from collections.abc import Mapping

REFUSALS = (
    " not for people like me ",
    " for people like me not ",
    " not for people like that ",
    *(
        f" {verb} my {what} "
        for verb in ("ignore", "forget", "never mind")
        for what in ("profile", "age", "job")
    ),
    " ignore that im ",
    " forget that im ",
    " regardless of my age ",
    " regardless of who i am ",
)
PARTS = {"very early": 1, "early": 2, "mid": 5, "middle": 5, "late": 8, "very late": 9}
DECADES = {
    name: 10 * number
    for number, name in enumerate(
        "teens twenties thirties forties fifties sixties seventies eighties nineties".split(), 1
    )
}


def _table(said: Mapping[str, str]) -> dict[str, str]:
    """Return words -> meaning from meaning -> words, a slash between words, also with a plural s."""
    found: dict[str, str] = {}
    for meaning, words in said.items():
        for word in " ".join(words.split()).split(" / "):
            found |= {word: meaning, f"{word}s": meaning}
    return found


# Work that is said of one gender only.
GENDERED_WORK = _table(
    {
        "F": """housewife / saleswoman / waitress / schoolgirl / headmistress / stay at home mom /
            stay at home mum / stay at home mother""",
        "M": "househusband / schoolboy / headmaster / stay at home dad / stay at home father",
    }
)
GENDERS = _table(
    {
        "F": """woman / women / female / lady / ladies / girl / gal / lass / daughter / sister / wife /
            wives / girlfriend / grandmother / granddaughter / niece / aunt / mother / mum / mom / mummy /
            mommy / grandma / granny / nan / widow / stepmother / stepdaughter / goddaughter""",
        "M": """man / men / male / guy / gentleman / gentlemen / boy / bloke / lad / chap / dude / son /
            brother / husband / boyfriend / grandfather / grandson / nephew / uncle / father / dad / daddy /
            grandpa / granddad / grandad / widower / stepfather / stepson / godson""",
    }
)
AGES = _table(
    {
        "10": "kid / child / children / schoolchild / schoolchildren / preteen / little one",
        "15": "teen / teenager / teenage / adolescent",
        "20": "young adult",
        "50": "middle aged",
        "70": "senior citizen / elderly / septuagenarian",
        "80": "octogenarian",
        "90": "nonagenarian",
    }
)
OCCUPATIONS = _table(
    {
        "academic/educator": """teacher / schoolteacher / professor / lecturer / educator / academic / tutor /
            instructor / headmaster / headmistress / school principal / librarian / teach""",
        "artist": "artist / painter / sculptor / illustrator / musician / designer / photographer / dancer",
        "clerical/admin": """clerk / secretary / receptionist / administrator / office worker / bookkeeper /
            administrative assistant / admin assistant / personal assistant""",
        "college/grad student": """college student / university student / grad student / graduate student /
            phd student / undergraduate / undergrad / masters student / law student / medical student /
            engineering student / at university / at college / at uni / studying at college /
            studying at university / studying / student at university / student at college""",
        "customer service": """customer service agent / customer service representative / cashier / waiter /
            shop assistant / waitress / barista / bartender / call centre agent / call center agent /
            customer service rep / customer service worker""",
        "doctor/health care": """doctor / physician / surgeon / nurse / dentist / paramedic / pharmacist /
            health care worker / healthcare worker / midwife / veterinarian / vet / therapist / carer""",
        "executive/managerial": "executive / manager / ceo / supervisor / head of department",
        "farmer": "farmer / rancher / farmhand / grower",
        "homemaker": """homemaker / housewife / househusband / stay at home mom / stay at home mum /
            stay at home dad / stay at home mother / stay at home father / stay at home parent""",
        "K-12 student": """k 12 student / secondary school student / schoolkid / high school student /
            high schooler / schoolboy / schoolgirl / pupil / school kid /
            middle school student / schoolchild / schoolchildren / young student""",
        "lawyer": "lawyer / attorney / solicitor / barrister / judge / paralegal",
        "programmer": "programmer / developer / coder / software engineer / write software / write code",
        "retired": "retired / pensioner / retiree",
        "sales/marketing": """salesman / saleswoman / salesperson / sales rep / marketer /
            sales representative / marketing manager / sales manager / realtor / estate agent /
            work in sales / work in marketing""",
        "scientist": """scientist / physicist / chemist / biologist / researcher / astronomer /
            mathematician / geologist / neuroscientist""",
        "self-employed": "self employed / freelancer / freelance / entrepreneur / business owner",
        "technician/engineer": "engineer / technician",
        "tradesman/craftsman": """tradesman / craftsman / plumber / electrician / carpenter / builder /
            mechanic / bricklayer / welder / joiner / roofer / baker / blacksmith / tailor""",
        "unemployed": "unemployed / out of work / jobless / between jobs",
        "writer": """writer / author / novelist / journalist / poet / screenwriter / playwright / copywriter /
            blogger / write novels / write books""",
    }
)
NUMBERS = {
    name: number
    for number, name in enumerate(
        """two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
        seventeen eighteen nineteen""".split(),
        2,
    )
} | {
    name: 10 * number
    for number, name in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
# What says it whatever comes next: "I teach chemistry".
GOING_ON = frozenset(("teach", "studying", "write software", "write code", "write novels", "write books"))
# Where a phrase that says who somebody is begins.
SELVES = frozenset(
    (
        "im / i am / we are / i work as / i worked as / i used to be / i have a job as / my job is / i turned"
        " / i just turned / ive just turned / i have just turned / myself / and i are / and i are both"
    ).split(" / ")
)
OPENINGS = frozenset(", and but so because since hi hello hey well also speaking".split())
CHOOSES = frozenset("should would could can do does might".split())
VERBS = frozenset("watch watches enjoy like love see read try pick choose prefer".split())
# "looking for a man called", "known for a role", "made for children"
NOT_FOR = frozenset(
    """look looks looked looking search searches searched searching known famous mistaken made written meant
    intended shot wait waits waiting care cares caring fall falls fell falling hanged do does did done
    won wrote directed""".split()
)
IS = frozenset("is was are were it".split())
ASKS_FOR_THEM = tuple(
    f" {phrase} "
    for phrase in (
        *(f"for {whom}" for whom in ("him", "her", "them", "us", "me and")),
        *(f"{can} {who}" for can in CHOOSES for who in ("he", "she", "they", "we")),
        *(f"{shall} {who}" for shall in ("shall", "will") for who in ("he", "she", "they", "we")),
    )
)
# "a", "two", "an old group of"
DETERMINERS = frozenset("a an two three four my our fellow other some any one".split())
OF_MANY = frozenset("couple group bunch pair party class family circle".split())
PERSONS = frozenset("someone somebody people person persons anyone anybody".split())
HEDGES = frozenset("nearly almost just now currently about around already still only".split())
# Between one piece and the next: "a journalist, 29, and female", "my dad, who is 72"
BRIDGES = frozenset(
    ", and or of who is are was whos hes shes he she they s am im i turns turned a an".split()
)
# What never stands between "I'm a" and the noun that says who somebody is: "a fan of the writer".
BREAKS = frozenset(
    """of the in who whos that which for to by with about and or but fan fans lover lovers buff enthusiast
    admirer follower reader viewer lookout film films movie movies book books story stories novel novels
    strong into from like as if on at i im my is was not""".split()
)
# What may stand after it; also words in -ing and -ed: "a teacher looking for", not "a woman director".
FOLLOWS = frozenset(
    """in who whos that which with and or but i im id ive so for from of at by on these here now then too me
    myself we would could can what please to is am was if than as might may should will need needs want wants
    love loves enjoy enjoys like likes prefer prefers , ask asks seek seeks watch see read try pick choose
    turns turned here who""".split()
)
