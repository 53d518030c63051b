"""Load by wrk (from Debian's package of that name), from core 1."""

import pathlib
import re
import statistics
import subprocess
import typing

HERE = pathlib.Path(__file__).parent


class Figures(typing.NamedTuple):
    rate: float
    """Answers a second."""
    p50: float
    """Milliseconds."""
    p99: float
    seconds: float
    work: float = 0.0
    """Answers for each second of processor time: the rate on a core that nobody else troubles."""


def wrk(url, seconds, script="read.lua", *arguments, connections=64):
    """The figures of one run; a refused request ends the bench."""
    # An answer that takes long is slow and not refused; some of others take over two seconds.
    command = ["taskset", "-c", "1", "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "-s"]
    command += [str(HERE / script), url, "--", *arguments]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout

    def number(name):
        found = re.search(rf"^{name}\s+([\d.]+)", said, re.MULTILINE)
        return float(found[1]) if found else 0.0

    assert number("refused") == 0, said
    return Figures(number("Requests/sec:"), number("p50") / 1000, number("p99") / 1000, number("seconds"))


def timed(server, path, seconds, *arguments, connections=64):
    """The same of a server's path, with the processor time that its answers took."""
    before = server.spent()
    figures = wrk(server.base + path, seconds, "read.lua", *arguments, connections=connections)
    spent = max(server.spent() - before, 0.01)
    return figures._replace(work=figures.rate * figures.seconds / spent)


def middle(runs):
    """The median of each figure over several runs."""
    return Figures(*(statistics.median(column) for column in zip(*runs)))
