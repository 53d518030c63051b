"""What the benches share: the server under test, its load, its rivals, its made-up crowd."""

import signal
import sys

# A bench that is told to stop takes its servers with it: their end stands in a `finally`.
signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
