"""Pages of the room of campaigns."""
