"""Scripts: what agents say to customers, step by step, and the statements they made.

A script has a draft that people edit and versions that are published and never changed. The
module owns the tables `script`, `script_version` and `script_statement`, appends nothing to the
journal and listens to nothing.
"""
