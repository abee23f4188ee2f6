/**
 * Say on the page that a passkey did not work; the browser itself says nothing when somebody closes its window.
 */
document.addEventListener("allauth.error", (event) => {
  const notice = document.querySelector("[data-passkey-problem]");
  if (notice instanceof HTMLElement) {
    event.preventDefault();
    notice.hidden = false;
    notice.focus();
  }
});
