"""Faults on purpose: what a person reads where files are damaged, disks are full or processes are killed."""
