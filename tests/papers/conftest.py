"""Papers are read here as the worker's child reads them: with our faces behind the machine's."""

from records.faces import lend_faces

lend_faces()  # while tests are collected: no document is open
