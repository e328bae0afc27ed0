check tests/bad/xml/mismatch.xml tests/bad/xml/empty.xml
