// The checks, in their order.
import { AlertJourney } from "./alert.mjs";
import { certificateOf, Failure, request } from "./http.mjs";
import { LiveUpdates } from "./liveUpdates.mjs";
import { apiKeyHeaders, canSignIn, signIn } from "./signIn.mjs";

/** Minimum number of days that a certificate must be valid. One with automatic renewal is renewed earlier. */
const RENEWAL_DAYS = 7;

/**
 * All checks of a target. Each has the checks that it needs, a reason if it is skipped, and for a failure the component
 * to inspect and the command for it.
 */
export function checksOf(target, commands) {
    const { auth, origin, frontend, backend, websocket, processor, plainPort } = target;
    const { logs, routes } = commands;
    // The proxy asks browsers to sign in before they reach Keep. Requests with an API key pass to the API.
    const hasProxy = auth === "oauth2proxy";
    const withoutTls = origin.startsWith("https:") ? undefined : "keep:publicUrl has no TLS";
    const withoutPlain =
        new URL(origin).port !== "" && plainPort === undefined ? "keep:publicUrl has a port of its own" : undefined;
    const withoutUpdates =
        websocket === undefined
            ? "the stack has no live updates"
            : hasProxy
              ? "only a signed-in browser passes the OAuth2 Proxy"
              : canSignIn(target) || process.env.VERIFY_PUSHER_APP_KEY !== undefined
                ? undefined
                : "only a signed-in browser gets the key of the websocket server";
    // Results that later checks use.
    let session, live;
    const journey = new AlertJourney(target, () => session.headers, commands);
    return [
        { name: "certificate", part: "ingress", next: routes, without: withoutTls, run: () => certificate(origin) },
        {
            name: "redirect",
            part: "ingress",
            next: routes,
            without: withoutTls ?? withoutPlain,
            run: () => redirect(target),
        },
        {
            name: "frontend",
            part: "frontend",
            next: logs("frontend"),
            needs: ["certificate"],
            without: frontend === undefined ? "the stack does not run it" : undefined,
            run: () =>
                (hasProxy ? guarded : healthy)(`${frontend}/api/healthcheck`, (body) => body.status === "ok", commands),
        },
        {
            name: "backend",
            part: "backend",
            next: logs("backend"),
            needs: ["certificate"],
            // Keep's API answers {} (keep/api/routes/healthcheck.py).
            run: () =>
                healthy(`${backend}/healthcheck`, (body) => Object.keys(body).length === 0, commands, apiKeyHeaders()),
        },
        { name: "metrics", part: "ingress", next: routes, needs: ["backend"], run: () => closedMetrics(backend) },
        {
            name: "sign-in",
            part: "frontend",
            next: logs("frontend"),
            needs: ["frontend", "backend"],
            run: async () => {
                session = await signIn(target, commands);
                return session.summary;
            },
        },
        {
            name: "websocket",
            part: "websocket",
            next: `${logs("websocket")}; ${routes}`,
            needs: ["sign-in"],
            without: withoutUpdates,
            run: async () => {
                live = await LiveUpdates.connect(target, session, commands);
                return `${websocket} connects and admits the user`;
            },
        },
        { name: "alert", part: processor, next: logs(processor), needs: ["sign-in"], run: () => journey.store() },
        {
            name: "live update",
            part: processor,
            next: `${logs(processor)}; ${logs("websocket")}`,
            needs: ["websocket", "alert"],
            without: withoutUpdates,
            run: () => journey.announced(live),
        },
        { name: "removal", part: "backend", next: logs("backend"), needs: ["alert"], run: () => journey.remove() },
    ];
}

async function certificate(origin) {
    const { validTo, error, subject } = await certificateOf(new URL(origin));
    if (error !== undefined) {
        throw new Failure(
            `${origin} has a certificate that clients reject: ${error} (${subject}, valid until ${validTo})`,
        );
    }
    const days = Math.floor((new Date(validTo).getTime() - Date.now()) / 86_400_000);
    if (days < RENEWAL_DAYS) {
        throw new Failure(`${origin} has a certificate that expires in ${days} days and was not renewed (${subject})`);
    }
    return `valid for ${days} days`;
}

/** Asks for Keep without TLS at the root, and where user interface and API would answer. */
async function redirect({ auth, origin, frontend, backend, plainPort = 80 }) {
    const { hostname } = new URL(origin);
    const answers = [];
    for (const url of [origin, `${frontend ?? origin}/api/healthcheck`, `${backend}/healthcheck`]) {
        const { pathname } = new URL(url);
        answers.push(await answerWithoutTls(`http://${hostname}:${plainPort}${pathname}`, auth));
    }
    return answers[0];
}

async function answerWithoutTls(url, auth) {
    let response;
    try {
        response = await request(url);
    } catch {
        return `${url} is closed`;
    }
    const { status } = response;
    const location = response.headers.get("location") ?? "";
    // An OAuth2 Proxy shows its sign-in page with 403.
    if (status >= 400 && status !== 401 && !(status === 403 && auth === "oauth2proxy")) {
        return `${url} answers ${status} without TLS`;
    }
    if (status < 300 || !location.startsWith("https:")) {
        throw new Failure(
            `${url} answers ${status} instead of redirecting to https, so browsers can send passwords in plain text`,
        );
    }
    return `${url} redirects to ${location}`;
}

/** Behind a proxy, which asks for a sign-in, or lets this path pass. */
async function guarded(url, isRight, commands) {
    const { headers, status } = await request(url);
    const location = headers.get("location");
    const isElsewhere = status >= 300 && status <= 399 && location !== null && new URL(location, url).href !== url;
    return status === 401 || status === 403 || isElsewhere
        ? `${url} asks for a sign-in (${status})`
        : await healthy(url, isRight, commands);
}

/** Checks the content too, because the user interface answers all paths with its sign-in page. */
async function healthy(url, isRight, { routes }, headers) {
    const response = await request(url, { headers });
    const body = await response.json().catch(() => undefined);
    if (response.status !== 200 || typeof body !== "object" || body === null || !isRight(body)) {
        const what = response.status === 200 ? "another page" : String(response.status);
        throw new Failure(
            `${url} answers ${what}: the request reaches another service, a sign-in in front of Keep, or none`,
            { next: routes },
        );
    }
    return url;
}

async function closedMetrics(backend) {
    const paths = ["/metrics", "/metrics/processing"];
    for (const url of paths.map((path) => backend + path)) {
        if ((await request(url)).status === 200) {
            throw new Failure(`${url} shows metrics without a sign-in`);
        }
    }
    return `${paths.join(" and ")} are closed`;
}
