"""Reports: run folders read again, scored without a model call, and shown as text, tables and one page."""
