make --help
