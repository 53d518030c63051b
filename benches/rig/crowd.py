"""A made-up crowd: accounts by the ten thousand, some of them signed in already.

Larder hashes one password at a time and means it, so 50,000 sign-ups and 1,000 sign-ins beforehand
would take half an hour that measures nothing. The rows are written into the database file of a
*stopped* server instead. Everybody's password is the demo's, under the hash that the demo made.
"""

import base64
import hashlib
import os
import pathlib
import subprocess
import sys
import time

DAY_MS = 86_400_000


def add(folder, role, people, signed_in):
    """Gives the demo's firm so many more people of a role; the tokens of the first `signed_in` of them.
    Runs this file with a Python whose SQLite is as new as the server's: an older one, as most come
    with, cannot read the schema."""
    from .tools import tool

    command = [tool("python"), pathlib.Path(__file__), folder, role, str(people), str(signed_in)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.split()


def fill(file, role, people, signed_in):
    now = int(time.time() * 1000)
    one = lambda sql: next(file.execute(sql))[0]  # noqa: E731
    tenant = one("SELECT seq FROM tenants LIMIT 1")
    password = one("SELECT password FROM identities WHERE password IS NOT NULL LIMIT 1")
    companies = [id for id, in file.execute("SELECT id FROM companies WHERE deleted_at IS NULL ORDER BY id")]
    for number in range(people):
        identity, user, email = fresh_id(now), fresh_id(now), address(role, number)
        file.execute(
            "INSERT INTO identities(id, email, password, created_at, updated_at) VALUES (?, ?, ?, ?, ?)",
            (identity, email, password, now, now),
        )
        company = companies[number % len(companies)] if role == "client" else None
        file.execute(
            "INSERT INTO users(id, tenant_id, created_at, updated_at, name, email, role, company_id, active,"
            " identity_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?)",
            (user, tenant, now, now, f"{role.title()} {number}", email, role, company, identity),
        )
        if number < signed_in:
            print(session(file, tenant, identity, user, now))


def address(role, number):
    return f"{role}.{number}@crowd.example"


def session(file, tenant, identity, user, now):
    token = base64.urlsafe_b64encode(os.urandom(32)).rstrip(b"=").decode()
    file.execute(
        "INSERT INTO sessions(token_sha256, id, identity_id, tenant_id, user_id, created_at, last_used_at, expires_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (hashlib.sha256(token.encode()).digest(), fresh_id(now), identity, tenant, user, now, now, now + 14 * DAY_MS),
    )
    return token


def fresh_id(now):
    """A UUIDv7, as the store keeps it."""
    random = bytearray(os.urandom(10))
    random[0] = random[0] & 0x0F | 0x70
    random[2] = random[2] & 0x3F | 0x80
    return now.to_bytes(6, "big") + bytes(random)


def main():
    import apsw

    folder, role, people, signed_in = sys.argv[1:]
    file = apsw.Connection(os.path.join(folder, "larder.db"), flags=apsw.SQLITE_OPEN_READWRITE)
    with file:
        fill(file, role, int(people), int(signed_in))
    file.close()


if __name__ == "__main__":
    main()
