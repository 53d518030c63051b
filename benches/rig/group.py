"""A memory control group for the server under test, where the machine allows one."""

import os
import pathlib
import shutil
import subprocess

ROOT = pathlib.Path("/sys/fs/cgroup")


class Group:
    """Wraps a command so that it runs inside the group; `said` tells what became of the wish."""

    def __init__(self, mib, wanted=True):
        self.folder, self.prefix = None, []
        self.said = f"no memory control group; the server is told of {mib} MiB instead"
        if not wanted:
            return
        try:
            self.make(mib)
        except (OSError, subprocess.CalledProcessError) as error:
            self.said = f"no memory control group can be made here ({error}); the server is told of {mib} MiB instead"

    def make(self, mib):
        if (ROOT / "cgroup.controllers").exists():
            # Version 2 belongs to systemd: a group that holds processes may have none below it.
            scope = ["systemd-run", "--scope", "--quiet", "--collect"]
            scope += ["-p", f"MemoryMax={mib}M", "-p", "MemorySwapMax=0"]
            if not shutil.which("systemd-run"):
                raise OSError("version 2 needs systemd-run")
            subprocess.run([*scope, "true"], check=True, capture_output=True)
            self.prefix, self.said = scope, f"a memory control group (version 2) of {mib} MiB"
            return
        own = next(
            line.split(":", 2)[2]
            for line in pathlib.Path("/proc/self/cgroup").read_text().splitlines()
            if "memory" in line.split(":")[1].split(",")
        )
        # Below the group that this runs in, so that its limits go on holding.
        folder = ROOT / "memory" / own.lstrip("/") / f"larder-bench-{os.getpid()}"
        folder.mkdir()
        self.folder = folder
        (folder / "memory.limit_in_bytes").write_text(str(mib * 2**20))
        enter = 'echo $$ > "$0" && exec "$@"'
        self.prefix = ["sh", "-c", enter, str(folder / "cgroup.procs")]
        self.said = f"a memory control group (version 1) of {mib} MiB"

    def wrap(self, command):
        return [*self.prefix, *command]

    def close(self):
        if self.folder:
            self.folder.rmdir()
