"""PocketBase over the same machines, as its own handbook would have it: an indexed collection, a rule
that asks for a signed-in user, no request log, no count of all rows."""

import json
import sqlite3
import subprocess
import urllib.parse

from .server import Process
from .tools import tool

EMAIL, PASSWORD = "bench@example.com", "correct horse battery"
TEXTS = ("serial", "type", "status", "site_id", "manufacturer", "model", "installed_on", "warranty_until",
         "calibration_due", "inspection_due", "description", "company_id", "external_id")
NUMBERS = ("version", "lat", "lng")
WHEN = ("created_at", "updated_at")
SIGNED_IN = '@request.auth.id != ""'
RECORDS = "/api/collections/equipment/records"
LIST = RECORDS + "?" + urllib.parse.urlencode(
    {"filter": "status='active'", "sort": "-created_at", "perPage": 25, "skipTotal": 1}
)


class PocketBase(Process):
    def __init__(self, folder, port=18091):
        super().__init__(f"http://127.0.0.1:{port}")
        self.folder, self.port, self.program = folder, port, tool("pocketbase")

    def start(self, group=None):
        command = [self.program, "serve", "--http", f"127.0.0.1:{self.port}", "--dir", self.folder]
        self.launch(command, group, stdout=subprocess.DEVNULL)
        self.wait_ready("/api/health")

    def fill(self, rows):
        """Takes over rows as Larder answers them. The schema is made over its API, the rows are written
        into its stopped file: over the API they would take an hour."""
        subprocess.run([self.program, "superuser", "create", EMAIL, PASSWORD, "--dir", self.folder], check=True,
                       stdout=subprocess.DEVNULL)
        self.start()
        boss = self.token("_superusers")
        self.ask("/api/settings", boss, {"logs": {"maxDays": 0}}, "PATCH")
        self.ask("/api/collections/users/records", boss,
                 {"email": EMAIL, "password": PASSWORD, "passwordConfirm": PASSWORD})
        text = [{"name": name, "type": "text"} for name in ("name", *TEXTS)]
        numbers = [{"name": name, "type": "number"} for name in NUMBERS]
        dates = [{"name": name, "type": "date"} for name in WHEN]
        self.ask("/api/collections", boss, {
            "name": "equipment", "type": "base", "listRule": SIGNED_IN, "viewRule": SIGNED_IN,
            "fields": [*text, *numbers, *dates, {"name": "custom", "type": "json"}],
            "indexes": ["CREATE INDEX equipment_by_status ON equipment (status, created_at)"],
        })
        self.stop()
        columns = ("id", "name", *TEXTS, *NUMBERS, *WHEN, "custom")
        with sqlite3.connect(self.folder / "data.db") as file:
            holes = ",".join("?" * len(columns))
            file.executemany(f"INSERT INTO equipment ({','.join(columns)}) VALUES ({holes})", map(values, rows))
            file.execute("ANALYZE")
        file.close()

    def token(self, collection="users"):
        login = {"identity": EMAIL, "password": PASSWORD}
        return self.ask(f"/api/collections/{collection}/auth-with-password", body=login)["token"]

    def ids(self, token, count=200):
        return [row["id"] for row in self.ask(f"{RECORDS}?perPage={count}&fields=id", token)["items"]]


def values(row):
    """Its ids have 15 characters; the end of ours is the random part. Where we have nothing, it has the
    empty text or 0. An export says no version; that of a record that nobody changed is 1."""
    row["version"] = 1
    texts = [row[name] or "" for name in ("name", *TEXTS)]
    numbers = [row[name] or 0 for name in NUMBERS]
    dates = [row[name].replace("T", " ") for name in WHEN]
    custom = {name.removeprefix("custom."): value for name, value in row.items() if name.startswith("custom.")}
    return [row["id"].replace("-", "")[-15:], *texts, *numbers, *dates, json.dumps(custom)]
