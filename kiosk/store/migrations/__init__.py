"""Migrations of the office database. A new one gets the next number and a line in kiosk.store.pg.schema."""
