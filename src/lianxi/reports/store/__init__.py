"""Closed days as files: written once a day is over, read instead of the database, never trusted
blindly.

days        which day a row belongs to, and when a day may be closed
copying     rows of PostgreSQL as CSV, as the database streams them
writing     CSV to Arrow to Parquet, the same bytes for the same rows
manifest    which files a day has, in which version (the table `report_day`)
closing     closes days, and writes the next version of those that changed
checking    compares files with what the manifest says of them
summing     writes the sheets of sums of closed days (`reports/sheets`)
summed      which days have sheets, and where they lie
reading     a window of facts for DuckDB: files, sheets, and PostgreSQL for the rest
raw         facts as a file for whoever may take them away
"""
