"""Taste learned from histories: what somebody who chose these is likely to choose next. No user is named."""
