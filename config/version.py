"""The version of this programme, as the footer and the API show it."""

VERSION = "0.1.0"
