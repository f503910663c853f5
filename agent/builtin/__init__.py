"""The built-in model: reads a request with linguistic cues, then calls the same tools an LLM would."""
