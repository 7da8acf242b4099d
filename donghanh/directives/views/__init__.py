"""Pages of the room of directives."""
