"""Records what python-dateutil answers for random recurrence rules: test/recurrence/answers.json.

The tests compare the service with these answers and need no Python. To record them again (Python 3.11 with python-dateutil
2.9, and the time zone data of the machine or the package tzdata):

    python3.11 test/recurrence/record-answers.py > test/recurrence/answers.json

The seed is fixed, so an unchanged script records the same rules. Each line is one answer:

    [rule, time zone, start, after, next]

start and after are seconds since 1970; next holds the first dates after `after`, in seconds since 1970, at most four. Where there are
fewer, the rule gives no other date within two years of the one before. dateutil counts in wall-clock time; the moments are
found afterwards, as RFC 5545 section 3.3.5 has it: a time that is skipped is read with the offset before the gap, and of one that comes
twice the first is taken.
"""

import json
import random
import sys
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

RULES = 1500
SEED = 5545
TWO_YEARS = 731 * 86_400
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
# Clocks that change at night, at midnight, by half an hour, not at all; both hemispheres.
ZONES = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",
    "America/Havana",
    "America/Santiago",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Africa/Cairo",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Pacific/Chatham",
]
# Most of them meet a gap or a repeated hour somewhere.
TIMES = [(0, 0), (0, 30), (1, 30), (2, 0), (2, 30), (3, 0), (9, 30), (16, 0), (23, 30)]
pick = random.Random(SEED)


def some(values, most):
    return sorted(pick.sample(values, pick.randint(1, min(most, len(values)))), key=values.index)


def maybe(chance, text):
    return text() if pick.random() < chance else ""


def by_day(most=3):
    return ";BYDAY=" + ",".join(some(DAYS, most))


def by_ordinal_day(ordinals):
    return ";BYDAY=" + ",".join(sorted({f"{pick.choice(ordinals)}{pick.choice(DAYS)}" for _ in range(pick.randint(1, 3))}))


def by_month(most=4):
    return ";BYMONTH=" + ",".join(map(str, some(list(range(1, 13)), most)))


def by_month_day():
    days = [1, 2, 13, 15, 28, 29, 30, 31, -1, -2, -15, -28, -29, -30, -31]
    return ";BYMONTHDAY=" + ",".join(map(str, some(days, 3)))


def by_set_pos(most):
    return ";BYSETPOS=" + ",".join(map(str, some([1, 2, 3, -1, -2, -3][:most], 2)))


def daily():
    return (
        f"FREQ=DAILY;INTERVAL={pick.choice([1, 1, 2, 3, 5, 10, 14, 45])}"
        + maybe(0.3, by_day)
        + maybe(0.2, by_month)
        + maybe(0.2, by_month_day)
    )


def weekly():
    return (
        f"FREQ=WEEKLY;INTERVAL={pick.choice([1, 1, 2, 3, 4, 6, 13])}"
        + maybe(0.7, lambda: by_day(5))
        + maybe(0.15, by_month)
        + maybe(0.4, lambda: ";WKST=" + pick.choice(DAYS))
    )


def monthly():
    ordinals = [1, 2, 3, 4, 5, -1, -2, -5]
    parts = pick.choice(
        [
            lambda: "",
            by_month_day,
            lambda: by_ordinal_day(ordinals),
            lambda: by_day(5),
            lambda: by_day(5) + by_set_pos(6),
            lambda: by_day(5) + by_month_day(),
            lambda: by_month_day() + by_set_pos(4),
            lambda: by_ordinal_day(ordinals) + by_set_pos(4),
            lambda: by_ordinal_day(ordinals) + by_month_day(),
        ]
    )
    return f"FREQ=MONTHLY;INTERVAL={pick.choice([1, 1, 1, 2, 3, 6])}" + parts() + maybe(0.15, by_month)


def yearly():
    of_month = [1, 2, 3, 4, 5, -1, -2]
    of_year = [1, 2, 5, 20, 50, 52, -1, -3, -52]
    parts = pick.choice(
        [
            lambda: "",
            by_month_day,
            by_day,
            lambda: by_month(3),
            lambda: by_month(3) + by_month_day(),
            lambda: by_month(3) + by_ordinal_day(of_month),
            lambda: by_month(3) + by_day(),
            lambda: by_month(3) + by_day() + by_set_pos(4),
            lambda: by_month(3) + by_month_day() + by_set_pos(2),
            lambda: by_month(3) + by_month_day() + by_day(5),
            lambda: by_month_day() + by_day(5),
            lambda: by_ordinal_day(of_year),
            lambda: by_day() + by_set_pos(6),
        ]
    )
    return "FREQ=YEARLY" + parts()


def moment(wall, zone):
    return int(wall.replace(tzinfo=zone, fold=0).astimezone(timezone.utc).timestamp())


def answer(make):
    zone_name = pick.choice(ZONES)
    zone = ZoneInfo(zone_name)
    hour, minute = pick.choice(TIMES)
    day = datetime(2023, 1, 1) + timedelta(days=pick.randrange(3 * 366))
    start = moment(day.replace(hour=hour, minute=minute), zone)
    wall_start = datetime.fromtimestamp(start, zone).replace(tzinfo=None, fold=0)
    rule = make()
    after = start + pick.choice([-60, 0, pick.randrange(90 * 86_400), pick.randrange(4 * 365 * 86_400)])
    bound = pick.random()
    until = None
    if bound < 0.15:
        rule += f";COUNT={pick.randint(1, 40)}"
    elif bound < 0.3:
        until = start + pick.randrange(3 * 365 * 86_400)
        rule += datetime.fromtimestamp(until, timezone.utc).strftime(";UNTIL=%Y%m%dT%H%M%SZ")
    horizon = datetime.fromtimestamp(max(start, after) + 4 * TWO_YEARS, zone).replace(tzinfo=None)
    given = rule.split(";UNTIL")[0]
    found = []
    last = after
    for wall in rrulestr(given, dtstart=wall_start):
        if wall > horizon:
            break
        at = moment(wall, zone)
        if until is not None and at > until or at > last + TWO_YEARS:
            break
        if at > last:
            found.append(at)
            last = at
        if len(found) == 4:
            break
    return [rule, zone_name, start, after, found]


def main():
    makers = [daily, weekly, weekly, monthly, monthly, yearly]
    lines = [json.dumps(answer(makers[index % len(makers)]), separators=(",", ":")) for index in range(RULES)]
    sys.stdout.write("[\n" + ",\n".join(lines) + "\n]\n")


main()
