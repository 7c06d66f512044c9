/** Time between two looks at the API's state. */
const PERIOD = 150;

/** Waits until a condition holds; throws with its name when the deadline passes. */
export async function until(what: string, timeout: number, condition: () => boolean | Promise<boolean>): Promise<void> {
    const deadline = Date.now() + timeout;
    for (;;) {
        const last = await Promise.resolve()
            .then(condition)
            .catch((error: unknown) => {
                if (isConnectionError(error)) return false;
                throw error;
            });
        if (last) return;
        if (Date.now() > deadline) throw new Error(`Waited ${Math.round(timeout / 1000)} s in vain until ${what}.`);
        await pause();
    }
}

/** Looks again and again until there is nothing to complain of; what is still found at the deadline is the answer. */
export async function settledFindings(
    timeout: number,
    look: () => Promise<readonly string[]>,
): Promise<readonly string[]> {
    const deadline = Date.now() + timeout;
    for (;;) {
        const findings = await look();
        if (findings.length === 0 || Date.now() > deadline) return findings;
        await pause();
    }
}

async function pause(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, PERIOD));
}

/** Nobody listens yet: what a server that starts looks like. */
function isConnectionError(error: unknown): boolean {
    return error instanceof Error && "code" in error && (error.code === "ECONNREFUSED" || error.code === "ECONNRESET");
}
