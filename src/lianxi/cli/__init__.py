"""The command line: what people type and what they see. Knows no part; `main` hands it over."""
