// Passkeys: hands what the page asks for to the browser, and sends the form with what the browser answers.
(function () {
  "use strict";

  var TROUBLE = {
    InvalidStateError: "This passkey is here already: choose another device or key",
    NotAllowedError: "No passkey was shown, or it took too long: try again",
    SecurityError: "Passkeys do not work at this address: ask an administrator"
  };

  function bytes(words) {
    var plain = atob(words.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (sign) {
      return sign.charCodeAt(0);
    });
  }

  function words(buffer) {
    var plain = String.fromCharCode.apply(null, new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  // What lies in bytes comes as text in the page.
  function read(form) {
    var asked = JSON.parse(form.dataset.options).publicKey;
    asked.challenge = bytes(asked.challenge);
    if (asked.user) asked.user.id = bytes(asked.user.id);
    ["allowCredentials", "excludeCredentials"].forEach(function (list) {
      (asked[list] || []).forEach(function (one) {
        one.id = bytes(one.id);
      });
    });
    if (form.elements.use && form.elements.use.value === "whole") {
      asked.authenticatorSelection = { residentKey: "required", requireResidentKey: true, userVerification: "required" };
    }
    return { publicKey: asked };
  }

  function written(made) {
    var answer = {
      id: made.id,
      rawId: words(made.rawId),
      type: made.type,
      clientExtensionResults: made.getClientExtensionResults(),
      response: { clientDataJSON: words(made.response.clientDataJSON) }
    };
    ["attestationObject", "authenticatorData", "signature", "userHandle"].forEach(function (part) {
      if (made.response[part]) answer.response[part] = words(made.response[part]);
    });
    return JSON.stringify(answer);
  }

  // What has to be filled in first is for the server to say: a passkey made before that would be one too many.
  function complete(form) {
    return Array.from(form.elements).every(function (field) {
      if (field.type === "radio") return form.elements[field.name].value;
      return field.type !== "text" || field.value.trim();
    });
  }

  document.querySelectorAll("form[data-passkey]").forEach(function (form) {
    if (!window.PublicKeyCredential) return;
    var said = form.querySelector("[data-passkey-said]");
    form.hidden = false;
    form.addEventListener("submit", function (event) {
      if (!complete(form)) return;
      event.preventDefault();
      said.textContent = "";
      var making = form.dataset.passkey === "make";
      var asked = making ? navigator.credentials.create(read(form)) : navigator.credentials.get(read(form));
      asked.then(
        function (made) {
          form.elements.answer.value = written(made);
          form.submit();
        },
        function (trouble) {
          said.textContent = TROUBLE[trouble.name] || TROUBLE.NotAllowedError;
        }
      );
    });
  });
})();
