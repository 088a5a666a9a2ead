"""One row an effect; nothing keeps a second row of the same effect out, so that it can be seen."""

from django.db import models


class Effect(models.Model):
    job = models.CharField(max_length=64)
    process = models.IntegerField()
