"""What a request over an own table does not fit is never shown as proved: what decides nothing is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from asked_tables import asking
from corpora import each_of

HERE = Path(__file__).parent
TABLES = {
    "moorings.csv": """\
Mooring,Kind,Monthly fee,Deposit,Shower block,Shore power,Water point,Pump-out,Waiting list,Minimum term
Ash Basin,marina,£120,£0,Y,16 amp,on site,yes,none,12 months
Bay Wharf,towpath,£95,£200,N,10 amp,0.5 mi,nearby,3 months,1 month
Cob Lock,marina,£210,£500,Y,32 amp,1.2 miles,yes,6 months,3 months
Dew Cut,towpath,£260,£0,Y,16 amp,3 mi,no,12 months,6 months
""",
    "bouquets.csv": """\
Bouquet,Flowers,Colour,Stems,Price £,Delivery charge,Lasts,Notice needed
Ash Posy,roses; tulips,red,12,22,£4.99,7 days,1 day
Bay Posy,tulips,pink,20,35,free,10 days,2 days
Cob Posy,roses,red,50,60,£6.99,5 days,7 days
Dew Posy,lilies; roses,white,8,18,£4.99,14 days,10 days
""",
    "car_parks.csv": """\
Car park,Town,Type,Spaces,Height limit,Per hour,All day,Payment,Overnight parking,\
Charges apply,Walk to centre (min)
Arena,Arden,multi-storey,300,2.0 m,£1.20,£9,"card, app",no,Mon-Sat,4
Basin,Arden,surface,40,none,free,free,app,yes,every day,12
Castle,Bexley,park and ride,600,2.3 m,£0.80,£4,"cash, card",yes,Mon-Fri,20
Docks,Arden,underground,90,1.9 m,£3.00,£15,"cash, card, app",no,every day,2
""",
    "binoculars.csv": """\
Model,Brand,Magnification,Weight,Waterproof,Price
Scout 8,Halden,8,600 g,yes,£120
Scout 10,Halden,10,700 g,no,£180
Marine 7,Norra,7,1100 g,yes,£240
""",
    "golf_courses.tsv": """\
Course\tRegion\tHoles\tWeekday fee (£)\tWeekend fee (£)\tBuggy hire (£, 0 = none)\t\
Driving range\tVisitors at weekends
Ashdown Links\tKent\t18\t30\t45\t0\tY\tN
Bayhill Golf Club\tKent\t9\t18\t25\t15\tY\tY
Coburn Golf Club\tDevon\t18\t60\t75\t30\tY\tN
Dewsbury Park\tDevon\t18\t25\t40\t12\tN\tY
""",
    "choirs.csv": """\
Choir,Town,Rehearses,Time,Style,Annual subscription,Members
Ash Choir,Arden,Thu,19:00-20:30,pop,£60,40
Bay Choir,Bexley,Tue,19:30-21:30,gospel,£85,90
Cob Choir,Arden,Thu,10:00-11:30,folk,free,12
Dew Choir,Bexley,Mon,20:00-22:00,pop,£110,60
""",
    "vets.csv": """\
Practice,Town,Vets,Consultation,Weekdays,Saturday,Cat friendly,First appointment
Ash Lane,Arden,5,£42,08:00-19:00,closed,Y,1 week
Bay House,Bexley,8,£32,09:00-17:30,09:00-17:00,Y,same day
Cob Street,Arden,2,£55,24 hours,09:00-12:00,N,2 days
Dew Park,Bexley,3,£38,08:30-18:30,09:00-12:00,Y,2 days
""",
    "kennels.csv": """\
Kennel,Area,Dog per night,Pens,Heated,Exercise field
Ash Lodge,Arden,£14,14,yes,0.3 acre
Bay Farm,Bexley,£22,31,no,2 acres
Cob Hall,Arden,£18,10,yes,1.5 acres
Dew Mill,Bexley,£27,42,no,none
""",
    "paints.csv": """\
Colour name,Maker,Finish,For,Price,Rooms
Ash White,Castell,matt,walls,£12,"kitchen, bathroom"
Bay Green,Kestrel,gloss,wood & metal,£18,"kitchen, bathroom"
Cob Pink,Castell,matt,walls,£24,hallway
Dew Blue,Kestrel,satin,wood & metal,£32,"bathroom, nursery"
""",
    "tiles.tsv": """\
Range\tMaterial\tPrice\tLead time\tPacks in stock\tFrost proof
Ash Slate\tporcelain\t£24\t3 days\t300\tyes
Bay Rose\tceramic\t£19\tdiscontinued\t120\tno
Cob Sand\tglass\t£42\t2 weeks\t800\tno
Dew Coal\tceramic\t£29\t1 week\t12\tyes
Elm Jade\tglass\t£36\tdiscontinued\t45\tyes
Fir Sky\tglass\t£33\tdiscontinued\t150\tyes
""",
    "hot_tubs.csv": """\
Model,Seats,Type,Jets,Price,Max temperature,Warranty
Ash,4,inflatable,110,£450,40 °C,1 year
Bay,4,hard shell,36,£3900,38 °C,5 years
Cob,6,hard shell,60,£5600,40 °C,2 years
Dew,2,inflatable,18,£399,40 °C,1 year
""",
    "dive_sites.csv": """\
Site,Area,Kind,Depth,Current,Price per dive
Ash Reef,Cala Verde,reef,3-12 m,none,€35
Bay Wreck,Port Nuevo,wreck,8-18 m,mild,€48
Cob Wall,Cala Verde,wall,18-40 m,strong,€60
Dew Cave,Port Nuevo,cave,5-27 m,none,€75
""",
    "clocks_and_watches.csv": """\
Piece,Type,Case,Period,Estimate
Ash,Carriage clock,brass,Victorian,£200
Bay,Bracket clock,oak,Georgian,£300
Cob,Pocket watch,silver,Victorian,£150
Dew,Pocket watch,gold,Georgian,£900
Elm,Bracket clock,oak,Victorian,£320
Fir,Carriage clock,brass,Georgian,£180
Gum,Pocket watch,gold,Georgian,£90
""",
}


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str, str], dict[str, Any]]]:
    """Ask the assistant on one of the tables, by its name."""
    with asking(TABLES, tmp_path_factory.mktemp("false_rows")) as ask:
        yield ask


@each_of(HERE / "corpus_own_rows.txt")
def test_only_what_fits_is_called_proved(
    meaning: str, text: str, ask: Callable[[str, str], dict[str, Any]]
) -> None:
    name, _, wanted = meaning.partition(": ")
    said = [each for each in wanted.split("; ") if each]
    unused = [each.removeprefix("unused ") for each in said if each.startswith("unused ")]
    answer = ask(name, text)
    if unused:
        assert answer["basis"] != "proved"
        assert all(each in " ".join(answer["unused"]) for each in unused)
    else:
        assert sorted(item["title"] for item in answer["items"]) == sorted(said)
        assert answer["basis"] == "proved" or answer["order"]
        assert (answer["unused"], answer["unknown"]) == ([], [])
