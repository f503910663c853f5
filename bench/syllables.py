"""What invented surnames begin with: the parts before the ending, for every generated catalogue."""

from __future__ import annotations

ONSETS = "B Bl Br C Cl Cr D Dr F Fl Fr G Gr H J K Kn L M N P Pr Qu R S Sch Sl St T Tr V W Wh Z".split()
VOWELS = "a e i o u ai ea ee ie oa oo ou au y".split()
MIDDLES = "b ck d dl ff g l ll lm ln m mb n nd ng nn p r rb rd rg rk rl rm rn rr s ss st t tt v z".split()
