"""Requests on tables of shops and services: hours, waits, former prices, counts, what there is some of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from asked_tables import asking
from corpora import each_of

HERE = Path(__file__).parent
TABLES = {
    "gyms.csv": """\
gym,district,monthly_fee,contract_months,weekday_hours,weekend_hours,classes_per_week,free_trial_days,\
personal_trainer_per_hour,changing_rooms,opened
Apex,Mill,25,0,06:00-22:00,08:00-16:00,0,7,30,separate,2019
Bolt,Quay,39,12,07:00-23:00,09:00-20:00,40,0,45,separate and family,2007
Core,Quay,19,3,24h,24h,12,1,,mixed,2023
Dune,Mill,52,0,06:30-21:00,08:00-18:00,60,0,25,mixed,1998
""",
    "cakes.tsv": """\
Cake\tSponge\tFilling\tServes\tPrice from\tNotice needed\tContains\tTiers\tOccasions\tBest seller
Ash Cake\tlemon\tjam\t6-8\t£24\t24 hours\tegg, milk\t1\tbirthday, Easter\tyes
Bay Cake\talmond\tnone\t20-26\t£55\t2 days\talmond, egg\t2\twedding\tno
Cob Cake\tlemon\tcream\t10-12\t£38\t1 week\twheat, milk\t3\twedding, birthday\tyes
Dew Cake\tchocolate\tjam\t30-34\t£90\t3 days\tsoya, almond\t1\tEaster\tno
""",
    "guitars.csv": """\
sku,name,type,strings,pickups,price_gbp,was_gbp,year,weight_kg
GT101,Ash Nine,bass,4,2,399,450,2019,4.1
GT102,Bay Nine,acoustic,12,1,250,,2026,2.2
GT103,Cob Nine,electric,6,1,899,999,2026,3.3
GT104,Dew Nine,acoustic,6,3,149,,2022,1.9
GT105,Elm Nine,electric,7,2,700,750,2023,3.0
""",
    "rooms.json": """\
[{"name": "Attic", "theme": "horror", "players": {"min": 2, "max": 5}, "minutes": 60, "difficulty": 4,
  "success_rate": "25%", "private_hire": 90, "scary": true, "closed_on": ["Mon"]},
 {"name": "Bank", "theme": "crime", "players": {"min": 3, "max": 8}, "minutes": 90, "difficulty": 2,
  "success_rate": "60%", "private_hire": 150, "scary": false, "closed_on": []},
 {"name": "Crypt", "theme": "horror", "players": {"min": 2, "max": 10}, "minutes": 45, "difficulty": 5,
  "success_rate": "12%", "private_hire": null, "scary": false, "closed_on": ["Tue"]}]
""",
    "vans.csv": """\
Ref,Van,Berths,Year,Price,Damp,Serviced
CV01,Ash One,4,2010,"£9,000",none,no history
CV02,Bay One,2 berth,'21,"£4,000",slight,full history
CV03,Cob One,2,2015 model,"£12,000",dry,Mar 2026
CV04,Dew One,6,1999,"£2,000",not tested,no history
""",
    "televisions.csv": """\
Model,Screen size (in),Width (cm),Resolution,Smart platform,Guarantee (years),Weight (kg),Members,Lead time
Ash TV,55,123,4K,Tizen,5,14.2,£520,2 days
Bay TV,32,72,Full HD,None,1,4.4,£150,1 day
Cob TV,65,145,4K,Tizen,2,21.0,£780,5 days
Dew TV,75,167,8K,webOS,5,33.1,£2100,1 week
""",
    "fisheries.csv": """\
Fishery,Type,Day ticket,Dogs,Booking,Last stocked,Lake record,Night fishing,Flavour
Ash Pool,Coarse,£12 (conc. £10),on leads,not needed,3 May 2026,carp 20lb,Yes,smoke
Bay Pool,Trout,£9,guide dogs only,online,12 June 2025,trout 9lb,No,none
Cob Lake,Coarse,"£24 for 1 rod, £27 for 2",yes,online,9 July 2026,pike 15lb,No,citrus
Dew Lake,Trout,free,no,phone ahead,1 Jan 2024,trout 11lb,Yes,smoke
""",
    "records.csv": """\
Title,Artist,Latin name,Native to,Grade,Price,Added
Ash Song,"Moor, Ann",Acer,West Africa,EX,£20,3 Feb 2026
Bay Song,Ann Moor,Betula,South Asia,VG+,£25 (was £30),9 Mar 2026
Cob Song,Bo Lind,Corylus,Peru,NM,SOLD,2 Jan 2026
Dew Song,Bo Lind,Dahlia,Peru,VG,£18 (was £20),1 Apr 2026
Elm Song,Cy Pane,Ulmus,West Africa,G,SOLD,5 Apr 2026
Fir Song,Cy Pane,Abies,Peru,VG,POA,5 May 2026
Gum Song,Cy Pane,Eucalyptus,Peru,VG,POA,6 May 2026
""",
    "fridges.csv": """\
Model,Type,Height (cm),Width (cm),Frost free,Price (£),RRP (£),Warranty,Delivery
Ash Cool,American,178,91,yes,1199,1399,5 years,1 week
Bay Cool,fridge freezer,161,48,no,349,,1 year,next day
Cob Cool,fridge freezer,188,60,yes,429,479,2 years,3-5 days
Dew Cool,larder,85,60,yes,599,649,3 years,next day
""",
    "classes.csv": """\
Class,Teacher,Starts,Ends,Weeks,Term starts
Ash Dance,Ivy Moor,19:00,20:15,10,11 Jan 2027
Bay Dance,Bo Lind,09:30,10:00,8,16 Jan 2027
Cob Dance,Cy Pane,16:30,18:00,10,14 Jan 2027
Dew Dance,Cy Pane,20:30,21:30,6,18 Jan 2027
""",
    "ales.csv": """\
Ale,ABV,Rating,Stock
Ash Ale,4.2%,4.5,12
Bay Ale,5.5%,4.8,0
Cob Ale,6.0%,3.9,60
Dew Ale,3.8%,4.6,6
""",
    "coins.csv": """\
No.;Section;Metal;Weight;Price
*** ANCIENT ***;;;;
C5100;Ancient;Silver;3.1 g;£105
C5101;Ancient;Silver;17.2 g;£685
C5102;Ancient;Bronze;2.9 g;£20
C5103;Ancient;Bronze;3.3 g;£38
;;;;
*** HAMMERED ***;;;;
C5104;Hammered;Silver;2.6 g;£60
C5105;Hammered;Gold;5.1 g;£900
C5106;Hammered;Silver;2.7 g;£250
C5107;Hammered;Gold;3.5 g;£1200
""",
    "fish.csv": """\
Common name,Min tank litres,Temperature,pH,Diet,Ease of keeping,Family
Ash Tetra,60,18-22,6.0-7.0,herbivore,easy,tetra
Bay Barb,200,24-28,7.0-8.2,carnivore,hard,barb
Cob Loach,40,20-26,6.5-7.5,omnivore,moderate,loach
""",
}


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str, str], dict[str, Any]]]:
    """Ask the assistant on one of the tables, by its name."""
    with asking(TABLES, tmp_path_factory.mktemp("shops")) as ask:
        yield ask


@each_of(HERE / "corpus_own_shops.txt")
def test_shops_are_asked_as_customers_ask(
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
        ("fish", "what does the Cob Loach eat?", "omnivore"),
        ("cakes", "how many people does the Bay Cake feed?", "26"),
        ("cakes", "what allergens are in the Bay Cake?", "almond and egg"),
        ("vans", "what year is CV02?", "2021"),
        ("gyms", "how many classes per week does Bolt have?", "40"),
        ("gyms", "when does Apex close on weekdays?", "22:00"),
        ("fisheries", "what's the lake record at Ash Pool?", "carp 20lb"),
        ("classes", "what time does Ash Dance finish?", "20:15"),
        ("classes", "who teaches Ash Dance?", "Ivy Moor"),
        ("records", "what's the latin name of Ash Song?", "Acer"),
    ],
)
def test_facts_are_asked_by_what_items_do(
    table: str, text: str, said: str, ask: Callable[[str, str], dict[str, Any]]
) -> None:
    answer = ask(table, text)
    assert (answer["act"], answer["items"]) == ("inform", [])
    assert said in answer["text"]


@pytest.mark.parametrize(
    "text", ["records by Cy Pane, cheapest first", "the most expensive record by Cy Pane, please"]
)
def test_what_has_no_value_to_order_by_is_shown_and_said_so(
    text: str, ask: Callable[[str, str], dict[str, Any]]
) -> None:
    answer = ask("records", text)
    assert {item["title"] for item in answer["items"]} == {"Elm Song", "Fir Song", "Gum Song"}
    assert "no price" in answer["text"]
    assert len(answer["unused"]) == 1
    assert answer["basis"] == "popular"
