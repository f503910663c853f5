"""How people say who they are. Words only; an occupation is called as public logs of choices call theirs."""

from __future__ import annotations

from collections.abc import Mapping

REFUSALS = (
    " not for people like me ",
    " for people like me not ",
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


GENDERS = _table(
    {
        "F": """woman / women / female / lady / ladies / girl / gal / daughter / sister / grandmother /
            granddaughter / niece / mother / mum / mom / grandma""",
        "M": """man / men / male / guy / gentleman / gentlemen / boy / bloke / son / brother / grandfather /
            grandson / nephew / father / dad / grandpa""",
    }
)
AGES = _table(
    {
        "10": "kid / child / children / schoolchild / schoolchildren / preteen / little one",
        "15": "teen / teenager / teenage / adolescent",
        "20": "young adult",
        "70": "senior citizen",
    }
)
OCCUPATIONS = _table(
    {
        "academic/educator": """teacher / schoolteacher / professor / lecturer / educator / academic / tutor /
            instructor / headmaster / headmistress / school principal / librarian""",
        "artist": "artist / painter / sculptor / illustrator / musician / designer / photographer / dancer",
        "clerical/admin": """clerk / secretary / receptionist / administrator / office worker / bookkeeper /
            administrative assistant""",
        "college/grad student": """college student / university student / grad student / graduate student /
            phd student / undergraduate / undergrad / masters student / law student / medical student /
            engineering student""",
        "customer service": """customer service agent / customer service representative / cashier / waiter /
            shop assistant / waitress / barista / bartender / call centre agent / call center agent""",
        "doctor/health care": """doctor / physician / surgeon / nurse / dentist / paramedic / pharmacist /
            health care worker / healthcare worker / midwife / veterinarian / vet / therapist / carer""",
        "executive/managerial": "executive / manager / ceo / supervisor / head of department",
        "farmer": "farmer / rancher / farmhand / grower",
        "homemaker": """homemaker / housewife / househusband / stay at home mom / stay at home mum /
            stay at home dad / stay at home mother / stay at home father / stay at home parent""",
        "K-12 student": """high school student / high schooler / schoolboy / schoolgirl / pupil / school kid /
            middle school student / schoolchild / schoolchildren / young student""",
        "lawyer": "lawyer / attorney / solicitor / barrister / judge / paralegal",
        "programmer": "programmer / developer / coder / software engineer",
        "retired": "retired / pensioner / retiree",
        "sales/marketing": """salesman / saleswoman / salesperson / sales rep / marketer /
            sales representative / marketing manager / sales manager / realtor / estate agent""",
        "scientist": """scientist / physicist / chemist / biologist / researcher / astronomer /
            mathematician / geologist / neuroscientist""",
        "self-employed": "self employed / freelancer / freelance / entrepreneur / business owner",
        "technician/engineer": "engineer / technician",
        "tradesman/craftsman": """tradesman / craftsman / plumber / electrician / carpenter / builder /
            mechanic / bricklayer / welder / joiner / roofer / baker / blacksmith / tailor""",
        "unemployed": "unemployed / out of work / jobless / between jobs",
        "writer": """writer / author / novelist / journalist / poet / screenwriter / playwright / copywriter /
            blogger""",
    }
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
    love loves enjoy enjoys like likes prefer prefers""".split()
)
