"""Pages of the room of activities."""
