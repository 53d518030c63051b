"""A made-up crowd: accounts by the ten thousand, some of them signed in already.

Larder hashes one password at a time and means it, so 50,000 sign-ups and 1,000 sign-ins beforehand
would take half an hour that measures nothing. The rows are written into the database file of a
*stopped* server instead. Everybody's password is the demo's, under the hash that the demo made.
"""

import base64
import hashlib
import os
import sqlite3
import time

DAY_MS = 86_400_000


def add(folder, role, people, signed_in, bound_to_companies=False):
    """Gives the demo's firm so many more people of a role; the tokens of the first `signed_in` of them."""
    now = int(time.time() * 1000)
    file = sqlite3.connect(os.path.join(folder, "larder.db"))
    tenant, = file.execute("SELECT seq FROM tenants LIMIT 1").fetchone()
    password, = file.execute("SELECT password FROM identities WHERE password IS NOT NULL LIMIT 1").fetchone()
    companies = [id for id, in file.execute("SELECT id FROM companies WHERE deleted_at IS NULL ORDER BY id")]
    tokens = []
    with file:
        for number in range(people):
            identity, user, email = fresh_id(now), fresh_id(now), address(role, number)
            file.execute(
                "INSERT INTO identities(id, email, password, created_at, updated_at) VALUES (?, ?, ?, ?, ?)",
                (identity, email, password, now, now),
            )
            company = companies[number % len(companies)] if bound_to_companies else None
            file.execute(
                "INSERT INTO users(id, tenant_id, created_at, updated_at, name, email, role, company_id, active,"
                " identity_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?)",
                (user, tenant, now, now, f"{role.title()} {number}", email, role, company, identity),
            )
            if number < signed_in:
                tokens.append(session(file, tenant, identity, user, now))
    file.close()
    return tokens


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
