"""Systems: whatever can be asked a query. A new one is a class and a row in `roster`."""
