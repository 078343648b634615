"""What the store in PostgreSQL is made of: link, rows, claims, schema."""
