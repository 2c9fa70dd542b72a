"""Tests, by the part of the product they are about."""
