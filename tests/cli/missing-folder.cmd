check nowhere
