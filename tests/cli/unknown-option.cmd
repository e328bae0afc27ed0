make --colour
