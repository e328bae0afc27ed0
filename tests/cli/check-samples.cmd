check samples
