"""How the rooms are put together and started: settings, pages' addresses, database, command."""
