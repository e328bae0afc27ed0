documents --json
