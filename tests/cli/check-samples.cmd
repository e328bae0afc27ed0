check samples/frameworks samples/chantier
