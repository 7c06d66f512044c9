// Signs in like a browser.
import { Failure, request } from "./http.mjs";

const {
    VERIFY_USERNAME: username,
    VERIFY_PASSWORD: password,
    VERIFY_API_KEY: apiKey,
    VERIFY_PUSHER_APP_KEY: givenKey,
} = process.env;

/** Headers with the API key, if there is one. */
export function apiKeyHeaders() {
    return apiKey === undefined ? {} : { "x-api-key": apiKey };
}

/** Whether the verification can sign in at the user interface. With an identity provider, only a browser can. */
export function canSignIn({ auth }) {
    return apiKey === undefined && (auth === "db" || auth === "noauth");
}

/**
 * Signs in, and returns headers for the API and the key of the websocket server. With local users and `noauth`, it
 * signs in at the user interface. With an identity provider, it uses an API key, and only checks that the sign-in page
 * offers the provider.
 */
export async function signIn(target, { logs, kubectl }) {
    const { auth, backend, frontend, release } = target;
    if (!canSignIn(target)) {
        if (apiKey === undefined) {
            throw new Failure(
                `only a browser can sign in with ${auth}. Set KEEP_API_KEY to an API key of the role admin`,
                {
                    next: "Keep, Settings, API keys",
                },
            );
        }
        const headers = apiKeyHeaders();
        const response = await request(`${backend}/whoami`, { headers });
        const { status } = response;
        if (status !== 200) {
            throw new Failure(
                status === 401 || status === 403
                    ? `${backend} rejects the API key (${status}). Set KEEP_API_KEY to an API key of the role admin`
                    : `${backend}/whoami answers ${status}`,
                { part: "backend", next: logs("backend") },
            );
        }
        return {
            headers,
            // Users can have tenants of their own, each with its channel (keep/api/routes/pusher.py).
            tenant: (await response.json()).tenant_id,
            pusherKey: givenKey,
            summary: "by API key",
        };
    }
    const secret = `${kubectl} get secret ${release}.setup -o jsonpath='{.data.first-user-password}' | base64 -d`;
    if (frontend === undefined) {
        const token = auth === "db" ? await tokenOf(backend, { logs, secret }) : "{}";
        return { headers: { authorization: `Bearer ${token}` }, pusherKey: givenKey, summary: "at the API" };
    }
    const browser = new Browser(frontend);
    const { csrfToken } = await browser.json("/api/auth/csrf");
    const form = new URLSearchParams({ csrfToken, ...(auth === "db" ? { username, password } : {}) });
    await browser.get("/api/auth/callback/credentials", {
        method: "POST",
        body: form.toString(),
        headers: { "content-type": "application/x-www-form-urlencoded" },
    });
    const session = await browser.json("/api/auth/session");
    if (session?.accessToken === undefined) {
        if (auth === "db") {
            await tokenOf(backend, { logs, secret });
        }
        throw new Failure(
            "the user interface cannot sign in, although the API can: the user interface does not reach the API",
            {
                part: "frontend",
            },
        );
    }
    return {
        headers: { authorization: `Bearer ${session.accessToken}` },
        tenant: session.tenantId,
        pusherKey: (await keyOf(browser)) ?? givenKey,
        summary: auth === "db" ? `as ${username}` : "without a user",
    };
}

/** Signs in at the API (keep/identitymanager/identity_managers/db/db_identitymanager.py). */
async function tokenOf(backend, { logs, secret }) {
    const response = await request(`${backend}/signin`, { method: "POST", body: { username, password } });
    if (response.status === 401) {
        throw new Failure(
            `Keep rejects the password of ${username}. Keep reads a password only when it creates its database: set KEEP_PASSWORD to the current one`,
            { part: "backend", next: secret },
        );
    }
    if (response.status !== 200) {
        throw new Failure(`${backend}/signin answers ${response.status}`, { part: "backend", next: logs("backend") });
    }
    return (await response.json()).accessToken;
}

/**
 * The key that browsers get from the user interface, in the configuration in its pages
 * (keep-ui/shared/lib/server/getConfig.ts).
 */
async function keyOf(browser) {
    const page = await (await browser.get("/alerts/feed")).text();
    return /PUSHER_APP_KEY\\*":\\*"([^"\\]+)/.exec(page)?.[1];
}

/** A client that keeps cookies. */
class Browser {
    #cookies = new Map();

    constructor(url) {
        this.url = url;
    }

    async get(path, { headers = {}, ...options } = {}) {
        const cookie = [...this.#cookies].map((pair) => pair.join("=")).join("; ");
        const response = await request(this.url + path, { ...options, headers: { ...headers, cookie } });
        for (const line of response.headers.getSetCookie()) {
            const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
            this.#cookies.set(name, value);
        }
        return response;
    }

    async json(path) {
        const response = await this.get(path);
        if (response.status !== 200) {
            throw new Failure(`${this.url}${path} answers ${response.status}`);
        }
        return await response.json();
    }
}
