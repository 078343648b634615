"""The reports' page: what was counted in a day, a month or a year, with charts, and saving it."""
