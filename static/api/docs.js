"use strict";
// The page's own CSRF token lets a signed-in reader try the verbs; the cookie is out of reach of scripts.
const docs = document.getElementById("docs");
const token = document.querySelector("#csrf input").value;

SwaggerUIBundle({
  url: docs.dataset.schema,
  domNode: docs,
  deepLinking: true,
  validatorUrl: null,
  presets: [SwaggerUIBundle.presets.apis],
  requestInterceptor: (request) => {
    if (new URL(request.url, location.href).origin === location.origin) {
      request.headers["X-CSRFToken"] = token;
    }
    return request;
  },
});
