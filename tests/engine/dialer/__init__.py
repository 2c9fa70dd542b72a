"""Tests of the dialler."""
