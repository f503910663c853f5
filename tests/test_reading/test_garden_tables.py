"""Requests on tables of gardens and workshops: `corpus_own_gardens.txt` has what each of them means."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from asked_tables import Ask, asking
from corpora import each_of

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
TABLES = {
    "potatoes.csv": """\
Variety,Sort,Skin,Days to lift,Height,Good for,First planted,Frost hardy,Effort,Notes
Ash Gem,early,red,62,45 cm,salad / boiling,12/03/2014,no,easy,Grandma always grew these and liked them well
Bay Gem,maincrop,white,118,1.1 m,roasting / mash,02/03/2025,yes,hard,"Huge crops, thick skins by September"
Cob Gem,early,yellow,70,60 cm,salad,18/03/2019,no,easy,Smooth and waxy with a thin skin
Dew Gem,maincrop,red,130,1.3 m,mash,22/03/2025,yes,moderate,"Stores until spring, taste only fair"
Elm Gem,early,white,66,50 cm,boiling / salad,01/04/2021,yes,easy,Stayed clean when all round it went brown
Fir Gem,maincrop,yellow,105,90 cm,roasting,30/03/2010,no,moderate,"Fluffy inside, best of all for chips"
""",
    "ponds.csv": """\
Fish,Size,Tank (l),Temp,Price,Colours,Lives with,Width (cm),Height (cm),Added
Ash Tetra,3.5 cm,60,20-26 °C,3 for £5,"blue, red","shrimp, snails",3,1,2024-03-11
Bay Barb,7 cm,20,24-28 °C,£8.50,red,snails,4,7,2025-01-20
Cob Loach,4 cm,60,14-22 °C,4 for £6,"gold, red","shrimp, loaches",4,2,2022-05-14
Dew Carp,20 cm,150,10-18 °C,£4,gold,carp,12,12,2021-11-02
""",
    "finds.tsv": """\
Find\tMinted\tMetal\tFound\tDonor\tPrice
Ash Penny\t12th century\tsilver\t1998\tMrs Hale\t£140
Bay Groat\t14th century\tsilver\t\tMr Oaks\t£310
Cob Noble\t1361\tgold\t1874\t\t£480
Dew Florin\t1849\tsilver\t2003\tMrs Hale\t£55
Elm Farthing\t13th century\tcopper\t2011\tDr Reed\t£20
Fir Token\t17th century\tcopper\t1987\tMrs Hale\t£18
""",
    "sailings.tsv": """\
Line\tFrom\tCar £\tCabins\tDelayed\tFreight per 100g\tLast painted\tMaster born
Ash Line\tArden\t£48\t-\tno\t£6.50\t03.04.2024\t1962
Bay Line\tArden\t£75\t-\tno\t£9.00\t14.09.2026\t1988
Cob Line\tBexley\t£31\t-\tyes\t£2.40\t21.02.2025\t1975
Dew Line\tBexley\t\t12\tyes\t£8.00\t30.08.2023\t1999
Fir Line\tCorle\t\t5\tyes\t£7.10\t02.11.2022\t1970
""",
    "rambles.tsv": """\
Walk\tStart\tTerrain\tLevel\tAge\tMuddy
Ash Loop\tArden\tpark\teasy\t6+\tyes
Bay Round\tBexley\tcliff\thard\t12+\tno
Cob Stroll\tArden\tpark\teasy\tany\tno
Dew Ridge\tCorle\tmoor\tvery hard\t16+\tyes
Elm Mile\tDerwen\tcanal\tvery easy\tany\tno
""",
    "brews.csv": """\
Brew,Kind,ABV,Price
Ash Brew,stout,5.2%,£3
Bay Brew,lager,0%,£2
Cob Brew,stout,0%,£4
""",
    "peppers.csv": """\
Pepper,Kind,Heat (SHU),OK in tub,Price,Sown
Ash Bell,bell,500,yes,£2.10,2024-03-02
Bay Fire,long,90000,no,£2.60,2023-02-11
Cob Flame,long,400000,yes,£3.20,
Dew Sweet,bell,1200,no,£1.90,2025-03-20
""",
    "climbs.csv": """\
Climb,Valley,Grade,Good for kids,Dogs allowed,Hours
Ash Wall,Arden,easy,yes,no,2
Bay Wall,Arden,hard,no,no,5
Cob Wall,Bexley,easy,no,yes,3
Dew Wall,Bexley,moderate,yes,no,4
""",
    "ropes.csv": """\
Rope;Maker;Fibres;Coil (g);Length;Price EUR;Hooks;Machine wash;Added;Remarks
Ash Line;Arden;hemp;500;12 m;5,90;3,5-4 mm;no;2021-09-14;Rough to the hand, swells when it is wet
Bay Line;Arden;hemp, nylon;900;20 m;6,20;2,5-3 mm;yes;2021-09-14;The softer sister, good for bells
Cob Line;Bexley;nylon;150;35 m;12,95;4 mm;yes;2019-03-02;Stretches, 42 shades, a bit slippery
Dew Line;Bexley;cotton;200;8 m;3,50;7-8 mm;yes;2020-10-11;Tied in one evening
Elm Line;Corle;cotton, hemp;1000;5 m;19,95;2,5 mm;no;2018-08-20;Lasts for decades they say
""",
}


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Ask the assistant on one of the tables, by its name."""
    with asking(TABLES, tmp_path_factory.mktemp("gardens")) as ask:
        yield ask


@each_of(HERE / "corpus_own_gardens.txt")
def test_tables_of_gardens_are_asked_as_people_talk(meaning: str, text: str, ask: Ask) -> None:
    name, _, wanted = meaning.partition(": ")
    answer = ask(name, text)
    parts = [each for each in wanted.split("; ") if each]
    unused = [each.removeprefix("unused ") for each in parts if each.startswith("unused ")]
    told = [each.removeprefix("fact ") for each in parts if each.startswith("fact ")]
    titles = [each for each in parts if not each.startswith(("unused ", "fact "))]
    found = [item["title"] for item in answer["items"]]
    if " > " in wanted:
        assert found == titles[0].split(" > ")
    else:
        assert sorted(found) == sorted(titles)
    assert all(each in answer["text"] for each in told)
    assert all(each in " ".join(answer["unused"]) for each in unused)
    assert bool(answer["unused"]) == bool(unused)
