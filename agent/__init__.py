"""Judgement: the graph that answers, the models that drive it, the guard, and the interfaces people meet."""
