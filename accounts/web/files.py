"""A file that somebody outside sent, handed to a reader so that nothing in it can run: see docs/adr/opening-files.md."""

from django.http import HttpResponse

# Shown where they are looked at; everything else is saved, for a program of the reader's own.
SHOWN = {"image/jpeg": "jpg", "image/png": "png"}
SAVED = {"application/pdf": "pdf"}
POLICY = "default-src 'none'; sandbox"


def safe_file(content: bytes, *, kind: str, name: str) -> HttpResponse:
    """The name is one of ours: what the sender called it may say who it is about, and stays off the disk."""
    ending = SHOWN.get(kind) or SAVED.get(kind)
    how = "inline" if kind in SHOWN else "attachment"
    return HttpResponse(
        content,
        content_type=kind if ending else "application/octet-stream",
        headers={
            "Content-Disposition": f'{how}; filename="{name}.{ending or "bin"}"',
            "Content-Security-Policy": POLICY,
            "X-Content-Type-Options": "nosniff",
        },
    )
