#!/usr/bin/env python3
"""Turns a ticket export (CSV) into an account document for `deskctl seed --file`.

    csv_to_account.py TICKETS.csv [ACCOUNT.json] [--zone Europe/Warsaw] [--drop-every 0]

Reads the 17 columns of Kaggle's "Customer Support Ticket Dataset". Such an export says little about agents, messages
and times; README.md beside this script lists what is invented, and the counts are printed on stderr. The same input
gives the same output. Needs Python 3.9 or later and nothing else.
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


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("csv", help="the ticket export")
    arguments.add_argument("json", nargs="?", help="where to write the account (default: stdout)")
    arguments.add_argument("--zone", default="UTC", help="the zone of the export's times (default: UTC)")
    arguments.add_argument("--drop-every", type=int, default=3, metavar="N", help="leave out every Nth ticket; 0: none (default: 3)")
    given = arguments.parse_args()
    try:
        zone = zoneinfo.ZoneInfo(given.zone)
        with open(given.csv, newline="", encoding="utf-8-sig") as file:
            rows = read(file)
        account, notes = convert(rows, zone, given.drop_every)
        text = json.dumps(account, ensure_ascii=False, indent=1) + "\n"
        if given.json:
            with open(given.json, "w", encoding="utf-8") as file:
                file.write(text)
        else:
            sys.stdout.buffer.write(text.encode())
    except (OSError, ValueError, KeyError) as error:
        sys.exit(f"csv_to_account: {error}")
    for note, count in notes.items():
        print(f"{count:>7}  {note}", file=sys.stderr)


def read(file):
    reader = csv.DictReader(file)
    missing = [column for column in NEEDED if column not in (reader.fieldnames or [])]
    if missing:
        raise ValueError(f"{file.name} lacks the columns {', '.join(missing)}")
    return list(reader)


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
    number = row["Ticket ID"]
    channel, _, _, source = choose(CHANNELS, row, "Ticket Channel")
    stage = choose(STAGES, row, "Ticket Status")
    begun, answered, closed = times.of(index, row)
    agent = AGENTS[index % len(AGENTS)] if answered else None
    messages = [message("incoming", row["Customer Email"], begun, with_product(row, "Ticket Description", notes))]
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
        return [self.parse(row["First Response Time"]), self.parse(row["Time to Resolution"])]

    def parse(self, text):
        return datetime.datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=self.zone) if text else None

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
    email = row["Customer Email"].lower()
    first, _, last = row["Customer Name"].rpartition(" ")
    if not first:
        first, last = last, ""
    if email not in contacts:
        contacts[email] = {"id": f"p{len(contacts) + 1}", "first_name": first, "email": email}
        if last:
            contacts[email]["last_name"] = last
    elif (contacts[email]["first_name"], contacts[email].get("last_name", "")) != (first, last):
        notes["rows whose address belongs to an earlier name, which was kept"] += 1
    return contacts[email]


def message(direction, author, at, text):
    return {"direction": direction, "author": author, "at": at, "text": text}


def with_product(row, column, notes):
    """The dataset's texts have an unfilled `{product_purchased}`."""
    if "{product_purchased}" in row[column]:
        notes["texts in which {product_purchased} was filled in"] += 1
    return row[column].replace("{product_purchased}", row["Product Purchased"])


def choose(table, row, column):
    if row[column] not in table:
        raise ValueError(f"ticket {row['Ticket ID']}: the {column} \"{row[column]}\" is none of {', '.join(table)}")
    return table[row[column]]


def user_id(name):
    return name.split()[0].lower()


def email_of(name):
    return f"{user_id(name)}@desk.example"


def without_none(item):
    return {key: value for key, value in item.items() if value is not None}


if __name__ == "__main__":
    main()
