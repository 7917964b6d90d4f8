"""DuckDB: both files read by its own reader, one query, the answers in the order of the claims.

    python duck.py FOLDER OUT
"""

import sys

import duckdb

QUERY = """
WITH facts AS (SELECT subject AS party, object AS place, "start" AS first, "end" AS last FROM read_csv('{folder}/facts.csv', header=true,
    columns={{'subject': 'VARCHAR', 'relation': 'VARCHAR', 'object': 'VARCHAR', 'start': 'DATE', 'end': 'DATE'}})),
claims AS (SELECT row_number() OVER () AS n, * FROM read_csv('{folder}/claims.tsv', header=false, delim='\\t',
    columns={{'party': 'VARCHAR', 'place': 'VARCHAR', 'word': 'VARCHAR', 'day': 'DATE'}})),
asked AS (SELECT n, any_value(c.word) AS word,
    bool_or(f.party = c.party AND f.first <= c.day AND c.day <= f.last) AS covers,
    bool_or(f.party = c.party AND f.first = c.day AND f.last >= DATE '2024-12-08') AS lasts,
    bool_or(f.party <> c.party AND f.first < c.day AND c.day < f.last) AS other,
    bool_or(f.party = c.party) AS holder,
    bool_or(f.party = c.party AND f.first <= c.day) AS earlier,
    bool_or(f.party <> c.party AND f.last > c.day AND f.first < DATE '2024-12-08') AS other_since,
    bool_or(f.party = c.party AND (f.last + 1 BETWEEN c.day AND DATE '2024-12-08'
        OR f.first - 1 BETWEEN c.day AND DATE '2024-12-08')) AS broken
    FROM claims c LEFT JOIN facts f ON c.place = f.place GROUP BY n)
SELECT string_agg(CASE
    WHEN word <> 'since' AND covers OR word = 'since' AND lasts THEN 's'
    WHEN word = 'on' AND (other OR holder) THEN 'c'
    WHEN word = 'by' AND holder AND NOT earlier THEN 'c'
    WHEN word = 'since' AND (other_since OR broken) THEN 'c'
    ELSE 'u' END, '' ORDER BY n) FROM asked
"""

folder, out = sys.argv[1:3]
base = duckdb.connect()
base.execute("SET threads = 1")
with open(out, "w") as answers:
    answers.write(base.execute(QUERY.format(folder=folder)).fetchone()[0])
