"""What is sent to a database is what was checked: ordinary SELECTs pass, whatever does more, or could, is refused."""

import re
from contextlib import suppress

import pytest
import sqlglot
from hypothesis import example, given
from hypothesis import strategies as st

import nps
from nps.engines import checked_select

DIALECTS = (
    "postgres",
    "mysql",
    "spark",
    "bigquery",
    "snowflake",
    "clickhouse",
    "trino",
    "databricks",
    "duckdb",
    "sqlite",
)
BACKSLASHES = {"mysql", "spark", "bigquery", "snowflake", "clickhouse", "databricks"}  # escape the next character

EVERYWHERE = [
    "SELECT a.*, b.score FROM answers AS a LEFT JOIN scores b ON a.id = b.id WHERE a.score >= 9 ORDER BY 1 LIMIT 9",
    "WITH x AS (SELECT id, count(*) AS n FROM a GROUP BY id HAVING count(*) > 1) SELECT x.n FROM x JOIN a USING (id)",
    "SELECT row_number() OVER (PARTITION BY p ORDER BY d DESC), sum(s) OVER (ORDER BY d ROWS BETWEEN 6 PRECEDING AND "
    "CURRENT ROW) FROM a",
    "SELECT CASE WHEN score >= 9 THEN 'promoter' ELSE 'Größe – naïve 日本' END AS g, avg(score) FROM a GROUP BY 1",
    "SELECT cast(score AS INTEGER), coalesce(n, 'n/a'), upper(trim(email)), round(x, 2), extract(YEAR FROM d) FROM a",
    "SELECT id FROM a UNION ALL SELECT id FROM b UNION ALL SELECT 3",
    "SELECT id FROM a WHERE id IN (SELECT 1 FROM b WHERE b.x = a.x) AND NOT EXISTS (SELECT 1) OR x BETWEEN 1 AND 2",
    "SELECT lag(s) OVER (ORDER BY d), rank() OVER (ORDER BY x), first_value(x) OVER (ORDER BY d) FROM t",
    "SELECT count(DISTINCT p), max(d), 1.5e3, -x, a % 2 FROM t WHERE e LIKE '%@example.com' AND c IS NOT NULL",
    "WITH RECURSIVE d AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM d WHERE n < 10) SELECT n FROM d",
]
ORDINARY = {
    "postgres": [
        "SELECT at::date, score::int, (p->>'user')::text, p #>> '{a,b}', at - interval '90 days', 'it''s' FROM t",
        "SELECT DISTINCT ON (p) p, date_trunc('month', at), to_char(at, 'YYYY-MM'), age(at) FROM t ORDER BY p, at DESC",
        "SELECT string_agg(n, ', ' ORDER BY n), count(*) FILTER (WHERE s > 8), percentile_cont(0.5) WITHIN GROUP "
        "(ORDER BY x) FROM t GROUP BY ROLLUP (a)",
        'SELECT "Person ""Id""" FROM "my schema"."My Table"',
        "SELECT x.b, d::date FROM t, LATERAL (SELECT t.a AS b) AS x, generate_series(1, 10) AS d",
        "SELECT * FROM t WHERE e ILIKE '%x%' AND n ~ '^a' AND tags @> ARRAY['x'] AND id = ANY(ARRAY[1,2])",
        "SELECT key, value FROM t, jsonb_each_text(p)",
        "SELECT v.name FROM (VALUES (1, 'a')) AS v(id, name)",
        "SELECT at AT TIME ZONE 'Europe/Berlin', sum(x) OVER w FROM t WINDOW w AS (PARTITION BY a)",
    ],
    "mysql": [
        "SELECT DATE_FORMAT(at, '%Y-%m'), DATE_ADD(d, INTERVAL 1 DAY), IF(a > 1, 'x', \"y\"), p->>'$.a' FROM `a b`",
        "SELECT GROUP_CONCAT(n SEPARATOR ', '), TIMESTAMPDIFF(DAY, a, b), CAST(a AS SIGNED), 'it''s' FROM t LIMIT 5, 9",
    ],
    "spark": [
        "SELECT f, get_json_object(p, '$.a'), p.user.id, `my col` FROM db.t LATERAL VIEW explode(features) x AS f",
        'SELECT transform(a, x -> x + 1), collect_set(b), at - INTERVAL 90 DAYS, "it\'s" FROM t GROUP BY a',
    ],
    "bigquery": [
        "SELECT (SELECT value.string_value FROM UNNEST(event_params) WHERE key = 'page') FROM `p.d.events_*` AS t "
        "WHERE _TABLE_SUFFIX BETWEEN '20250101' AND '20250131'",
        "SELECT DATE_SUB(CURRENT_DATE(), INTERVAL 90 DAY), SAFE_CAST(a AS INT64), JSON_VALUE(p, '$.a') FROM t "
        "QUALIFY ROW_NUMBER() OVER (PARTITION BY p ORDER BY at DESC) = 1",
        "SELECT * EXCEPT (a), ARRAY_AGG(x ORDER BY y LIMIT 1)[OFFSET(0)] FROM t",
    ],
    "snowflake": [
        "SELECT v:user.id::string, f.value:name::string, 'it''s' FROM raw.events, LATERAL FLATTEN(input => v:items) f",
        "SELECT DATEADD(day, -90, CURRENT_DATE), IFF(a > 1, 'x', 'y'), LISTAGG(a, ',') WITHIN GROUP (ORDER BY a)",
    ],
    "clickhouse": [
        "SELECT toDate(at), uniqExact(p), countIf(s > 8), argMax(s, at), quantile(0.5)(x), multiIf(a, 1, 2) FROM t",
        "SELECT * FROM t FINAL WHERE a = 1 LIMIT 1 BY person",
    ],
    "trino": [
        "SELECT json_extract_scalar(p, '$.a'), at - INTERVAL '90' DAY, approx_distinct(x), row.field FROM c.s.t",
        "SELECT x.f FROM t CROSS JOIN UNNEST(features) AS x (f)",
    ],
    "databricks": ["SELECT p:user.id::string, dateadd(DAY, -90, current_date()), try_cast(a AS INT) FROM c.s.t"],
    "duckdb": [
        "SELECT p->>'$.a', s.a, l[1], list_transform(l, x -> x + 1), {'a': 1}, d - INTERVAL 90 DAY, 7 // 2 FROM t",
        "FROM t SELECT * EXCLUDE (a), strftime(d, '%Y') QUALIFY row_number() OVER (PARTITION BY p ORDER BY at) = 1",
    ],
    "sqlite": [
        "SELECT strftime('%Y-%m', at), datetime(at, '-90 days'), ifnull(a, 0), group_concat(n, ', ') FROM [my table]",
        "SELECT json_extract(p, '$.a'), iif(a, b, c), \"Person Id\" FROM t WHERE a GLOB 'x*'",
    ],
}
ALLOWED = [(dialect, text) for dialect in DIALECTS for text in EVERYWHERE + ORDINARY[dialect]]

REFUSED = [  # one of each kind, in the dialect that has it
    ("postgres", r"SELECT E'\\' AS a, ' , pg_sleep(5) --' AS b"),
    ("postgres", "SELECT E'plain'"),
    ("postgres", "SELECT e'a''b'"),
    ("postgres", "SELECT B'101'"),
    ("postgres", "SELECT X'1F'"),
    ("postgres", "SELECT N'x'"),
    ("postgres", r"SELECT U&'d\0061t'"),
    ("postgres", "SELECT $$x$$"),
    ("postgres", "SELECT $a$x$a$"),
    ("postgres", r"SELECT 'a\'"),
    ("postgres", "SELECT 'a\nb'"),
    ("postgres", "SELECT 'a\0b'"),
    ("postgres", "SELECT '\ud800'"),
    ("postgres", 'SELECT 1 AS "a\\"'),
    ("bigquery", r"SELECT b'\\', 'x'"),
    ("bigquery", r"SELECT r'\'', 'x'"),
    ("bigquery", "SELECT '''a\nb'''"),
    ("mysql", r"SELECT '\\'' OR 1 -- '"),
    ("mysql", "SELECT _utf8'x'"),
    ("mysql", "SELECT 0x41"),
    ("spark", r"SELECT r'\' , 'x'"),
    ("duckdb", r"SELECT E'\\' AS a"),
    ("trino", "SELECT x U&'y'"),
    ("postgres", "SELECT (5::float8).pg_sleep"),
    ("postgres", "SELECT (ARRAY[5.0])[1].pg_sleep"),
    ("postgres", "SELECT ROW(5).pg_sleep"),
    ("postgres", "SELECT x.pg_sleep"),
    ("postgres", "SELECT x.pg_sleep FROM (SELECT 5::float8 AS seconds) AS x"),
    ("postgres", "WITH x AS (SELECT 5::float8 AS s) SELECT y.pg_sleep FROM x AS y"),
    ("postgres", "SELECT pg_catalog.lower('x')"),
    ("postgres", "SELECT 'usage'::regclass"),
    ("postgres", "SELECT x::mine FROM t"),
    ("postgres", "SELECT 1 OPERATOR(mine.+) 2"),
    ("postgres", "SELECT query FROM pg_stat_activity"),
    ("postgres", "SELECT * FROM pg_catalog.pg_class"),
    ("postgres", "TABLE usage"),
    ("postgres", "SELECT * FROM ONLY usage TABLESAMPLE mine(1)"),
    ("postgres", "SELECT * FROM t FOR SHARE"),
    ("postgres", "SELECT :x, $1, ?"),
    ("postgres", "SELECT current_setting('data_directory')"),
    ("snowflake", "SELECT seq.nextval"),
    ("snowflake", 'SELECT db.s.seq."NEXTVAL"'),
    ("snowflake", "SELECT * FROM TABLE(GETNEXTVAL(seq))"),
    ("snowflake", "SELECT * FROM IDENTIFIER('t')"),
    ("snowflake", "SELECT $1 FROM @stage"),
    ("snowflake", "SELECT AI_COMPLETE('m', 'p')"),
    ("spark", "SELECT * FROM json.`x`"),
    ("spark", "SELECT * FROM parquet.data"),
    ("spark", "SELECT TRANSFORM(a) USING 'sh' FROM t"),
    ("spark", "SELECT /*+ BROADCAST(t) */ * FROM t; SET x = 1"),
    ("clickhouse", "SELECT 1 SETTINGS readonly = 0"),
    ("clickhouse", "SELECT 1 FORMAT TSV"),
    ("clickhouse", "SELECT 1 INTO OUTFILE 'x'"),
    ("clickhouse", "SELECT dictGet('d', 'a', 1)"),
    ("clickhouse", "SELECT * FROM url('http://x', CSV)"),
    ("clickhouse", "SELECT {a:UInt8}"),
    ("mysql", "SELECT @@version"),
    ("mysql", "SELECT @x := 1"),
    ("mysql", "SELECT 1 INTO OUTFILE '/tmp/x'"),
    ("mysql", "SELECT load_file('/etc/passwd')"),
    ("mysql", "SELECT benchmark(1000000, md5('x'))"),
    ("mysql", "SELECT * FROM t LOCK IN SHARE MODE"),
    ("duckdb", "COPY (SELECT 1) TO 'usage.parquet' (USE_TMP_FILE false)"),
    ("duckdb", "PIVOT t ON a USING sum(b)"),
    ("duckdb", "SUMMARIZE t"),
    ("duckdb", "SELECT * FROM query('SELECT 1')"),
    ("duckdb", "SELECT nextval('s')"),
    ("duckdb", "SELECT getvariable('x')"),
    ("bigquery", "SELECT ML.PREDICT(MODEL m, TABLE t)"),
    ("bigquery", "SELECT NET.HOST('x')"),
    ("bigquery", "SELECT @@project_id"),
    ("sqlite", "SELECT readfile('/etc/passwd')"),
    ("sqlite", "SELECT * FROM pragma_table_info('t')"),
]
SHAPES = {  # what stands before and after, so many times, around what is in the middle
    "brackets": ("SELECT ", "(", "1", ")"),
    "calls": ("SELECT ", "abs(", "1", ")"),
    "cases": ("SELECT ", "CASE WHEN a THEN ", "1", " END"),
    "nots": ("SELECT ", "NOT ", "true", ""),
    "signs": ("SELECT ", "- ", "1", ""),
    "tildes": ("SELECT ", "~", "1", ""),
    "casts": ("SELECT a", "", "", "::int"),
    "called casts": ("SELECT ", "CAST(", "1", " AS INT)"),
    "indexes": ("SELECT a", "", "", "[1]"),
    "dots": ("SELECT a", "", "", ".a"),
    "subqueries": ("SELECT * FROM ", "(SELECT * FROM ", "t", ") AS t"),
    "scalar subqueries": ("SELECT ", "(SELECT ", "1", ")"),
    "unions": ("SELECT 1 ", "UNION (SELECT 1 ", "", ")"),
    "existences": ("SELECT 1 WHERE ", "EXISTS(SELECT 1 WHERE ", "a", ")"),
    "memberships": ("SELECT 1 WHERE a IN ", "(SELECT 1 WHERE a IN ", "(1)", ")"),
    "ctes": ("", "WITH a AS (", "SELECT 1", ") SELECT * FROM a"),
    "arrays": ("SELECT ", "ARRAY[", "1", "]"),
    "lists": ("SELECT ", "[", "1", "]"),
    "structs": ("SELECT ", "{'a': ", "1", "}"),
    "types": ("SELECT CAST(a AS ", "ARRAY<", "INT", ">"),
    "array types": ("SELECT a::int", "", "", "[]"),
    "joins": ("SELECT * FROM ", "(", "a", " JOIN b ON c)"),
    "lambdas": ("SELECT abs(", "x -> ", "1)", ""),
    "zones": ("SELECT a", "", "", " AT TIME ZONE 'UTC'"),
    "ranges": ("SELECT a", "", "", " BETWEEN 1 AND 2"),
    "intervals": ("SELECT ", "INTERVAL ", "'1' day", ""),
    "tuples": ("SELECT ", "(1, ", "1", ")"),
    "open": ("SELECT ", "(", "", ""),
    "comments": ("SELECT ", "/*", "1", "*/"),
}


@pytest.mark.parametrize(("dialect", "text"), ALLOWED)
def test_an_ordinary_select_is_let_through(dialect, text):
    written = checked_select(text, dialect)
    assert checked_select(written, dialect) == written


@pytest.mark.parametrize(("dialect", "text"), REFUSED)
def test_what_could_do_more_than_read_is_refused(dialect, text):
    with pytest.raises(nps.InputError):
        checked_select(text, dialect)


def test_a_text_keeps_its_quotes_and_its_letters():
    assert "'it''s -- /* ; 日本'" in checked_select("SELECT 'it''s -- /* ; 日本'", "postgres")
    assert r"'it\'s'" in checked_select('SELECT "it\'s"', "bigquery")


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("dialect", "times"), [("postgres", 3_000), ("duckdb", 40)])
def test_whatever_is_nested_passes_or_ends_in_a_sentence_before_long(shape, dialect, times):
    begin, before, middle, after = SHAPES[shape]
    with suppress(nps.InputError):
        checked_select(f"{begin}{before * times}{middle}{after * times}", dialect)


def code_of(text: str, quotes: str, escaping: bool) -> str:
    """The text without what stands in quotes, read letter by letter as a database does."""
    outside, within, place = [], "", 0
    while place < len(text):
        letter = text[place]
        if within and escaping and letter == "\\":
            place += 1
        elif within and letter == within:
            within = ""
        elif not within and letter in quotes:
            within = letter
        elif not within:
            outside.append(letter)
        place += 1
    assert not within
    return "".join(outside)


LITERALS = st.text(st.sampled_from([*"'\"\\$;-/*EbNrU&`[]#@ \n\t\0x5,("]), min_size=1, max_size=9)


@given(
    dialect=st.sampled_from(DIALECTS), pieces=st.lists(LITERALS, min_size=1, max_size=4), quote=st.sampled_from("'\"`")
)
@example("postgres", ["\\", " , pg_sleep(5) --"], "'")
@example("bigquery", ["''", "; DROP TABLE x"], "'")
def test_whatever_is_written_as_a_text_is_refused_or_read_alike_by_everybody(dialect, pieces, quote):
    text = "SELECT " + ", ".join(f"{piece}{quote}{piece}{quote}" for piece in pieces)
    try:
        written = checked_select(text, dialect)
    except nps.InputError:
        return
    (tree,) = sqlglot.parse(written, read=dialect)
    assert tree.sql(dialect) == written
    if "\\" not in written:
        assert code_of(written, "'\"`", escaping=True) == code_of(written, "'\"`", escaping=False)
    code = code_of(written, "'\"`", escaping=dialect in BACKSLASHES)
    assert not re.search(r"--|/\*|[;$\\]" if dialect == "postgres" else r"--|/\*|[;$#\\]", code)
    assert "\\" not in written or dialect in BACKSLASHES
