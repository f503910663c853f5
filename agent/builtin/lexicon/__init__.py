"""Words and what they may mean: data in `words/*.txt`, read by one loader; no message, no catalogue."""
