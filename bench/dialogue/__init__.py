"""RecBench+ over several turns: conditions told one at a time, some corrected, some withdrawn."""
