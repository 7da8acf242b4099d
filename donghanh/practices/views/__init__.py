"""Pages of the room of practices."""
