"""The built-in model: reads a request with linguistic cues, then calls the same tools a language model would."""
