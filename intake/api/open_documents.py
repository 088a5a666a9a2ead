"""What is the same for everybody and for a long time: it may be kept, and read by a page of another site."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from intake.api.resource import Resource

HOUR = 3600


class OpenDocument(Resource):
    authentication_classes: Any = ()
    permission_classes: Any = ()

    def kept(self, content: object) -> Response:
        return Response(content, headers={"Cache-Control": f"public, max-age={HOUR}"})

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """A refusal may be read elsewhere too, but is kept nowhere."""
        response["Access-Control-Allow-Origin"] = "*"
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        return super().finalize_response(request, response, *args, **kwargs)
