documents --quiet=yes
