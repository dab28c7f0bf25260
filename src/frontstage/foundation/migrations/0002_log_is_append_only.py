"""The event log in the database: append-only, announced to live listeners; extensions and the cache table."""

from django.contrib.postgres.operations import BtreeGistExtension
from django.core.management import call_command
from django.db import migrations

LOG = """
CREATE FUNCTION event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the event log is append-only: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE ON foundation_event
    FOR EACH ROW EXECUTE FUNCTION event_is_append_only();
CREATE TRIGGER event_no_truncate BEFORE TRUNCATE ON foundation_event
    FOR EACH STATEMENT EXECUTE FUNCTION event_is_append_only();

CREATE FUNCTION event_announce() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('frontstage_live', json_build_object(
        'id', NEW.id, 'name', NEW.name, 'kind', NEW.subject_kind, 'subject', NEW.subject_id,
        'audience', NEW.audience)::text);
    RETURN NULL;
END $$;
CREATE TRIGGER event_announced AFTER INSERT ON foundation_event
    FOR EACH ROW WHEN (cardinality(NEW.audience) > 0) EXECUTE FUNCTION event_announce();
"""

UNLOG = """
DROP TRIGGER event_announced ON foundation_event;
DROP FUNCTION event_announce();
DROP TRIGGER event_no_truncate ON foundation_event;
DROP TRIGGER event_append_only ON foundation_event;
DROP FUNCTION event_is_append_only();
"""


def cache_table(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_initial")]

    operations = [
        BtreeGistExtension(),
        migrations.RunSQL(LOG, UNLOG),
        migrations.RunPython(cache_table, migrations.RunPython.noop),
    ]
