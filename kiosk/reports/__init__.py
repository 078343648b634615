"""Reports: tables in words, as sheets, files and pictures."""
