#!/usr/bin/env python3
"""How well `factum derive` dates what happened: measured on articles whose events are marked (MEANTIME, NewsReader project).

usage: meantime.py [--bin PATH] [--show] FOLDER

FOLDER holds events.csv (event_id, time, doc, trigger, sentence and others, a row for each event) and articles/DOC.txt. An event
counts if it has a day and a sentence. A fact is for its trigger if the words that make the fact, by the bytes that derive gives,
hold that word of that sentence, and no shorter fact does. A fact that gives one day is dated. Prints

- of the events, for how many a fact was derived, a dated one, and one with the marked day;
- of the dated facts for a trigger, how many carry the marked day;
- for comparison, of the events, how many are of the day of their article, and in how many sentences any date is written.
"""
import argparse, collections, csv, json, os, re, subprocess, tempfile

WRITTEN = re.compile(r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday|ago|earlier|last|"
                     r"January|February|March|April|May|June|July|August|September|October|November|December)\b|\b(?:19|20)\d\d\b")


def plain(text):
    """Letters and digits only, with the place of each in the text."""
    places = [at for at, c in enumerate(text) if c.isalnum()]
    return "".join(text[at] for at in places).lower(), places


def place_of(sentence, trigger, text):
    """Bytes of the trigger in the text: annotators wrote other quotation marks and blanks than the article has."""
    whole, places = plain(text)
    part, _ = plain(sentence)
    start = whole.find(part)
    if start < 0 or not part:
        return None
    word, _ = plain(trigger)
    found = re.search(r"\b%s\b" % re.escape(trigger), sentence)
    offset = len(plain(sentence[: found.start()])[0]) if found else part.find(word)
    if offset < 0:
        return None
    first, last = places[start + offset], places[start + offset + len(word) - 1] + 1
    return len(text[:first].encode()), len(text[:last].encode())


def derived(program, text):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "article.txt")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        run = subprocess.run([program, "derive", path, "--format", "jsonl"], capture_output=True, text=True, check=True)
    return [json.loads(line) for line in run.stdout.splitlines()]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("--bin", default="target/release/factum")
    parser.add_argument("--show", action="store_true", help="list the dated facts with another day than the marked one")
    options = parser.parse_args()
    with open(os.path.join(options.folder, "events.csv"), encoding="utf-8", newline="") as file:
        events = [e for e in csv.DictReader(file) if re.fullmatch(r"\d{4}-\d\d-\d\d", e["time"]) and e["sentence"]]
    by_document = collections.defaultdict(list)
    for event in events:
        by_document[event["doc"]].append(event)
    counts = collections.Counter()
    for document, marked in sorted(by_document.items()):
        with open(os.path.join(options.folder, "articles", document + ".txt"), encoding="utf-8") as file:
            text = "".join(line for line in file if not line.startswith("# origin:"))
        head = re.search(r"\| date: (\d{4}-\d\d-\d\d)", open(os.path.join(options.folder, "articles", document + ".txt"), encoding="utf-8").readline())
        if head:
            text = "---\ndate: %s\n---\n%s" % (head.group(1), text)
        facts = derived(options.bin, text)
        counts["facts"] += len(facts)
        for event in marked:
            counts["events"] += 1
            counts["of the day of the article"] += bool(head) and head.group(1) == event["time"]
            counts["a date is written"] += bool(WRITTEN.search(event["sentence"]))
            place = place_of(event["sentence"], event["trigger"], text)
            if place is None:
                counts["not found in the article"] += 1
                continue
            holding = [f for f in facts if f["start_byte"] <= place[0] and place[1] <= f["end_byte"]]
            if not holding:
                continue
            fact = min(holding, key=lambda f: f["end_byte"] - f["start_byte"])
            counts["with a fact"] += 1
            if fact["start"] and fact["start"] == fact["end"]:
                counts["with a dated fact"] += 1
                if fact["start"] == event["time"]:
                    counts["with the marked day"] += 1
                elif options.show:
                    print(event["time"], fact["start"], repr(event["trigger"]), fact["statement"], "|", event["sentence"])
    share = lambda part, whole: "%d of %d (%.1f %%)" % (counts[part], counts[whole], 100 * counts[part] / max(counts[whole], 1))
    print("facts derived from %d articles: %d" % (len(by_document), counts["facts"]))
    for part in ("with a fact", "with a dated fact", "with the marked day", "a date is written", "of the day of the article", "not found in the article"):
        print("events %s: %s" % (part, share(part, "events")))
    print("dated facts for a trigger with the marked day: %s" % share("with the marked day", "with a dated fact"))


main()
