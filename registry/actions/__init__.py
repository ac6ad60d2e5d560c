"""Acts of the registry: one function a legal act, one transaction each."""
