"""The binary under test: started on core 0 in a folder of its own, asked, looked at, stopped."""

import json
import os
import pathlib
import re
import signal
import subprocess
import time
import urllib.error
import urllib.request

DEFAULT_BINARY = "target/release/larder"


class Process:
    """A server on core 0, and what it takes of memory."""

    def __init__(self, base):
        self.base, self.process = base, None

    def launch(self, command, group=None, **how):
        command = ["taskset", "-c", "0", *command]
        self.process = subprocess.Popen(group.wrap(command) if group else command, **how)

    def wait_ready(self, path):
        for _ in range(6000):
            if answers(self.base + path):
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise SystemExit(f"{self.base} did not start")

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(30)

    def resident(self, field="VmRSS"):
        """MiB."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"{field}:\s+(\d+)", status)[1]) / 1024

    def forget_peak(self):
        """From here on, `peak` is that of what follows."""
        pathlib.Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")

    def peak(self):
        return self.resident("VmHWM")

    def spent(self):
        """Seconds of processor time so far."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def ask(self, path, token=None, body=None, method=None, headers=()):
        return json.load(self.open(path, token, body, method, headers))

    def open(self, path, token=None, body=None, method=None, headers=()):
        headers = {"Content-Type": "application/json"} | dict(headers)
        if token:
            headers["Authorization"] = f"Bearer {token}"
        data = json.dumps(body).encode() if body is not None else None
        try:
            return urllib.request.urlopen(urllib.request.Request(self.base + path, data, headers, method=method))
        except urllib.error.HTTPError as error:
            raise SystemExit(f"{path} was answered {error.code}: {error.read().decode(errors='replace')}") from None


class Larder(Process):
    def __init__(self, binary, folder, port=18090, scale=20):
        super().__init__(f"http://127.0.0.1:{port}")
        self.binary, self.folder, self.port = os.path.abspath(binary), folder, port
        self.environment = {
            "LARDER_DEMO_SCALE": str(scale),
            "LARDER_LIMIT_SCALE": "1000000",
            "LARDER_LOG_LEVEL": "warn",
        }

    def start(self, *flags, group=None):
        command = [self.binary, "serve", "--data", str(self.folder), "--listen", f"127.0.0.1:{self.port}", *flags]
        self.launch(command, group, env=self.environment, stdout=subprocess.DEVNULL)
        self.wait_ready("/readyz")

    def fill(self):
        """Makes the demo in an empty folder, which takes a start of its own. Seconds, for all of it."""
        began = time.monotonic()
        self.start("--demo")
        taken = time.monotonic() - began
        self.stop()
        return taken

    def token(self, email="graham.pell@northgate.example", password="larder-demo"):
        """Signs in; without more said as the demo's owner, whose login stands in the README."""
        return self.ask("/api/v1/auth/login", body={"email": email, "password": password})["access_token"]

    def ids(self, kind, token, count=200, query=""):
        rows = self.ask(f"/api/v1/{kind}?fields=id&limit={count}{query}", token)["data"]
        return [row["id"] for row in rows]


def answers(url):
    try:
        return urllib.request.urlopen(url, timeout=5).status == 200
    except OSError:
        return False
