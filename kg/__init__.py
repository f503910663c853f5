"""Facts: catalogues, relations, names, histories and vectors. No language model, no user interface, no benchmark."""
