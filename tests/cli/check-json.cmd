check --json tests/bad/xml/mismatch.xml
