"""Anybody's recommendation, checked against a request and the catalogue: `verify`, `Verification`.

What is read of an answer (`agent.verify.reading`), what is compared with stored values
(`agent.verify.checking`), and how it is said (`agent.verify.wording`) stand apart.
"""
