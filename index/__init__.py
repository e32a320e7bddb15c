"""The knowledge: from bytes to answers. Knows nothing of Discord and imports nothing of ``bot``.

The files read in the order in which data flows:

    read/ → split → embed → store/ + vectors/ and lexical/ → search → reader/ → answer
              └→ dates/ → deadlines/
"""
