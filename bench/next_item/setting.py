"""What all sequence models of the next item share, whoever wrote them."""

LENGTH = 50  # choices that a network sees, the latest
WIDTH = 32
HEADS = 2
DROPOUT = 0.2
BATCH = 32  # rows of a step
RATE = 1e-3  # of Adam
