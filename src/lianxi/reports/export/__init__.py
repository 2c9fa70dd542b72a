"""Figures as files (CSV, XLSX, PDF) that say what was asked, by whom, and by which formula."""
