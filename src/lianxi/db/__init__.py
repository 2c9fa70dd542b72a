"""Database engine, sessions and the embedded PostgreSQL. Owns no tables of the business."""
