"""Pages of the room of voices."""
