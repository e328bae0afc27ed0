documents --qui
