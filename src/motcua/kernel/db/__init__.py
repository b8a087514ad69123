"""The database's own guards: what the application's login may do, and what nobody may undo."""
