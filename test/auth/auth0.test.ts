import { accepts } from "../support/refusals";

const authClientSecret = "s";
const auth0 = { kind: "auth0", clientId: "keep" };

describe("sign-in with Auth0", () => {
    accepts({
        "a custom domain, with the domain of the tenant": {
            auth: { ...auth0, domain: "login.example.com", managementDomain: "acme.eu.auth0.com" },
            authClientSecret,
        },
        "a tenant of the first region": { auth: { ...auth0, domain: "acme.auth0.com" }, authClientSecret },
        "a tenant in a private cloud": { auth: { ...auth0, domain: "identity.acme.auth0app.com" }, authClientSecret },
    });
});
