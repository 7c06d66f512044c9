// Checks an installation as its users meet it: at its public URL, from outside. `npm run verify` runs this program on your machine, the
// Job of keep:verify in the image of the user interface. It therefore needs nothing but Node 20 with --experimental-websocket.
//
// VERIFY_TARGET                       what to check, as JSON: the `Target` of target.ts
// VERIFY_USERNAME, VERIFY_PASSWORD    the first user, with local users
// VERIFY_API_KEY                      an API key of role admin, where an identity provider signs people in
// VERIFY_PUSHER_APP_KEY               key of the websocket server, where the user interface cannot be asked for it
// VERIFY_WAIT_SECONDS                 how long failing checks are repeated; default: 0
//
// Exit codes: 0 all checks passed, 1 one has failed.
import { setTimeout as sleep } from "node:timers/promises";

import { checksOf } from "./checks.mjs";
import { describeError, Failure } from "./http.mjs";

const target = JSON.parse(process.env.VERIFY_TARGET ?? "{}");
const deadline = Date.now() + Number(process.env.VERIFY_WAIT_SECONDS ?? 0) * 1000;

const { namespace, release, route } = target;
const kubectl = `kubectl -n ${namespace}`;
const names = (tiers) => tiers.map((tier) => `deployment/${release}-${tier}`).join(" ");
const commands = {
    kubectl,
    logs: (tier) => `${kubectl} logs ${names([tier])} --tail=50`,
    restart: (...tiers) => `${kubectl} rollout restart ${names(tiers)}`,
    routes: `${kubectl} describe ${route}`,
};

/** Repeats a check until it passes or the time is over. */
async function attempt({ run, part, next }) {
    for (;;) {
        try {
            return { mark: "✓", text: await run() };
        } catch (error) {
            if (Date.now() >= deadline) {
                const own = error instanceof Failure ? error : {};
                return { mark: "✗", text: `${own.part ?? part}: ${describeError(error)}`, next: own.next ?? next };
            }
            await sleep(1000);
        }
    }
}

const missing = new Set();
let failures = 0;
for (const { name, needs = [], without, ...check } of checksOf(target, commands)) {
    const unmet = needs.find((need) => missing.has(need));
    const reason = without ?? (unmet === undefined ? undefined : `needs ${unmet}`);
    const { mark, text, next } =
        reason === undefined ? await attempt(check) : { mark: "-", text: `skipped: ${reason}` };
    console.log(`${mark} ${name.padEnd(12)} ${text}`);
    if (next !== undefined) {
        console.log(`  ${"next".padEnd(12)} ${next}`);
    }
    failures += mark === "✗" ? 1 : 0;
    if (mark === "✗" || unmet !== undefined) {
        missing.add(name);
    }
}
// A websocket whose server does not answer to its end would keep the process running.
process.exit(failures === 0 ? 0 : 1);
