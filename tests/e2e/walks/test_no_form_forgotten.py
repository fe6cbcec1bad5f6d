"""Every form of every template is sent by a walk without scripts, or has a reason that it cannot be."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

from . import test_forms_of_accounts as accounts
from . import test_forms_of_alerts as alerts
from . import test_forms_of_steps as steps
from . import test_forms_of_webhooks as webhooks
from . import test_forms_of_work as work

TEMPLATES = Path(settings.BASE_DIR) / "templates"
SENT_BY = {
    "account/email_change.html": accounts.test_an_address_is_confirmed_and_a_forgotten_password_replaced,
    "account/email_confirm.html": accounts.test_an_address_is_confirmed_and_a_forgotten_password_replaced,
    "account/login.html": accounts.test_one_signs_in_with_a_second_step_and_out_again,
    "account/password_change.html": accounts.test_a_password_is_changed,
    "account/password_reset.html": accounts.test_an_address_is_confirmed_and_a_forgotten_password_replaced,
    "account/password_reset_from_key.html": accounts.test_an_address_is_confirmed_and_a_forgotten_password_replaced,
    "account/password_set.html": accounts.test_a_first_password_is_set,
    "account/reauthenticate.html": accounts.test_one_says_again_who_one_is,
    "mfa/authenticate.html": accounts.test_one_signs_in_with_a_second_step_and_out_again,
    "mfa/reauthenticate.html": accounts.test_one_says_again_who_one_is,
    "mfa/recovery_codes/generate.html": accounts.test_codes_are_set_up_renewed_and_given_up,
    "mfa/totp/activate_form.html": accounts.test_codes_are_set_up_renewed_and_given_up,
    "mfa/totp/deactivate_form.html": accounts.test_codes_are_set_up_renewed_and_given_up,
    "mfa/webauthn/authenticator_confirm_delete.html": accounts.test_a_passkey_is_renamed_and_removed,
    "mfa/webauthn/edit_form.html": accounts.test_a_passkey_is_renamed_and_removed,
    "usersessions/usersession_list.html": accounts.test_one_of_the_cast_signs_in_twice_and_ends_the_other_session,
    "pages/invitation.html": accounts.test_an_invitation_makes_an_account,
    "partials/topbar.html": accounts.test_one_signs_in_with_a_second_step_and_out_again,
    "pages/write.html": steps.test_the_step_needs_no_scripts,
    "pages/alert.html": alerts.test_an_alert_is_made_changed_rested_and_ended,
    "pages/alerts.html": alerts.test_an_alert_is_made_changed_rested_and_ended,
    "pages/inbox.html": alerts.test_messages_are_marked_as_read,
    "pages/inbox_message.html": alerts.test_messages_are_marked_as_read,
    "pages/operations.html": alerts.test_an_administrator_decides_what_failed,
    "pages/unsubscribe.html": alerts.test_an_alert_is_ended_from_a_mail,
    "partials/watch_button.html": alerts.test_everything_that_has_the_button_is_watched_and_let_go,
    "pages/capture.html": work.test_a_source_is_captured_with_what_it_says,
    "pages/changes.html": work.test_changes_are_marked_as_seen,
    "pages/dashboard.html": work.test_changes_are_marked_as_seen,
    "partials/since_visit.html": work.test_changes_are_marked_as_seen,
    "pages/drafts.html": work.test_a_draft_is_kept_found_and_thrown_away,
    "pages/handover.html": work.test_a_desk_is_handed_over,
    "pages/import.html": work.test_a_file_is_checked_written_and_taken_back,
    "pages/imports.html": work.test_a_file_is_checked_written_and_taken_back,
    "pages/me.html": work.test_settings_are_saved,
    "pages/member.html": work.test_a_seat_is_changed_and_ended,
    "pages/new_negotiation.html": work.test_a_negotiation_is_opened_in_one_sitting,
    "pages/people.html": work.test_somebody_is_invited_and_the_invitation_withdrawn,
    "pages/calendar_key.html": work.test_a_calendar_address_is_made_and_taken_back,
    "pages/exports.html": work.test_a_file_is_wanted,
    "pages/share_brief.html": work.test_a_brief_is_shared_and_the_link_taken_back,
    "pages/theme.html": work.test_the_theme_is_chosen,
    "pages/tokens.html": work.test_a_token_is_made_and_revoked,
    "pages/webhook.html": webhooks.test_a_webhook_is_added_looked_after_and_given_up,
    "pages/webhooks.html": webhooks.test_a_webhook_is_added_looked_after_and_given_up,
    "pages/views.html": work.test_a_view_is_kept_renamed_and_deleted,
    "partials/save_view.html": work.test_a_view_is_kept_renamed_and_deleted,
    "partials/confirm_form.html": work.test_still_true_is_said,
    "partials/still_true.html": work.test_several_are_still_true,
    "partials/yours.html": work.test_still_true_is_said_on_the_first_page,
    "partials/stored_copies.html": work.test_a_copy_is_kept_beside_its_source,
    "partials/update_form.html": work.test_an_update_is_saved_and_undone,
    "partials/undo.html": work.test_an_update_is_saved_and_undone,
    "partials/status_history.html": work.test_a_change_is_undone_from_the_history,
}
# A passkey answers to scripts alone; the page beside says so and offers codes.
NEEDS_SCRIPTS = {"mfa/webauthn/add_form.html", "mfa/webauthn/reauthenticate.html"}


def with_forms() -> set[str]:
    """The templates that hold a form which changes something."""
    every = {path.relative_to(TEMPLATES).as_posix(): path.read_text() for path in TEMPLATES.rglob("*.html")}
    return {name for name, text in every.items() if re.search(r'<form[^>]*method="?post', text)}


def test_every_form_is_sent_by_a_walk() -> None:
    forgotten = sorted(with_forms() - set(SENT_BY) - NEEDS_SCRIPTS)
    assert forgotten == [], f"Send the forms of these templates in a walk without scripts: {', '.join(forgotten)}."


def test_no_walk_is_named_for_a_form_that_is_gone() -> None:
    assert sorted({*SENT_BY, *NEEDS_SCRIPTS} - with_forms()) == []
