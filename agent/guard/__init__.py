"""The last word: what may reach a person, whatever model proposed it.

`proof` compares items, conditions and facts with the graph; `provenance` keeps a language model to what the
tools found and the person said, and reads its words again (`asked`, `said`, `words`).
"""
