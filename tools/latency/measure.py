#!/usr/bin/env python3
"""How long it takes from a keystroke to its diagnostics: 500 claims against 100,000 facts of a table.

    cargo build --release
    tools/latency/measure.py target/release/factum [FACTS] [CLAIMS] [KEYSTROKES]

Prints how long opening took, and the times of single keystrokes in milliseconds: in dates of claims, and in a claim that is
written letter by letter. A time is that until the diagnostics for this state of the text have come in. It is no test: a busy machine gives other figures.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time


def word(number):
    """A name for a number, in letters only."""
    letters = "aeiou"
    consonants = "bdfgklmnprstvz"
    text = ""
    for _ in range(4):
        text += consonants[number % len(consonants)] + letters[number // 3 % len(letters)]
        number = number // 7 + 13
    return text.capitalize()


class Server:
    def __init__(self, program, folder):
        self.process = subprocess.Popen([program, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.folder = folder
        self.asked = 0
        self.came = threading.Condition()
        self.messages = []
        threading.Thread(target=self.read, daemon=True).start()
        self.request("initialize", {"rootUri": "file://" + folder, "capabilities": {"textDocument": {"publishDiagnostics": {"relatedInformation": True}}}})
        self.notify("initialized", {})

    def read(self):
        out = self.process.stdout
        while line := out.readline():
            length = int(line.split(b":")[1])
            out.readline()
            body = out.read(length)
            now = time.perf_counter()
            with self.came:
                self.messages.append((now, json.loads(body)))
                self.came.notify_all()

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def notify(self, method, params):
        self.send({"method": method, "params": params})

    def wait(self, wanted):
        with self.came:
            while True:
                for at, (now, message) in enumerate(self.messages):
                    if wanted(message):
                        del self.messages[: at + 1]
                        return now, message
                self.messages.clear()
                if not self.came.wait(600):
                    raise SystemExit("nothing comes")

    def request(self, method, params):
        self.asked += 1
        number = self.asked
        self.send({"id": number, "method": method, "params": params})
        return self.wait(lambda message: message.get("id") == number)

    def diagnostics(self, version):
        def wanted(message):
            params = message.get("params", {})
            return message.get("method") == "textDocument/publishDiagnostics" and params.get("version") == version

        return self.wait(wanted)


def main():
    program = os.path.abspath(sys.argv[1])
    facts, claims, keystrokes = (int(sys.argv[at]) if len(sys.argv) > at else default for at, default in ((2, 100_000), (3, 500), (4, 60)))
    with tempfile.TemporaryDirectory() as folder:
        folder = os.path.realpath(folder)
        countries = [f"{word(number * 31)} {word(number * 17 + 5)} Land" for number in range(max(facts // 10, 1))]
        rows = ["subject,relation,object,start,end"]
        people = []
        for number in range(facts):
            country = countries[number // 10]
            person = f"{word(number)} {word(number * 3 + 1)} {word(number * 7 + 2)}"
            year = 1900 + number % 10 * 10
            people.append((person, country, year))
            rows.append(f"{person},leader_of,{country},{year}-01-01,{year + 9}-12-31")
        with open(f"{folder}/facts.csv", "w") as file:
            file.write("\n".join(rows) + "\n")
        with open(f"{folder}/factum.toml", "w") as file:
            file.write('facts = ["facts.csv"]\nas-of = "2024-12-31"\n')
        lines = []
        for number in range(claims):
            person, country, year = people[number * (facts // claims)]
            lines.append(f"{person} was the leader of {country} in {year + number % 15}")
        text = "\n".join(lines) + "\n"
        uri = f"file://{folder}/big.claims"
        server = Server(program, folder)
        start = time.perf_counter()
        server.notify("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "factum-claims", "version": 1, "text": text}})
        now, first = server.diagnostics(1)
        print(f"opened: first diagnostics ({len(first['params']['diagnostics'])}) after {now - start:.2f} s")
        # A hint for every claim means that all are judged.
        whole = {"start": {"line": 0, "character": 0}, "end": {"line": claims, "character": 0}}
        while True:
            _, hints = server.request("textDocument/inlayHint", {"textDocument": {"uri": uri}, "range": whole})
            if len(hints.get("result") or []) >= claims:
                break
            time.sleep(0.05)
        print(f"opened: all {claims} judged after {time.perf_counter() - start:.2f} s")
        version = 1

        def keystroke(span, change):
            nonlocal version
            version += 1
            start = time.perf_counter()
            server.notify(
                "textDocument/didChange",
                {"textDocument": {"uri": uri, "version": version}, "contentChanges": [{"range": span, "text": change}]},
            )
            now, _ = server.diagnostics(version)
            return (now - start) * 1000

        def at(line, column):
            return {"line": line, "character": column}

        def told(what, took):
            took.sort()
            print(
                f"{len(took)} keystrokes, {what}, ms: median {took[len(took) // 2]:.1f}, "
                f"90 % within {took[len(took) * 9 // 10]:.1f}, longest {took[-1]:.1f}"
            )

        took = []
        for stroke in range(keystrokes // 2):
            # The last figure of a year is taken away, and another written.
            line = stroke * 37 % claims
            end = len(lines[line])
            took.append(keystroke({"start": at(line, end - 1), "end": at(line, end)}, ""))
            took.append(keystroke({"start": at(line, end - 1), "end": at(line, end - 1)}, str(stroke % 10)))
        told("a figure of a date", took)
        took = []
        person, country, year = people[1]
        for column, letter in enumerate(f"{person} was the leader of {country} in {year + 3}"):
            took.append(keystroke({"start": at(claims, column), "end": at(claims, column)}, letter))
        told("a new claim letter by letter", took)
        server.request("shutdown", None)
        server.notify("exit", None)


main()
