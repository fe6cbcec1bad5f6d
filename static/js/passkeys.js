/* Passkeys: asks the browser for a key's answer and sends it with the form around the button.
   Forms say what they want: data-passkey="sign-in | use | make", options in data-options. */
(() => {
  "use strict";
  if (!window.PublicKeyCredential) return;
  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const opened = (one) => ({ ...one, id: bytes(one.id) });

  const asked = (options) => {
    const key = { ...options.publicKey, challenge: bytes(options.publicKey.challenge) };
    if (key.user) key.user = opened(key.user);
    if (key.allowCredentials) key.allowCredentials = key.allowCredentials.map(opened);
    if (key.excludeCredentials) key.excludeCredentials = key.excludeCredentials.map(opened);
    return key;
  };

  const answered = (credential) => {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[name]) response[name] = text(credential.response[name]);
    }
    if (credential.response.getTransports) response.transports = credential.response.getTransports();
    return JSON.stringify({
      type: credential.type,
      id: credential.id,
      rawId: text(credential.rawId),
      authenticatorAttachment: credential.authenticatorAttachment,
      clientExtensionResults: credential.getClientExtensionResults(),
      response,
    });
  };

  const optionsOf = async (form) => {
    if (form.dataset.options) return JSON.parse(form.dataset.options).creation_options ?? JSON.parse(form.dataset.options).request_options;
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    return (await answer.json()).request_options;
  };

  const ask = async (form) => {
    const key = asked(await optionsOf(form));
    if (form.dataset.passkey !== "make") return navigator.credentials.get({ publicKey: key });
    const alone = form.elements.passwordless?.checked ?? false;
    const wish = key.authenticatorSelection ?? {};
    key.authenticatorSelection = {
      ...wish,
      residentKey: alone ? "required" : "discouraged",
      requireResidentKey: alone,
      userVerification: alone ? "required" : wish.userVerification,
    };
    return navigator.credentials.create({ publicKey: key });
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const error = form.querySelector(".err[role=alert]");
      if (error) error.hidden = true;
      try {
        form.elements.credential.value = answered(await ask(form));
        form.submit();
      } catch {
        if (error) error.hidden = false;
      }
    });
  }
})();
