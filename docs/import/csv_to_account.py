#!/usr/bin/env python3
"""Turns a ticket export (CSV) into an account document for `deskctl seed --file`.

    csv_to_account.py TICKETS.csv [ACCOUNT.json] [--zone Europe/Warsaw] [--drop-every 0]

Reads the 17 columns of Kaggle's "Customer Support Ticket Dataset". Such an export says little about agents, messages
and times; README.md beside this script lists what is invented, and the counts are printed on stderr. The same input
gives the same output. Needs Python 3.9 or later and nothing else.

Exits 0 when the account is written, 2 where the options or the export are wrong (with the line), 1 where a file cannot
be read or written. Nothing is written then.
"""

import argparse
import collections
import csv
import datetime
import json
import sys
import zoneinfo

CHANNELS = {
    "Email": ("email", "email", "support@desk.example", "EMAIL"),
    "Phone": ("phone", "calling", "+15555550100", "PHONE"),
    "Chat": ("chat", "chat", "website-chat", "CHAT"),
    "Social media": ("social", "facebook_messenger", "desk.example", "FACEBOOK_MESSENGER"),
}
STAGES = {"Open": "new", "Pending Customer Response": "waiting", "Closed": "closed"}
PRIORITIES = {"Low": "LOW", "Medium": "MEDIUM", "High": "HIGH", "Critical": "URGENT"}
AGENTS = ["Alex Admin", "Bea Berg", "Carl Cole", "Dora Dahl", "Emil Ek", "Fay Ford"]
NEEDED = [
    "Ticket ID", "Customer Name", "Customer Email", "Product Purchased", "Date of Purchase", "Ticket Type", "Ticket Subject",
    "Ticket Description", "Ticket Status", "Resolution", "Ticket Priority", "Ticket Channel", "First Response Time",
    "Time to Resolution", "Customer Satisfaction Rating",
]
# Texts of messages may be long; deskctl takes no more than 1,000 bytes of a name, a subject or an address.
LONG = ["Ticket Description", "Resolution"]
LONGEST, LONGEST_NAME = 10_000_000, 1_000
DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs"}


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("csv", help="the ticket export")
    arguments.add_argument("json", nargs="?", help="where to write the account (default: stdout)")
    arguments.add_argument("--zone", default="UTC", help="the zone of the export's times (default: UTC)")
    arguments.add_argument("--drop-every", type=int, default=3, metavar="N", help="leave out every Nth ticket; 0: none (default: 3)")
    given = arguments.parse_args()
    try:
        account, notes = converted(given)
    except Wrong as error:
        stop(2, error)
    except OSError as error:
        stop(1, error)
    text = json.dumps(account, ensure_ascii=False, indent=1) + "\n"
    try:
        if given.json:
            with open(given.json, "w", encoding="utf-8") as file:
                file.write(text)
        else:
            sys.stdout.buffer.write(text.encode())
            sys.stdout.buffer.flush()
    except OSError as error:
        stop(1, error)
    for note, count in notes.items():
        print(f"{count:>7}  {note}", file=sys.stderr)


class Wrong(Exception):
    """Something that whoever has the export can mend."""


def stop(code, error):
    print(f"csv_to_account: {error}", file=sys.stderr)
    sys.exit(code)


def converted(given):
    if given.drop_every < 0:
        raise Wrong("--drop-every takes a number from 0 on")
    try:
        zone = zoneinfo.ZoneInfo(given.zone)
    except (KeyError, ValueError, OSError):
        raise Wrong(f'--zone: "{given.zone}" is no time zone like Europe/Warsaw') from None
    csv.field_size_limit(LONGEST)
    with open(given.csv, newline="", encoding="utf-8-sig") as file:
        try:
            delimiter, rows = read(file)
        except UnicodeDecodeError as error:
            raise Wrong(f"{given.csv} is not UTF-8: {error.reason}; save it as CSV UTF-8") from None
    account, notes = convert(rows, zone, given.drop_every)
    if delimiter != ",":
        notes[f"rows whose fields are separated by {DELIMITERS[delimiter]}"] = len(rows)
    return account, notes


def read(file):
    """The delimiter, and the rows as dicts, each with its line in the file."""
    head = file.readline()
    file.seek(0)
    delimiter = max(DELIMITERS, key=lambda mark: len(set(NEEDED).intersection(next(csv.reader([head], delimiter=mark), []))))
    records = numbered(file, delimiter)
    _, header = next(records, (1, []))
    missing = [column for column in NEEDED if header.count(column) != 1]
    if missing:
        raise Wrong(f"{file.name} lacks these columns, or has them twice: {', '.join(missing)}")
    rows, lines = [], {}
    for line, fields in records:
        if len(fields) != len(header):
            raise Wrong(f"line {line}: {len(fields)} fields, where the first line has {len(header)}")
        row = dict(zip(header, fields), line=line)
        check(row, lines)
        rows.append(row)
    return delimiter, rows


def numbered(file, delimiter):
    """The records with the lines on which they begin; empty lines are none."""
    reader = csv.reader(file, delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            fields = next(reader, None)
        except csv.Error as error:
            raise Wrong(f"line {line}: {error}; is a quotation mark missing in the record that begins here?") from None
        if fields is None:
            return
        if fields:
            yield line, fields


def check(row, lines):
    number, line = row["Ticket ID"].strip(), row["line"]
    if not number:
        raise Wrong(f"line {line}: there is no Ticket ID")
    if number in lines:
        raise Wrong(f"line {line}: the Ticket ID {number} is that of line {lines[number]} too")
    lines[number] = line
    if not row["Customer Name"].strip() and not address(row):
        raise Wrong(f"line {line}: there is neither a Customer Name nor a Customer Email")
    for column in NEEDED:
        if "\0" in row[column]:
            raise Wrong(f"line {line}: the {column} holds a NUL character")
        if column not in LONG and len(row[column].encode()) > LONGEST_NAME:
            raise Wrong(f"line {line}: the {column} is longer than {LONGEST_NAME} bytes")


def address(row):
    """The customer's address, where what stands there can be one."""
    email = row["Customer Email"].strip().lower()
    local, _, domain = email.partition("@")
    return email if local and domain and "@" not in domain and not any(map(str.isspace, email)) else None


def convert(rows, zone, drop_every):
    """The account, and what had to be decided on the way: text -> how often."""
    notes = collections.Counter()
    contacts, tickets, conversations = {}, [], []
    times = Times(rows, zone, notes)
    for index, row in enumerate(rows):
        contact = contact_of(row, contacts, notes)
        ticket, conversation = convert_row(index, row, contact["id"], times, notes)
        conversations.append(conversation)
        if drop_every and index % drop_every == drop_every - 1:
            del conversation["ticket"]
            notes["tickets left out on purpose, so that a migration has some to make (--drop-every)"] += 1
        else:
            tickets.append(ticket)
    account = desk(zone.key)
    account.update(contacts=list(contacts.values()), tickets=tickets, conversations=conversations)
    notes["agents invented, who take the tickets in turn"] = len(AGENTS)
    notes["rows with an age and a gender, which are not taken over"] = len(rows)
    notes["contacts"] = len(contacts)
    notes["tickets"] = len(tickets)
    notes["conversations"] = len(conversations)
    return account, notes


def desk(zone):
    """Everything around the tickets is invented."""
    users = [{"id": user_id(name), "email": email_of(name), "name": name, "seat": "service", "team": "agents"} for name in AGENTS]
    users[0]["role"] = "super_admin"
    stages = [("new", "New", "OPEN"), ("waiting", "Waiting on customer", "OPEN"), ("closed", "Closed", "CLOSED")]
    return {
        "deskctl_account": 1,
        "account": {"name": "Imported tickets", "time_zone": zone},
        "teams": [{"id": "agents", "name": "Agents"}],
        "users": users,
        "pipelines": [{"id": "support", "name": "Support", "stages": [dict(zip(("id", "name", "state"), stage)) for stage in stages]}],
        "inboxes": [{"id": "inbox", "name": "Inbox", "kind": "inbox"}, {"id": "help-desk", "name": "Help desk", "kind": "help_desk"}],
        "channels": [
            {"id": id, "name": name, "kind": kind, "address": address, "inbox": "inbox"}
            for name, (id, kind, address, _) in CHANNELS.items()
        ],
    }


def convert_row(index, row, contact, times, notes):
    number = row["Ticket ID"].strip()
    channel, _, _, source = choose(CHANNELS, row, "Ticket Channel")
    stage = choose(STAGES, row, "Ticket Status")
    begun, answered, closed = times.of(index, row)
    agent = AGENTS[index % len(AGENTS)] if answered else None
    messages = [message("incoming", address(row) or row["Customer Name"].strip(), begun, with_product(row, "Ticket Description", notes))]
    if row["Resolution"]:
        messages.append(message("outgoing", email_of(agent or AGENTS[0]), answered or closed, with_product(row, "Resolution", notes)))
    elif answered:
        notes["answers of which the export has only the time, left out"] += 1
    if row["Ticket Priority"] == "Critical":
        notes["priority Critical taken as URGENT"] += 1
    bought = f"{row['Product Purchased']}, bought {row['Date of Purchase']}"
    rating = row["Customer Satisfaction Rating"]
    ticket = {
        "id": f"t{number}",
        "name": row["Ticket Subject"],
        "stage": stage,
        "owner": agent and user_id(agent),
        "team": "agents" if agent else None,
        "priority": choose(PRIORITIES, row, "Ticket Priority"),
        "category": row["Ticket Type"],
        "source": source,
        "description": f"{bought}; satisfaction {rating}" if rating else bought,
        "created_at": begun,
        "closed_at": closed,
        "last_activity_at": max(message["at"] for message in messages),
        "contacts": [contact],
    }
    conversation = {
        "id": f"c{number}",
        "channels": [{"channel": channel, "since": begun}],
        "status": "CLOSED" if stage == "closed" else "OPEN",
        "owner": ticket["owner"],
        "subject": row["Ticket Subject"],
        "contacts": [contact],
        "closed_at": closed,
        "ticket": ticket["id"],
        "messages": messages,
    }
    return without_none(ticket), without_none(conversation)


class Times:
    """The export has the times of the first answer and of the end, in no zone, and never that of the beginning."""

    def __init__(self, rows, zone, notes):
        self.zone, self.notes = zone, notes
        known = [time for row in rows for time in self.known(row) if time]
        self.first = min(known, default=datetime.datetime(2025, 1, 1, tzinfo=zone))
        self.minutes = max(1, int((max(known, default=self.first) - self.first).total_seconds() // 60))

    def known(self, row):
        return [self.parse(row, "First Response Time"), self.parse(row, "Time to Resolution")]

    def parse(self, row, column):
        text = row[column].strip()
        try:
            return datetime.datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=self.zone) if text else None
        except ValueError:
            raise Wrong(f"line {row['line']}: the {column} \"{text}\" is no time like 2025-03-01 09:30:00") from None

    def of(self, index, row):
        answered, closed = self.known(row)
        if answered and closed and closed < answered:
            answered, closed = closed, answered
            self.notes["tickets that end before they begin: the two times were swapped"] += 1
        if answered or closed:
            begun = (answered or closed) - datetime.timedelta(minutes=5 + index * 37 % 236)
            self.notes["beginnings invented: 5 to 240 minutes before the first answer"] += 1
        else:
            begun = self.first + datetime.timedelta(minutes=index * 7919 % self.minutes)
            self.notes["beginnings invented: never answered, spread over the export's days"] += 1
        self.notes[f"times without a zone taken as {self.zone.key}"] += bool(answered) + bool(closed)
        return [time and time.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ") for time in (begun, answered, closed)]


def contact_of(row, contacts, notes):
    """One contact per address. Who has none may be anyone: each such row has a contact of its own."""
    email, name = address(row), names(row["Customer Name"].strip())
    if email is None:
        notes["rows without an address, or with one that can be none: each has a contact of its own, by name"] += 1
        contact = {"id": f"p{len(contacts) + 1}", **name}
        contacts[row["line"]] = contact
        return contact
    if email not in contacts:
        contacts[email] = {"id": f"p{len(contacts) + 1}", **name, "email": email}
    elif names_of(contacts[email]) != name:
        notes["rows whose address belongs to an earlier name, which was kept"] += 1
    return contacts[email]


def names(name):
    """The name as it is given; only what is plainly a first and a last name is split."""
    words = name.split()
    plain = len(words) == 2 and not any(c in ",;&" or c.isdigit() or is_east_asian(c) for c in name)
    return dict(zip(("first_name", "last_name"), words)) if plain else {"first_name": name} if name else {}


def is_east_asian(c):
    return "\u3040" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7a3"


def names_of(contact):
    return {key: value for key, value in contact.items() if key.endswith("_name")}


def message(direction, author, at, text):
    return {"direction": direction, "author": author, "at": at, "text": text}


def with_product(row, column, notes):
    """The dataset's texts have an unfilled `{product_purchased}`."""
    if "{product_purchased}" in row[column]:
        notes["texts in which {product_purchased} was filled in"] += 1
    return row[column].replace("{product_purchased}", row["Product Purchased"])


def choose(table, row, column):
    if row[column] not in table:
        raise Wrong(f"line {row['line']}: the {column} \"{row[column]}\" is none of {', '.join(table)}")
    return table[row[column]]


def user_id(name):
    return name.split()[0].lower()


def email_of(name):
    return f"{user_id(name)}@desk.example"


def without_none(item):
    return {key: value for key, value in item.items() if value is not None}


if __name__ == "__main__":
    main()
