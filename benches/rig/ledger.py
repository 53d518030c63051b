"""The rule that no answer may break: a read that began after a write was acknowledged must not show
what was there before it.

Every record of the check holds a number that only grows, in its name. A writer notes what was sent
and what was acknowledged; a reader notes the acknowledged number when it sends its request, and
hands in what came back.
"""

import re

NAME = re.compile(rb'"id":"([0-9a-f-]{36})"[^{}]*?"name":"(\d+)"')


class Ledger:
    def __init__(self, ids):
        self.sent = dict.fromkeys(ids, 0)
        self.heard = dict.fromkeys(ids, 0)
        self.judged = 0
        self.stale = []

    def floors(self, ids):
        """What a read of these records that begins now must at least show."""
        return {id: self.heard[id] for id in ids}

    def next(self, id):
        """The number that the next write of this record carries. Each record has one writer only."""
        self.sent[id] += 1
        return self.sent[id]

    def acknowledge(self, id, number):
        self.heard[id] = number

    def judge(self, floors, body, how):
        """Holds a body to the floors of the records that it must show; what it shows."""
        shown = {id.decode(): int(number) for id, number in NAME.findall(body)}
        for id, floor in floors.items():
            self.judged += 1
            number = shown.get(id)
            if number is None or not floor <= number <= self.sent[id]:
                self.stale.append(f"{how}: {id} shows {number}, although {floor} was acknowledged before")
        return shown

    def judge_number(self, id, floor, number, how):
        """The same where the number is known from elsewhere, such as an ETag that still holds."""
        self.judged += 1
        if not floor <= number <= self.sent[id]:
            self.stale.append(f"{how}: {id} shows {number}, although {floor} was acknowledged before")
