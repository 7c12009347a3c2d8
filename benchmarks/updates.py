"""A hundred leads who each save about every three seconds: python benchmarks/updates.py [--leads 100] [--seconds 60]

Two gunicorn workers serve the page door on a database of their own. Every lead is signed in, opens the page of their
items once, and then saves one of them, with a reason of its own each time, and reads the page that comes back, as a
browser would. A bare view (/healthz: one query through the same middleware) is asked for in between, in the same
minute. Printed are the times of the save and of the page after it, the errors, and how many of the saved words are
missing from the record: every one is looked for among the facts and the held updates.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID

import django
from timing import Timing, machine

HOME = tempfile.TemporaryDirectory(prefix="golden-thread-benchmark-")
os.environ["GOLDENTHREAD_HOME"] = HOME.name
os.environ["DJANGO_SETTINGS_MODULE"] = "goldenthread.web.settings"

from goldenthread.web.database import provide_database  # noqa: E402

SERVER = provide_database()
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402

from goldenthread.plan import model  # noqa: E402
from goldenthread.plan.dates import PlanDate  # noqa: E402
from goldenthread.plan.flat import Series  # noqa: E402
from goldenthread.plan.keys import slug  # noqa: E402
from goldenthread.record.actor import Actor  # noqa: E402
from goldenthread.record.database import migrate_if_needed  # noqa: E402
from goldenthread.record.models import DatedFact, HeldUpdate, Holding, Officer, PostRecord, Role, User  # noqa: E402
from goldenthread.record.scope import council_scope, writing  # noqa: E402
from goldenthread.record.services.councils import create_council  # noqa: E402
from goldenthread.record.services.plans import load_plan  # noqa: E402
from goldenthread.record.snapshot import snapshot  # noqa: E402

ADOPTED, PAGE, PAUSE = date(2022, 6, 7), "/plans/plan/updates/", 3.0
ITEMS, STEPS = 3, 3
"""Actions of each lead, and steps of each action."""


@dataclass
class Times:
    """What was measured, in milliseconds, by all leads together."""

    save: list[float] = field(default_factory=list)
    page: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Lead:
    """One lead's session and items."""

    cookie: str
    items: tuple[UUID, ...]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--leads", type=int, default=100)
    arguments.add_argument("--seconds", type=float, default=60)
    arguments.add_argument("--workers", type=int, default=2)
    arguments.add_argument("--warm-up", type=float, default=15, help="seconds before anything is counted")
    chosen = arguments.parse_args()
    print(machine())
    migrate_if_needed()
    council, leads = some_council(chosen.leads)
    connections.close_all()
    times = Times()
    port = free_port()
    process = serve(port, chosen.workers)
    try:
        press_all(port, leads, times, chosen.warm_up)
        print(f"before anything is counted: {len(times.save)} saves, {len(times.errors)} errors")
        times = Times(words=times.words, errors=times.errors)
        began = time.perf_counter()
        press_all(port, leads, times, chosen.seconds)
        took = time.perf_counter() - began
    finally:
        process.terminate()
        process.wait(20)
    saved, saves = len(times.words), len(times.save)
    print(f"{len(leads)} leads, {saves} saves in {took:.0f} s, {chosen.workers} workers")
    for name, found in (
        ("bare view (/healthz)", times.bare),
        ("save", times.save),
        ("page after it", times.page),
    ):
        print(timing(name, found))
    print(f"errors: {len(times.errors)} {sorted(set(times.errors))[:3] or ''}")
    print(f"lost: {saved - kept(council, times.words)} of {saved} saved")


def some_council(leads: int) -> tuple[UUID, list[Lead]]:
    """A plan in which each lead has a few actions with steps, and everybody in their post and signed in."""
    council = create_council(command="benchmark", name="Borough of a Hundred Leads").id
    officer = Actor(council=council, role=Role.PMO, name="benchmark")
    load_plan(actor=officer, plan=wide_plan(leads), effective_on=ADOPTED, reason="Measuring", slug="plan")
    users = [User.objects.create_user(f"lead{n}@example.org", name=f"Lead {n}") for n in range(leads)]
    with writing(officer, "Appointed"):
        for number, user in enumerate(users):
            post = PostRecord.objects.get(slug=slug(f"Director {number}"))
            person = Officer.objects.create(council_id=council, name=user.name, user=user.id)
            Holding.objects.create(council_id=council, post=post, officer=person, starts_on=ADOPTED)
    led: dict[str, list[UUID]] = {}
    for action in snapshot(council=council, plan="plan").actions():
        if action.id:
            led.setdefault(action.leads[0], []).append(action.id)
    made = []
    for number, user in enumerate(users):
        user.memberships.create(council_id=council, role=Role.LEAD)
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        made.append(Lead(session, tuple(led[f"Director {number}"])))
    return council, made


def wide_plan(leads: int) -> model.Plan:
    due = PlanDate.from_edtf("2022-09", "Sep 2022")
    dates = model.Dates(original=due, approved=due)
    actions = tuple(
        model.Action(
            key=f"a{lead}-{item}",
            title=f"Do thing {item} of director {lead}",
            leads=(f"Director {lead}",),
            dates=dates,
            steps=tuple(
                model.Action(key=f"a{lead}-{item}-{step}", title=f"Step {step}", dates=dates)
                for step in range(STEPS)
            ),
        )
        for lead in range(leads)
        for item in range(ITEMS)
    )
    theme = model.Theme(key="t", number=1, name="Everything", actions=actions)
    return model.Plan(
        key="plan", council=model.Council(name="B"), title="A plan", approved_on=ADOPTED, themes=(theme,)
    )


def press_all(port: int, leads: list[Lead], times: Times, seconds: float) -> None:
    """Every lead in a thread of their own until the time is over, each beginning at another moment."""
    until = time.perf_counter() + seconds
    people = [
        threading.Thread(target=press, args=(port, number, lead, times, until))
        for number, lead in enumerate(leads)
    ]
    people.append(threading.Thread(target=look_at_bare, args=(port, times, until)))
    for person in people:
        person.start()
    for person in people:
        person.join()


def press(port: int, number: int, lead: Lead, times: Times, until: float) -> None:
    chance = random.Random(number)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    time.sleep(chance.random() * PAUSE)
    turn = 0
    try:
        shown, cookies = ask(connection, "GET", PAGE, cookies=f"sessionid={lead.cookie}", times=times)
        connection.close()
        while time.perf_counter() < until:
            words = f"Because of {number}-{turn} at {until}"
            item = lead.items[turn % len(lead.items)]
            body = urlencode(
                {
                    "csrfmiddlewaretoken": hidden(shown, "csrfmiddlewaretoken"),
                    "seen": hidden(shown, "seen"),
                    "save": item.hex,
                    f"why-{item.hex}": words,
                    f"status-{item.hex}": chance.choice(("in_progress", "not_started")),
                    f"expected-{item.hex}": chance.choice(("Autumn 2022", "March 2023", "")),
                }
            )
            took = time.perf_counter()
            place, _ = ask(connection, "POST", PAGE, body=body, cookies=cookies, times=times)
            times.save.append((time.perf_counter() - took) * 1000)
            if place.startswith(PAGE):
                times.words.append(words)
            else:
                times.errors.append("not saved")
            took = time.perf_counter()
            shown, _ = ask(connection, "GET", place.partition("#")[0] or PAGE, cookies=cookies, times=times)
            times.page.append((time.perf_counter() - took) * 1000)
            connection.close()  # a browser's connection is idle for longer than servers keep it
            turn += 1
            time.sleep(max(0.0, PAUSE * (0.7 + 0.6 * chance.random())))
    except (OSError, http.client.HTTPException, LookupError) as error:
        times.errors.append(f"{type(error).__name__}: {error}")


def ask(
    connection: http.client.HTTPConnection, how: str, path: str, *, cookies: str, times: Times, body: str = ""
) -> tuple[str, str]:
    """The page, or where it leads on to; with the cookies to send from now on."""
    headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request(how, path, body=body or None, headers=headers)
    response = connection.getresponse()
    text = response.read().decode()
    if response.status not in {200, 302}:
        times.errors.append(f"{how} gave {response.status}")
    token = re.search(r"csrftoken=(\w+)", response.getheader("Set-Cookie", ""))
    kept = cookies if "csrftoken" in cookies or not token else f"{cookies}; csrftoken={token[1]}"
    return response.getheader("Location") or text, kept


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="(\w+)"', page)
    if found is None:
        raise LookupError(f"The page has no {name}")
    return found[1]


def look_at_bare(port: int, times: Times, until: float) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    while time.perf_counter() < until:
        took = time.perf_counter()
        ask(connection, "GET", "/healthz", cookies="", times=times)
        times.bare.append((time.perf_counter() - took) * 1000)
        time.sleep(0.2)


def kept(council: UUID, words: list[str]) -> int:
    """How many of these words the record has, in a report or in an update that is held."""
    with council_scope(council):
        reports = DatedFact.objects.filter(series=Series.REPORT).values_list("value", flat=True)
        said = {report["why"] for report in reports}
        said |= {values.get("why") for values in HeldUpdate.objects.values_list("values", flat=True)}
    return sum(each in said for each in words)


def timing(name: str, found: list[float]) -> Timing:
    ordered = sorted(found)
    return Timing(name, ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)], len(ordered))


def serve(port: int, workers: int) -> subprocess.Popen[bytes]:
    log = (Path(HOME.name) / "gunicorn.log").open("w")
    options = ("-b", f"127.0.0.1:{port}", "-w", str(workers), "--threads", "2")
    command = [sys.executable, "-m", "gunicorn", "goldenthread.web.wsgi", *options]
    process = subprocess.Popen(command, stdout=log, stderr=log)
    for _ in range(200):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                time.sleep(5)  # until every worker has loaded
                return process
        except OSError:
            time.sleep(0.2)
    raise RuntimeError((Path(HOME.name) / "gunicorn.log").read_text()[-2000:])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    try:
        main()
    finally:
        connections.close_all()
        if SERVER:
            SERVER.release()
            SERVER.destroy()
        HOME.cleanup()
