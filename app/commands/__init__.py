"""The commands, by what they are about: programmes, files, questions, documents."""
