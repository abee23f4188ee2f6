"""Page objects: what a person can do on a page, in the words of that person."""

import re

from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Page, Request, expect

from tests.browser.cast import Reader, code_now, let_in


class SignIn:
    """The way in for staff: a password, then a code."""

    def __init__(self, screen: Page, server: str) -> None:
        self.screen = screen
        self.server = server

    def open(self, language: str = "nl") -> None:
        """Go to the page."""
        self.screen.goto(f"{self.server}{'' if language == 'nl' else '/en'}/staff/account/login/")

    def give_password(self, reader: Reader) -> None:
        """Fill in name and password and send them with the keyboard."""
        self.screen.locator("input[name=login]").fill(reader.account.login)
        self.screen.locator("input[name=password]").fill(reader.password)
        self.send()

    def give_code(self, code: str) -> None:
        """Fill in the code of the authenticator app and send it with the keyboard."""
        self.screen.locator("input[name=code]").fill(code)
        self.send()

    def send(self) -> None:
        """Send the form with the keyboard and wait for the answer."""
        with self.screen.expect_navigation():
            self.screen.keyboard.press("Enter")

    def confirm(self, reader: Reader) -> None:
        """Give the password once more where something important is about to change."""
        self.screen.locator("input[name=password]").fill(reader.password)
        self.send()


def sign_in(screen: Page, server: str, reader: Reader) -> Page:
    """Sign in all the way and give the window back."""
    way_in = SignIn(screen, server)
    way_in.open()
    way_in.give_password(reader)
    if reader.secret:
        way_in.give_code(code_now(reader.secret))
    screen.wait_for_url("**/staff/")
    return screen


def open_start(context: BrowserContext, server: str, reader: Reader) -> Page:
    """Show the start page of the staff side to somebody who signed in before."""
    let_in(context, server, reader)
    screen = context.new_page()
    screen.goto(f"{server}/staff/")
    return screen


def plug_in_key(screen: Page, **more: object) -> None:
    """Put the window in a device that keeps passkeys and always knows the finger it is shown."""
    device = screen.context.new_cdp_session(screen)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
        **more,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def plug_in_key_with_secret(screen: Page) -> None:
    """Do the same with a device that can give a secret too (extension PRF)."""
    plug_in_key(screen, ctap2Version="ctap2_1", hasPrf=True)


def add_passkey(screen: Page, server: str) -> None:
    """Add a passkey that also works without a password, for somebody who confirmed it was them just now."""
    screen.goto(f"{server}/staff/account/2fa/webauthn/add/")
    screen.locator("input[name=passwordless]").check()
    screen.locator("#mfa_webauthn_add").click()
    expect(screen).to_have_url(re.compile("/webauthn/$|/recovery-codes/"))


class Watch:
    """Remember what a page should not do: complain, ask others, or leave a cookie."""

    def __init__(self, screen: Page, server: str) -> None:
        self.complaints: list[str] = []
        self.outside: list[str] = []
        self.server = server
        self.screen = screen
        screen.on("console", self._hear)
        screen.on("pageerror", self._hear_error)
        screen.on("request", self._see)

    def stop(self) -> None:
        """Stop watching, so that what tests do to the page themselves does not count."""
        self.screen.remove_listener("console", self._hear)
        self.screen.remove_listener("pageerror", self._hear_error)
        self.screen.remove_listener("request", self._see)

    def _hear(self, message: ConsoleMessage) -> None:
        # Chromium reports every answer of 400 and up as an error; that the status is right is tested elsewhere.
        if message.type in ("error", "warning") and "with a status of 404" not in message.text:
            self.complaints.append(message.text)

    def _hear_error(self, error: Error) -> None:
        self.complaints.append(str(error))

    def _see(self, request: Request) -> None:
        if not request.url.startswith((self.server, "data:")):
            self.outside.append(request.url)
