"""The built-in model: interprets a request by rules, then calls the same tools as a language model."""
