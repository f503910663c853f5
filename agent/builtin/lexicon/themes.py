"""Subjects of stories and the words of descriptions that speak of them."""

from __future__ import annotations

from tools.theme_words import related as related
