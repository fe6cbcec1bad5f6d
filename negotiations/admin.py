"""The administrator's site: accounts only; content is for seats, and an administrator has none by being one."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from negotiations.models import User
from negotiations.services.account import note_standing

# Administrators sign in where everybody does: with the same limits and the same second step.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


@admin.register(User)
class AccountAdmin(UserAdmin):  # type: ignore[type-arg]  # generic in its stubs alone
    """Accounts: who may sign in. Seats are granted by a negotiation's lead, administrators appointed on the server."""

    list_display = ("username", "display_name", "email", "is_active", "is_staff", "last_login")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("display_name", "email", "language", "time_zone")}),
        (_("Account"), {"fields": ("is_active", "is_staff", "is_superuser", "last_login", "date_joined")}),
    )
    # The application's role in the database may not change them (`manage.py appoint` does, as the owner).
    readonly_fields = ("is_staff", "is_superuser")
    list_filter = ("is_active", "is_staff")
    search_fields = ("username", "display_name", "email")
    filter_horizontal = ()

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:  # noqa: FBT001  as Django calls it
        super().save_model(request, obj, form, change)
        if "is_active" in form.changed_data:
            note_standing(obj)

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        super().delete_model(request, obj)
        note_standing(obj, is_gone=True)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        gone = list(queryset)
        super().delete_queryset(request, queryset)
        for user in gone:
            note_standing(user, is_gone=True)
