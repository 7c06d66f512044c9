// Sends an alert to the public URL, checks that it is stored and announced, and deletes it.
import { setTimeout as sleep } from "node:timers/promises";

import { detailOf, Failure, request } from "./http.mjs";

/** Timeouts in seconds: until an accepted alert is stored, and until it is announced. */
const PROCESSING_SECONDS = Number(process.env.VERIFY_PROCESSING_SECONDS ?? 60);

/** Minimum interval between two announcements (PUSHER_POLLING_INTERVAL, keep/api/tasks/notification_cache.py). */
const ANNOUNCEMENT_SECONDS = 16;

/** An alert of the verification. */
export class AlertJourney {
    #alert = {
        id: `keep-verify-${crypto.randomUUID()}`,
        name: "keep-verify",
        description: "Sent by the verification of this installation, which deletes it.",
        // Resolved and of severity info, so that usual rules create no incident.
        status: "resolved",
        severity: "info",
        source: ["keep-verify"],
        lastReceived: new Date().toISOString(),
    };

    constructor({ backend, processor }, headers, { logs }) {
        this.backend = backend;
        this.processor = processor;
        this.headers = headers;
        this.failed = { part: "backend", next: logs("backend") };
        this.#alert.fingerprint = this.#alert.id;
    }

    /** Sends the alert, and waits until the API returns it. */
    async store() {
        await this.#post();
        const { fingerprint } = this.#alert;
        const query = {
            cel: `fingerprint == "${fingerprint}"`,
            limit: 1,
            offset: 0,
            sort_options: [{ sort_by: "lastReceived", sort_dir: "DESC" }],
        };
        const end = Date.now() + PROCESSING_SECONDS * 1000;
        do {
            const { results = [] } = await (await this.#ask("POST", "/alerts/query", query)).json();
            if (results.some((stored) => stored.fingerprint === fingerprint)) {
                return "sent to the public URL, and stored";
            }
            await sleep(500);
        } while (Date.now() < end);
        throw new Failure(
            `Keep accepts an alert but does not store it within ${PROCESSING_SECONDS} s: the ${this.processor} does not process the queue. ` +
                "When it works again, delete the alert keep-verify in Keep",
        );
    }

    /** Waits for the event. Sends the alert again if another alert was announced in the same interval. */
    async announced(live) {
        if (await live.announced(Math.min(5, PROCESSING_SECONDS))) {
            return "announced on the websocket";
        }
        await sleep(Math.min(ANNOUNCEMENT_SECONDS, PROCESSING_SECONDS) * 1000);
        await this.#post();
        if (await live.announced(PROCESSING_SECONDS)) {
            return "announced on the websocket";
        }
        throw new Failure(
            `no event arrives on the websocket within ${PROCESSING_SECONDS} s of an alert: the ${this.processor} does not reach the websocket server`,
        );
    }

    /** Deletes the alert. Keep only hides it; retention deletes its row (keep/api/routes/alerts.py). */
    async remove() {
        const { fingerprint, lastReceived } = this.#alert;
        await this.#ask("DELETE", "/alerts", { fingerprint, lastReceived });
        return "the alert is deleted";
    }

    async #post() {
        await this.#ask("POST", "/alerts/event", this.#alert, 202);
    }

    async #ask(method, path, body, wanted = 200) {
        const url = this.backend + path;
        const response = await request(url, { method, body, headers: this.headers() });
        if (response.status !== wanted) {
            throw new Failure(`${method} ${url} answers ${response.status}${await detailOf(response)}`, this.failed);
        }
        return response;
    }
}
