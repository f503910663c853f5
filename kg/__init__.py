"""Facts: catalogues, relations, names, histories, vectors. No language model, no interface, no benchmark."""
