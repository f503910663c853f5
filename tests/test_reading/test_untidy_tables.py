"""Requests on untidy tables of services: prices of several kinds, times, floors, seasons, notes, denials."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from asked_tables import asking
from corpora import each_of

HERE = Path(__file__).parent
TABLES = {
    "golf_courses.csv": """\
Course,Region,Weekday fee (£),Weekend fee (£),Visitors at weekends,Certificate needed,\
"Buggy hire (£, 0 = none)",Club hire,First tee time
Ashdale Golf Club,Wales,30,55,Yes,No,18,Yes,07:00
Baydon Golf Club,Wales,22,60,No,Yes,0,Yes,08:00
Cobham Links,South West,45,70,Yes,No,25,No,07:30
Dewley Golf Course,South West,18,40,No,No,0,No,09:15
Elmore Golf Club,Wales,50,90,Yes,Yes,30,Yes,07:00
""",
    "coach_trips.csv": """\
Trip,Type,Departs,Days,Price pp,Pick-up time,Meals,Seats left,Entry included,Passport
Ash Castle,Day trip,11 Oct 2027,1,£35,7:45 am,None,0,yes,N
Bay Weekend,Short break,19 May 2027,3,£229,8:15 am,Full board,7,no,N
Cob Valley,Holiday,20 Jun 2027,8,£699,6:45 am,Half board,2,yes,Y
Dew Lakes,Holiday,3 May 2027,6,£449,9:30 am,Full board,12,no,Y
Elm Market,Day trip,1 Dec 2027,1,£29,8:30 am,None,4,no,N
Fir Coast,Short break,2 Apr 2027,3,£199,9:00 am,Half board,9,yes,N
""",
    "meeting_rooms.csv": """\
Room,Floor,Capacity,Layout,Hourly,Half day,Full day,Hours,Access
Acorn,1st,4,theatre,£12/hr,£36,£60,8-18,lift
Beech,2nd,30,theatre,£45/hr,£135,£225,8:30-17:30,stairs only
Cedar,3rd,60,cabaret,£18/hr,£54,£90,24h,lift
Drey,2nd,12,theatre,£10/hr,£30,£50,7-22,lift
Elm,Ground,8,lounge,£32/hr,£96,£160,9-21,step-free
Fern,3rd,40,theatre,£8/hr,£24,£40,8-18,stairs only
""",
    "days_out.csv": """\
Place,Kind,Adult,Child (5-15),Family ticket,Open,Hours,Parking,Built,Rating
Ash Castle,castle,£9.50,free,£26,Apr - Oct,10:00 to 17:30,"free, 120 spaces",1087,4.5 (878)
Bay Abbey,ruin,Free,free,,all year,10:00 to 16:00,free,13th century,4.8 (742)
Cob Hall,house,£15.50,£8,,Feb-Nov,10am to 5pm,free,1861,4.2 (90)
Dew Priory,ruin,free (donations welcome),,-,Easter - end Sept,9am - 6pm,£4.50,12th century,4.1 (621)
Elm Zoo,zoo,£22,£14,£60,all year,10am - 6pm,free,1962,3.9 (540)
Fig Manor,house,£12,"under 5s free, then £6",£33,Mar-Nov,11am - 5pm,£4.50,1720,4.6 (351)
Gum Castle,castle,£14,£10,£40,all year,9:30am - 6pm,free,1283,4.4 (256)
""",
    "farm_machinery.csv": """\
Ref,Model,Type,Year,Hours (or miles),Drive,Price,Condition,Weight,Where
F1,Ash 990,Tractor,1974 reg,"7,350",4WD,£4400,needs work,2.1 t,Lincs
F2,Bay 40,Tractor,2013,2405 hrs,4x4,£16700,very good,"3,300 kg",Lincolnshire
F3,Cob Max,tractor,c.1999,9600,2WD,POA,v. good,"5,100 kg",Devon
F4,Dew Quad,Quad,19 plate,"5,565 miles",4x4,£3300,project,275 kg,Devon
F5,Elm Quad,Quads,2015,n/k,4WD,£2150,very good,290 kg,Lincs
F6,Fir Five,Tractor,2017,936 hrs,4wd,£31600,very good,1.3 t,Devon
F7,Gum Six,Tractors,2011,n/k,4WD,POA,needs work,"4,200 kg",Lincs
F8,Hay Ten,Quad,2011,n/k,2wd,£1100,project,300 kg,Devon
F9,Ivy Ten,Quad,2014,3000,2wd,£2900,project,310 kg,Devon
""",
    "running_shoes.csv": """\
Shoe,For,Surface,Our price (£),Drop (mm),Smallest size (UK),Largest size (UK),Ratings,Critic score,PEGI
Ash Glide,Men,Road,90,8,7,13,120,81,3
Bay Ridge,Women,Trail,110,0,3,8,0,74,7
Cob Fell,Unisex,Trail,75,4,4,12,33,90,12
Dew Track,Men,Road,60,0,6,11,0,66,16
Elm Race,Women,Road,140,10,4,9,210,77,18
""",
    "sold_lots.csv": """\
Lot,Maker / retailer,Made,Estimate,Sale day,Reserve
Lot one,Ash of Hull,1790,£400-600,14 Mar,yes
Lot two,Bay & Son,c.1850,£2.35k-3.5k,Sun 15 March 2026,no reserve
Lot three,Ash of Hull,1935,£60-90,14/03/2026,
Lot four,Cob,1788,£120-180,15.03.26,yes
""",
    "wedding_dresses.csv": """\
Ref,Designer,Size,Price,Annual care (2 visits),Dogs met,Condition
D201,Ann Moor,UK 8,£250 + VAT,£30,welcome,never worn
D202,Ann Moor,10,£900,£20,no,worn once
D203,Bo Lind,12-14,£450,£40,on leads,Worn once
D204,Bo Lind,16-18 (altered),£700,£10,welcome,never worn
D205,Bo Lind,UK 12,£600,£50,no,worn once
D206,Ann Moor,8,£300,£30,no,worn once
D207,Ann Moor,10,£350,£30,no,never worn
D208,Bo Lind,8,£380,£30,no,never worn
D209,Ann Moor,8,£380,£30,no,worn once
""",
    "lots.csv": """\
Lot,Type,Date,Going
Lot one,bracket,c.1810,yes
Lot two,bracket,1935,no
Lot three,carriage,1930s,untested
Lot four,carriage,late 18th C,yes
Lot five,bracket,1912,yes
Lot six,carriage,1901,no
Lot seven,carriage,1950,untested
""",
    "sitters.csv": """\
Sitter,Area,Gearbox,Hourly rate,Waiting list,Grade,Languages,Days,Years sitting,Visit length (min)
Ann Moor,Hove,Manual,30,no wait,A,English; Polish,Mon-Fri,4,60
Bo Lind,Hove,Automatic,38,2 weeks,B,English; Polish,Sat-Sun,31,60
Cy Pane,Lewes,Both,34,4 weeks,5,Polish,Mon-Sun,12,120
Di Rusk,Lewes,Manual,45,books closed,A,English,Tue-Sun,20,90
Ed Vane,Lewes,Manual,41,books closed,B,English,Mon-Fri,2,90
""",
}


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str, str], dict[str, Any]]]:
    """Ask the assistant on one of the tables, by its name."""
    with asking(TABLES, tmp_path_factory.mktemp("untidy")) as ask:
        yield ask


@each_of(HERE / "corpus_own_untidy.txt")
def test_untidy_tables_are_asked_as_customers_ask(
    meaning: str, text: str, ask: Callable[[str, str], dict[str, Any]]
) -> None:
    name, _, wanted = meaning.partition(": ")
    answer = ask(name, text)
    titles = sorted(each for each in wanted.split("; ") if each and not each.startswith("unused "))
    unused = [each.removeprefix("unused ") for each in wanted.split("; ") if each.startswith("unused ")]
    assert sorted(item["title"] for item in answer["items"]) == titles
    assert all(each in " ".join(answer["unused"]) for each in unused)
    assert bool(answer["unused"]) == bool(unused)


@pytest.mark.parametrize(
    ("table", "text", "said"),
    [
        (
            "golf_courses",
            "What's the weekend fee at Baydon?",
            "The weekend fee of Baydon Golf Club is 60 GBP.",
        ),
        ("golf_courses", "does Cobham have club hire", "No, Cobham Links is not listed as club hire."),
        ("golf_courses", "How many clubs ask for a certificate?", "2: titles"),
        ("coach_trips", "when does Cob Valley leave?", "2027-06-20"),
        ("days_out", "How much is a child's ticket at Elm Zoo?", "The child of Elm Zoo is 14 GBP."),
        ("days_out", "what are the opening hours of Cob Hall", "The closes of Cob Hall is 17:00."),
        ("farm_machinery", "How many hours has the Bay 40 done?", "The hours of Bay 40 is 2405 h."),
        ("meeting_rooms", "how much is half a day in Cedar?", "The half day of Cedar is 54 GBP."),
        ("sitters", "How much does Bo Lind charge?", "The hourly rate of Bo Lind is 38."),
        ("running_shoes", "what's the age rating of Cob Fell", "The age rating of Cob Fell is 12."),
        ("wedding_dresses", "what condition is D202 in?", "D202 has worn once as condition."),
        ("sold_lots", "Who made Lot three?", "Lot three has Ash of Hull as maker."),
        ("sold_lots", "what's the estimate on Lot two", "2350 GBP. The max estimate of Lot two is 3500 GBP."),
    ],
)
def test_facts_of_one_item_are_told(
    table: str, text: str, said: str, ask: Callable[[str, str], dict[str, Any]]
) -> None:
    answer = ask(table, text)
    assert (answer["act"], answer["items"]) == ("inform", [])
    assert said in answer["text"]


@pytest.mark.parametrize(
    ("table", "text", "titles"),
    [
        ("golf_courses", "Welsh courses, cheapest weekday fee first", ["Baydon", "Ashdale", "Elmore"]),
        ("coach_trips", "trips to take, soonest first", ["Fir", "Dew", "Bay", "Cob", "Ash", "Elm"]),
        ("days_out", "the most expensive castle to get into", ["Gum"]),
        ("days_out", "the second cheapest house", ["Cob"]),
        ("wedding_dresses", "cheapest annual care", ["D204"]),
    ],
)
def test_orders_are_of_what_is_meant(
    table: str, text: str, titles: list[str], ask: Callable[[str, str], dict[str, Any]]
) -> None:
    assert [item["title"].split()[0] for item in ask(table, text)["items"]] == titles


def test_a_name_that_nothing_is_chosen_by_is_no_title_of_a_claim(
    ask: Callable[[str, str], dict[str, Any]],
) -> None:
    assert ask("days_out", "what are the opening hours of Cob Hall Gardens")["act"] in ("inform", "decline")
