"""Two hundred people at work, as scripts for the loop: they look, think, and now and then change
something."""

import json
import random

from .loop import Wire

LISTS = (
    "/api/v1/equipment?status=active&sort=-created_at&limit=25",
    "/api/v1/work-orders?status=assigned&sort=-created_at&limit=25&include=site",
    "/api/v1/sites?sort=name&limit=50",
    "/api/v1/companies?sort=name&limit=50",
    "/api/v1/tasks?sort=-created_at&limit=25",
)
WORDS = ("lift", "leeds", "harbour", "door", "north", "station")


class Users:
    def __init__(self, server, tokens):
        self.wires = [Wire(server.port, token) for token in tokens]
        self.errors, self.times = [], []

    def user(self, number):
        dice, wire = random.Random(number), self.wires[number % len(self.wires)]
        while True:
            yield from self.ask(wire.get("/api/v1/dashboard"))
            yield think(dice)
            path = dice.choice(LISTS)
            answer = yield from self.ask(wire.get(path))
            yield think(dice)
            kind, rows = path.split("?")[0], json.loads(answer.body).get("data")
            if rows:
                record = f"{kind}/{dice.choice(rows)['id']}"
                yield from self.ask(wire.get(record))
                yield from self.ask(wire.get(record + "/history"))
                yield think(dice)
                if kind.endswith("work-orders") and dice.random() < 0.3:
                    yield from self.ask(wire.patch(record, f'{{"description":"Seen by {number}, {dice.random()}"}}'))
                    yield think(dice)
            # Words and bounds that nobody used before go past the cache, and fill it.
            bound = f"lat[gt]={dice.uniform(50, 54):.6f}"
            yield from self.ask(wire.get(f"/api/v1/sites?{bound}&sort=name&limit=50"))
            yield think(dice)
            yield from self.ask(wire.get(f"/api/v1/equipment?q={dice.choice(WORDS)}&limit=10"))
            yield think(dice)

    def filler(self, seed):
        """Asks for what nobody asked before, as fast as it can: fills the cache to its bound."""
        dice = random.Random(seed)
        while True:
            yield from self.ask(self.wires[0].get(f"/api/v1/equipment?lat[gt]={dice.uniform(50, 54):.7f}&limit=100"))

    def ask(self, request):
        answer = yield request
        self.times.append(answer.seconds)
        if not 200 <= answer.status < 300:
            self.errors.append(f"{request[:90]!r} was answered {answer.status}: {answer.body[:200]!r}")
        return answer

    def take_times(self):
        """The times since the last call, sorted."""
        times, self.times = sorted(self.times), []
        return times


def think(dice):
    return dice.uniform(1, 3)
