"""Append-only guards, the true time of recording, and the tail that the sequencer empties."""

from django.db import migrations

from motcua.kernel.db.guards import append_only_sql

RECORDING = """
CREATE FUNCTION ledger_record() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.recorded_at := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_event_record BEFORE INSERT ON ledger_event
    FOR EACH ROW EXECUTE FUNCTION ledger_record();

CREATE FUNCTION ledger_queue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO ledger_tail (stream, seq) SELECT stream, seq FROM added;
    RETURN NULL;
END $$;
CREATE TRIGGER ledger_event_queue AFTER INSERT ON ledger_event
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger_queue();

ALTER TABLE ledger_event ADD CONSTRAINT ledger_event_live_is_now CHECK (
    origin <> 'live' OR (at - recorded_at BETWEEN interval '-60 seconds' AND interval '60 seconds')
);
"""
UNDO = """
ALTER TABLE ledger_event DROP CONSTRAINT ledger_event_live_is_now;
DROP TRIGGER ledger_event_queue ON ledger_event;
DROP FUNCTION ledger_queue();
DROP TRIGGER ledger_event_record ON ledger_event;
DROP FUNCTION ledger_record();
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [
        migrations.RunSQL(RECORDING, UNDO),
        migrations.RunSQL(*append_only_sql("ledger_event")),
        migrations.RunSQL(*append_only_sql("ledger_position")),
    ]
