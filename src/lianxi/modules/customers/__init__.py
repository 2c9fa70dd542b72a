"""Customers: who is known under which number. Owns the tables `customer` and `customer_number`."""
