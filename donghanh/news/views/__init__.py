"""Pages of the room of news: of the staff, of pupils who are asked, of everybody."""
