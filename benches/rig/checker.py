"""Writers and readers that hold every answer to the ledger's rule: their own writes and each other's,
from memory, past it, and by the ETag of what they have."""

import random

from .ledger import Ledger
from .loop import Wire

EQUIPMENT = "/api/v1/equipment"
GROUP = 4


class Checker:
    """Some machines of its own on sites of their own, so that each list shows a whole group."""

    def __init__(self, server, tokens, groups=2):
        self.wires = [Wire(server.port, token) for token in tokens]
        self.sites, machines = [], []
        for group in range(groups):
            site = server.ask("/api/v1/sites", tokens[0], {"name": f"Checked {group}"})["id"]
            rows = [{"name": "0", "serial": f"CHECK-{group}-{n}", "site_id": site, "lat": 90} for n in range(GROUP)]
            ids = [server.ask(EQUIPMENT, tokens[0], row)["id"] for row in rows]
            self.sites.append((site, ids))
            machines += ids
        self.machines, self.ledger = machines, Ledger(machines)
        self.errors, self.writes, self.reads, self.hits = [], 0, 0, 0
        self.etags = {}
        self.never = 0

    def faults(self):
        return self.errors + self.ledger.stale

    def writer(self, number, of, pause=0.0):
        """Owns every `of`-th machine; reads each back at once."""
        own, wire, ledger = self.machines[number::of], self.wires[number % len(self.wires)], self.ledger
        while True:
            for id in own:
                value = ledger.next(id)
                answer = yield wire.patch(f"{EQUIPMENT}/{id}", f'{{"name":"{value}"}}')
                self.writes += 1
                if not self.is_good(answer, 200):
                    continue
                ledger.acknowledge(id, value)
                ledger.judge({id: value}, answer.body, "the answer to a write")
                answer = yield wire.get(f"{EQUIPMENT}/{id}")
                self.note_read(answer)
                if self.is_good(answer, 200):
                    ledger.judge({id: value}, answer.body, "the writer's own read")
                if pause:
                    yield pause

    def reader(self, number, pause=0.0):
        dice, wire = random.Random(number), self.wires[number % len(self.wires)]
        ways = [self.one] * 5 + [self.unchanged] * 3 + [self.list] * 3 + [self.list_past_the_cache] + [self.page]
        while True:
            yield from dice.choice(ways)(wire, dice)
            if pause:
                yield pause

    def one(self, wire, dice):
        id = dice.choice(self.machines)
        floor = self.ledger.heard[id]
        answer = yield wire.get(f"{EQUIPMENT}/{id}")
        self.judge_one(answer, id, floor, "a record")

    def judge_one(self, answer, id, floor, how):
        self.note_read(answer)
        if not self.is_good(answer, 200):
            return
        number = self.ledger.judge({id: floor}, answer.body, how).get(id)
        if number is not None:
            self.etags[id] = (answer.header(b"etag").decode(), number)

    def unchanged(self, wire, dice):
        id = dice.choice(self.machines)
        etag, number = self.etags.get(id, (None, 0))
        floor = self.ledger.heard[id]
        answer = yield wire.get(f"{EQUIPMENT}/{id}", etag)
        if answer.status == 304:
            self.note_read(answer)
            self.ledger.judge_number(id, floor, number, "a 304")
        else:
            self.judge_one(answer, id, floor, "a record with an ETag")

    def list(self, wire, dice, more="", how="a list"):
        site, ids = dice.choice(self.sites)
        floors = self.ledger.floors(ids)
        answer = yield wire.get(f"{EQUIPMENT}?site_id={site}&fields=id,name{more}")
        self.judge_all(answer, floors, how)

    def judge_all(self, answer, floors, how):
        self.note_read(answer)
        if self.is_good(answer, 200):
            self.ledger.judge(floors, answer.body, how)

    def list_past_the_cache(self, wire, dice):
        """Asked in words that nobody used before, so the answer cannot be from memory."""
        self.never += 1
        yield from self.list(wire, dice, f"&lat[ne]={self.never / 1e6}", "a list past the cache")

    def page(self, wire, dice):
        site, ids = dice.choice(self.sites)
        floors = self.ledger.floors(ids)
        shown = f"list=site_id%3D{site}%26fields%3Did,name"
        answer = yield wire.get(f"/api/v1/pages/list?kind=equipment&parts=list&{shown}")
        self.judge_all(answer, floors, "a page's load")

    def note_read(self, answer):
        self.reads += 1
        self.hits += b"larder; hit" in answer.head

    def is_good(self, answer, status):
        if answer.status == status:
            return True
        self.errors.append(f"answered {answer.status}: {answer.body[:200].decode(errors='replace')}")
        return False
