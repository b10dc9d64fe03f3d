"""The warehouse (DuckDB): what files said and what was derived from it. It can always be rebuilt."""
