"""Pages of the room of accounts."""
