"""What a page cannot be asked for: another moment, where it tells of now alone, and a file, where it gives none."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.core.exceptions import BadRequest
from django.http import HttpRequest

from negotiations.pages.reading import wants_file
from negotiations.rules.asked import CLOCKS

Rest = ParamSpec("Rest")
Answer = TypeVar("Answer")
View = Callable[Concatenate[HttpRequest, Rest], Answer]


def refuse_other_moments(request: HttpRequest) -> None:
    """Raise BadRequest where the address names a moment."""
    if any(request.GET.get(clock, "").strip() for clock in CLOCKS):
        raise BadRequest("this tells of now and of no other moment")


def refuse_files(request: HttpRequest) -> None:
    """Raise BadRequest where the address asks for a file: a page in its place would be taken for one."""
    if wants_file(request):
        raise BadRequest("this page gives no such file")


def tells_of_now(view: View[Rest, Answer]) -> View[Rest, Answer]:
    """Have a view answer about the present alone."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> Answer:
        refuse_other_moments(request)
        return view(request, *args, **kwargs)

    return answer
