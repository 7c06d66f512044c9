// Requests of the verification, and descriptions of their errors.
import { connect } from "node:tls";

const TIMEOUT = 15_000;

/** The reason why a check failed. `part` and `next` override those of the check. */
export class Failure extends Error {
    constructor(message, { part, next } = {}) {
        super(message);
        this.part = part;
        this.next = next;
    }
}

/** Sends a request. Sends an object as JSON. Does not follow redirects. */
export async function request(url, { body, headers = {}, ...options } = {}) {
    const isObject = body !== undefined && typeof body !== "string";
    return await fetch(url, {
        redirect: "manual",
        signal: AbortSignal.timeout(TIMEOUT),
        ...options,
        headers: { ...(isObject ? { "content-type": "application/json" } : {}), ...headers },
        body: isObject ? JSON.stringify(body) : body,
    });
}

/** The body of an answer, shortened. */
export async function detailOf(response) {
    const text = (await response.text()).trim();
    return text === "" ? "" : ` (${text.slice(0, 200)})`;
}

/** The certificate of a server, and the reason why clients reject it, if they do. */
export async function certificateOf({ hostname, port }) {
    return await new Promise((resolve, reject) => {
        const socket = connect(
            {
                host: hostname,
                port: Number(port || 443),
                servername: hostname,
                rejectUnauthorized: false,
                timeout: TIMEOUT,
            },
            () => {
                const { subject, valid_to: validTo } = socket.getPeerCertificate();
                const error = socket.authorizationError;
                resolve({
                    subject: `CN=${subject?.CN ?? "none"}`,
                    validTo,
                    error: error == null ? undefined : reason(error),
                });
                socket.destroy();
            },
        );
        socket.on("error", reject);
        socket.on("timeout", () => socket.destroy(new Error(`${hostname} does not answer`)));
    });
}

const REASONS = {
    CERT_HAS_EXPIRED: "it has expired",
    DEPTH_ZERO_SELF_SIGNED_CERT: "it is self-signed. To trust it, set NODE_EXTRA_CA_CERTS to its file",
    ECONNREFUSED: "nothing listens there",
    ENOTFOUND: "its name does not resolve. Create its DNS record",
    EAI_AGAIN: "its name does not resolve. Create its DNS record",
    ERR_TLS_CERT_ALTNAME_INVALID: "it is for another host",
    SELF_SIGNED_CERT_IN_CHAIN: "its authority is unknown. Set NODE_EXTRA_CA_CERTS to the authority's file",
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "its authority is unknown. Set NODE_EXTRA_CA_CERTS to the authority's file",
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its authority is unknown. Set NODE_EXTRA_CA_CERTS to the authority's file",
};

function reason(error) {
    const code = error.code ?? error;
    return REASONS[code] ?? error.message ?? String(code);
}

/** The message of an error. That of `fetch` is in its cause. */
export function describeError(error) {
    if (error instanceof Failure) {
        return error.message;
    }
    if (error.name === "TimeoutError") {
        return `no answer within ${TIMEOUT / 1000} s`;
    }
    // Node tries IPv4 and IPv6, and reports an error for each.
    const [cause = error.cause ?? error] = error.cause?.errors ?? error.errors ?? [];
    const { host = cause.hostname ?? cause.address, port } = cause;
    const place = host === undefined ? "" : `${host}${port === undefined ? "" : `:${port}`}: `;
    return `${place}${reason(cause)}`;
}
