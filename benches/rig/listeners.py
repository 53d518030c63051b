"""Who keeps a connection open and mostly listens: sockets that watch a record, and streams of progress."""

import base64
import os
import select
import socket
import struct
import threading


class Listeners:
    """All open connections; pings are answered and everything else is read and dropped."""

    def __init__(self, host, port):
        self.host, self.port = host, port
        self.open, self.closed = {}, 0
        self.poll = select.epoll()
        threading.Thread(target=self.listen, daemon=True).start()

    def socket(self, token, watch):
        key = base64.b64encode(os.urandom(16)).decode()
        upgrade = f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
        made = self.ask("live", token, upgrade, 101)
        made.sendall(frame(1, watch))
        self.keep(made, True)

    def stream(self, token, stream):
        self.keep(self.ask(f"streams/{stream}", token, "Accept: text/event-stream\r\n", 200), False)

    def ask(self, path, token, more, wanted):
        made = socket.create_connection((self.host, self.port))
        head = f"GET /api/v1/{path} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\nAuthorization: Bearer {token}\r\n"
        made.sendall(f"{head}{more}\r\n".encode())
        answer = b""
        while b"\r\n\r\n" not in answer:
            piece = made.recv(4096)
            if not piece:
                raise SystemExit("the server hung up")
            answer += piece
        first = answer.split(b"\r\n")[0]
        if f" {wanted} ".encode() not in first + b" ":
            raise SystemExit(f"{path}: {first.decode()}")
        return made

    def keep(self, made, pinged):
        made.setblocking(False)
        self.open[made.fileno()] = made, pinged
        self.poll.register(made.fileno(), select.EPOLLIN)

    def listen(self):
        while True:
            for number, _ in self.poll.poll(1):
                made, pinged = self.open[number]
                try:
                    data = made.recv(65536)
                except BlockingIOError:
                    continue
                except OSError:
                    data = b""
                if not data:
                    self.closed += 1
                    self.poll.unregister(number)
                elif pinged and data[:1] == b"\x89":
                    made.sendall(frame(10, b""))


def frame(opcode, payload):
    """A masked frame of less than 126 bytes, or of less than 64 KiB; the mask is zero, which is one like others."""
    size = bytes([0x80 | len(payload)]) if len(payload) < 126 else bytes([0x80 | 126]) + struct.pack(">H", len(payload))
    return bytes([0x80 | opcode]) + size + b"\0\0\0\0" + payload
