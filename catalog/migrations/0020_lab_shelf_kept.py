"""The list of laboratories follows laboratories, providers and batches; the counts follow the list; its words have an index."""

from django.db import migrations

COLUMNS = "laboratory_id, batch_id, region, area, kind, fields, is_listed, place, institution, services, instruments, document"
EXCLUDED = ", ".join(f"EXCLUDED.{column}" for column in COLUMNS.split(", "))
HELD = EXCLUDED.replace("EXCLUDED.", "held.")
DISTRICTS = "和平 河东 河西 南开 河北 红桥 东丽 西青 津南 北辰 武清 宝坻 宁河 静海 蓟州".split()
CITIES = "石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水".split()
PLACES = [  # region, what a city begins with, the name, what stands in an address
    *(("tianjin", name, f"{name}区", f"{name}区") for name in DISTRICTS),
    ("tianjin", "滨海", "滨海新区", "滨海新区"),
    *(("hebei", name, name, f"{name}市") for name in CITIES),
    ("hebei", "雄安", "雄安新区", "雄安新区"),
]
AREA = f"""
CREATE FUNCTION catalog_area(region text, city text, address text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN region = 'beijing' THEN '北京' ELSE coalesce((
        SELECT places.name FROM (VALUES {", ".join(map(str, PLACES))}) places (region, begins, name, stands),
               (SELECT regexp_replace(city, pattern, '') AS city, regexp_replace(address, pattern, '') AS address
                  FROM (SELECT CASE region WHEN 'tianjin' THEN '^(中国)?天津市?[ ·]*' ELSE '^(中国)?河北省?[ ·]*' END) start (pattern)
               ) bare
         WHERE places.region = catalog_area.region
           AND (starts_with(bare.city, places.begins) OR position(places.stands IN bare.address) > 0)
         ORDER BY starts_with(bare.city, places.begins) DESC, position(places.stands IN bare.address) LIMIT 1), '') END
$$;
"""
TEXTS = r"""
CREATE OR REPLACE FUNCTION pg_temp.one_line(text text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT lower(normalize(regexp_replace(trim(text), '\s+', ' ', 'g'), NFKC))
$$;
UPDATE catalog_laboratory laboratory SET search_text = concat_ws(E'\n',
       pg_temp.one_line(provider.name || ' ' || laboratory.host_name),
       pg_temp.one_line(coalesce((
           SELECT string_agg(product.name || ' ' || category.name, ' ' ORDER BY product.id)
             FROM catalog_product product JOIN catalog_category category ON category.id = product.category_id
            WHERE product.provider_id = provider.id AND product.status = 'on_sale'), '')),
       pg_temp.one_line(laboratory.instruments),
       laboratory.search_text)
  FROM catalog_provider provider WHERE provider.id = laboratory.provider_id;
"""
VIEW = r"""
CREATE VIEW catalog_labshelf_due AS
SELECT laboratory.id AS laboratory_id, laboratory.batch_id, provider.region,
       catalog_area(provider.region, provider.city, provider.address) AS area, laboratory.kind, laboratory.fields,
       laboratory.status = 'listed' AS is_listed, 1000000000000 * batch.number + laboratory.id AS place,
       split_part(laboratory.search_text, E'\n', 1) AS institution, split_part(laboratory.search_text, E'\n', 2) AS services,
       split_part(laboratory.search_text, E'\n', 3) AS instruments, translate(laboratory.search_text, E'\n', ' ') AS document
  FROM catalog_laboratory laboratory
  JOIN catalog_provider provider ON provider.id = laboratory.provider_id
  JOIN catalog_labbatch batch ON batch.id = laboratory.batch_id
 WHERE batch.published_on IS NOT NULL AND laboratory.status <> 'removed';
"""
SHELVE = f"""
-- providers, batches: whether those are held, so that whoever changes them at this moment ends first
CREATE FUNCTION catalog_lab_shelve(changed bigint[], providers boolean, batches boolean) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF changed IS NULL THEN
        RETURN;
    END IF;
    IF providers THEN
        PERFORM 1 FROM catalog_provider WHERE id IN (SELECT provider_id FROM catalog_laboratory WHERE id = ANY (changed))
          ORDER BY id FOR SHARE;
    END IF;
    IF batches THEN
        PERFORM 1 FROM catalog_labbatch WHERE id IN (SELECT batch_id FROM catalog_laboratory WHERE id = ANY (changed))
          ORDER BY id FOR SHARE;
    END IF;
    DELETE FROM catalog_labshelf held WHERE laboratory_id = ANY (changed)
       AND NOT EXISTS (SELECT 1 FROM catalog_labshelf_due due WHERE due.laboratory_id = held.laboratory_id);
    INSERT INTO catalog_labshelf AS held ({COLUMNS})
    SELECT {COLUMNS} FROM catalog_labshelf_due WHERE laboratory_id = ANY (changed)
        ON CONFLICT (laboratory_id) DO UPDATE SET ({COLUMNS}) = ({EXCLUDED})
     WHERE ({HELD}) IS DISTINCT FROM ({EXCLUDED});
END $$;
"""
FOLLOWS = """
CREATE FUNCTION catalog_lab_shelve_{what}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM catalog_lab_shelve((SELECT array_agg(found.id) FROM ({found}) found), {holds});
    RETURN NULL;
END $$;
CREATE TRIGGER catalog_labs_follow_{what} AFTER {act} ON {table} {rows} FOR EACH STATEMENT
    EXECUTE FUNCTION catalog_lab_shelve_{what}();
"""
OLD, NEW, BOTH = "REFERENCING OLD TABLE AS gone", "REFERENCING NEW TABLE AS come", "REFERENCING OLD TABLE AS gone NEW TABLE AS come"
CHANGED = "SELECT come.id FROM gone JOIN come USING (id) WHERE ({}) IS DISTINCT FROM ({})"
OF = "SELECT laboratory.id FROM catalog_laboratory laboratory WHERE laboratory.{} IN ({})"


def changed(*columns: str) -> str:
    """The keys of rows of which one of these columns has changed."""
    return CHANGED.format(*(", ".join(f"{side}.{column}" for column in columns) for side in ("gone", "come")))


LABORATORY = changed("status", "batch_id", "provider_id", "kind", "fields", "search_text")
TRIGGERS = (
    ("new_laboratory", "INSERT", "catalog_laboratory", NEW, "SELECT id FROM come", "true, true"),
    ("laboratory", "UPDATE", "catalog_laboratory", BOTH, LABORATORY, "true, true"),
    (
        "provider",
        "UPDATE",
        "catalog_provider",
        BOTH,
        OF.format("provider_id", changed("region", "city", "address")),
        "false, true",
    ),
    (
        "batch",
        "UPDATE",
        "catalog_labbatch",
        BOTH,
        OF.format("batch_id", changed("published_on", "number")),
        "false, false",
    ),
)
GONE = """
CREATE FUNCTION catalog_lab_unshelve() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM catalog_labshelf WHERE laboratory_id IN (SELECT id FROM gone);
    RETURN NULL;
END $$;
CREATE TRIGGER catalog_labs_follow_old_laboratory AFTER DELETE ON catalog_laboratory
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION catalog_lab_unshelve();
"""
CAME = "SELECT region, area, batch_id, 1 AS named, is_listed::int AS listed FROM come"
WENT = "SELECT region, area, batch_id, -1 AS named, -(is_listed::int) AS listed FROM gone"
COUNTS = """
CREATE FUNCTION catalog_lab_count_{act}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO catalog_labcount AS held (region, area, batch_id, named, listed)
    SELECT region, area, batch_id, sum(named), sum(listed) FROM ({moved}) moved GROUP BY region, area, batch_id
    HAVING sum(named) <> 0 OR sum(listed) <> 0 ORDER BY region, area, batch_id
        ON CONFLICT (region, area, batch_id) DO UPDATE
       SET named = held.named + EXCLUDED.named, listed = held.listed + EXCLUDED.listed;
    RETURN NULL;
END $$;
CREATE TRIGGER catalog_lab_counts_follow_{act} AFTER {act} ON catalog_labshelf {rows} FOR EACH STATEMENT
    EXECUTE FUNCTION catalog_lab_count_{act}();
"""
COUNTED = (("INSERT", NEW, CAME), ("UPDATE", BOTH, f"{CAME} UNION ALL {WENT}"), ("DELETE", OLD, WENT))
FILL = f"INSERT INTO catalog_labshelf ({COLUMNS}) SELECT {COLUMNS} FROM catalog_labshelf_due;"
TERMS = ("document", "institution", "services", "instruments")
INDEXES = "".join(
    f"CREATE INDEX labs_{column}_terms ON catalog_labshelf USING gin (catalog_terms({column})) WHERE is_listed;"
    for column in TERMS
)
FORWARD = "".join(
    [
        TEXTS,
        AREA,
        VIEW,
        SHELVE,
        *(
            FOLLOWS.format(what=what, act=act, table=table, rows=rows, found=found, holds=holds)
            for what, act, table, rows, found, holds in TRIGGERS
        ),
        GONE,
        *(COUNTS.format(act=act, rows=rows, moved=moved) for act, rows, moved in COUNTED),
        FILL,
        INDEXES,
    ]
)
BACK = "".join(
    [
        *(f"DROP INDEX labs_{column}_terms;" for column in TERMS),
        *(
            f"DROP TRIGGER catalog_labs_follow_{what} ON {table}; DROP FUNCTION catalog_lab_shelve_{what}();"
            for what, _, table, *_ in TRIGGERS
        ),
        "DROP TRIGGER catalog_labs_follow_old_laboratory ON catalog_laboratory; DROP FUNCTION catalog_lab_unshelve();",
        *(
            f"DROP TRIGGER catalog_lab_counts_follow_{act} ON catalog_labshelf; DROP FUNCTION catalog_lab_count_{act}();"
            for act, *_ in COUNTED
        ),
        "DROP FUNCTION catalog_lab_shelve(bigint[], boolean, boolean); DROP VIEW catalog_labshelf_due;",
        "DROP FUNCTION catalog_area(text, text, text); DELETE FROM catalog_labshelf; DELETE FROM catalog_labcount;",
        "UPDATE catalog_laboratory SET search_text = translate(search_text, E'\\n', ' ');",
    ]
)


class Migration(migrations.Migration):
    dependencies = [("catalog", "0019_lab_shelf")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
