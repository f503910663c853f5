"""What every server of Usher shares, whatever it speaks: catalogues and people, typed answers, refusals."""
