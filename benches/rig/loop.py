"""Many HTTP clients in one thread. Each is a script, a generator: it yields a request and is sent back
the answer, or yields a number of seconds and sleeps so long."""

import heapq
import itertools
import re
import selectors
import socket
import time
import typing

LENGTH = re.compile(rb"\r\ncontent-length: (\d+)")


class Answer(typing.NamedTuple):
    status: int
    head: bytes
    body: bytes
    seconds: float

    def header(self, name):
        found = re.search(rb"\r\n" + name + rb": ([^\r]*)", self.head)
        return found[1] if found else b""


class Line:
    """One client on its connection, which is made anew when the server has closed it."""

    def __init__(self, loop, script):
        self.loop, self.script = loop, script
        self.socket, self.got, self.waits, self.since = None, b"", False, 0.0

    def connect(self):
        self.socket = socket.create_connection(("127.0.0.1", self.loop.port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.loop.selector.register(self.socket, selectors.EVENT_READ, self)

    def hang_up(self):
        if self.socket:
            self.loop.selector.unregister(self.socket)
            self.socket.close()
            self.socket, self.got = None, b""

    def go_on(self, answer=None):
        wish = self.script.send(answer)
        if isinstance(wish, bytes):
            if not self.socket:
                self.connect()
            self.waits, self.since = True, time.perf_counter()
            self.socket.sendall(wish)
        else:
            self.loop.later(wish, self)

    def hear(self):
        piece = self.socket.recv(1 << 18)
        if not piece:
            lost = self.waits
            self.hang_up()
            if lost:
                self.waits = False
                self.finish(Answer(0, b"", b"the connection was closed", time.perf_counter() - self.since))
            return
        self.got = self.got + piece if self.got else piece
        end = self.got.find(b"\r\n\r\n")
        if end < 0:
            return
        found = LENGTH.search(self.got, 0, end + 2)
        whole = end + 4 + (int(found[1]) if found else 0)
        if len(self.got) < whole:
            return
        head, body = self.got[: end + 2], self.got[end + 4 : whole]
        self.got, self.waits = b"", False
        self.finish(Answer(int(head[9:12]), head, body, time.perf_counter() - self.since))

    def finish(self, answer):
        self.loop.answers += 1
        self.go_on(answer)


class Loop:
    def __init__(self, port):
        self.port, self.selector = port, selectors.DefaultSelector()
        self.timers, self.order, self.lines, self.answers = [], itertools.count(), [], 0

    def add(self, script, after=0.0):
        line = Line(self, script)
        self.lines.append(line)
        self.later(after, line)

    def later(self, seconds, line):
        heapq.heappush(self.timers, (time.monotonic() + seconds, next(self.order), line))

    def run(self, more):
        """Goes on while `more()` says so."""
        while more():
            now = time.monotonic()
            while self.timers and self.timers[0][0] <= now:
                heapq.heappop(self.timers)[2].go_on()
            wait = min(0.5, max(0.0, self.timers[0][0] - now)) if self.timers else 0.5
            for key, _ in self.selector.select(wait):
                key.data.hear()

    def close(self):
        for line in self.lines:
            line.hang_up()
        self.selector.close()


class Wire:
    """The requests of one signed-in person, as bytes."""

    def __init__(self, port, token):
        self.rest = f" HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n"

    def get(self, path, etag=None):
        known = f"If-None-Match: {etag}\r\n" if etag else ""
        return f"GET {path}{self.rest}{known}\r\n".encode()

    def patch(self, path, body):
        head = f"If-Match: *\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        return f"PATCH {path}{self.rest}{head}\r\n{body}".encode()
