check --booklet samples/genie
