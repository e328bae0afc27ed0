format a.fo b.fo
