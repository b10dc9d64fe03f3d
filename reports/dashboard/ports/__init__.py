"""What the pages ask of the rim, one protocol for each group of pages; ``pipelines.serving`` answers."""
