"""The step between a right password and being signed in."""

from typing import Any

from allauth.mfa.stages import AuthenticateStage

from zicht.people import actions


class SecondFactorStage(AuthenticateStage):  # type: ignore[misc]
    """Ask for the second factor, and write down that the password was right: somebody may have stolen it."""

    def handle(self) -> tuple[Any, bool]:
        """Write the line when the question is put, which is once for each password."""
        response, goes_on = super().handle()
        if response:
            actions.record_accepted_password(self.login.user)
        return response, goes_on
