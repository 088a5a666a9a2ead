"""Draws a QR code as SVG in the page: the security policy refuses data addresses, and no other request carries the secret."""

import qrcode
from django import template

register = template.Library()


@register.inclusion_tag("accounts/qr_code.html")
def qr_code(text: str) -> dict[str, str | int]:
    code = qrcode.QRCode(border=4)
    code.add_data(text)
    rows = code.get_matrix()
    squares = (f"M{x},{y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return {"path": "".join(squares), "size": len(rows)}
