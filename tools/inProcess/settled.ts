/** Turns of the event loop without anything to wait for after which nothing can happen any more. */
const IDLE_TURNS = 20;

/** The next turn of the event loop: all promises that could go on have gone on by then. */
export async function nextTurn(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
}

/**
 * Waits for `work` and tells whether it ended; false when it never will, because all that could end it has happened.
 *
 * A promise that hangs leaves no trace in Node: what can be seen is that no timer, file or socket is open that was not
 * open before, turn after turn.
 */
export async function settled(work: Promise<unknown>, openBefore: OpenResources): Promise<boolean> {
    const state = { ended: false };
    const end = () => {
        state.ended = true;
    };
    work.then(end, end);
    for (let idle = 0; !state.ended && idle < IDLE_TURNS;) {
        await nextTurn();
        if (openBefore.hasMore()) {
            idle = 0;
            await new Promise((resolve) => setTimeout(resolve, 1));
        } else {
            idle++;
        }
    }
    return state.ended;
}

/** What keeps the event loop alive at one moment: timers, files, sockets. */
export class OpenResources {
    private readonly counts = count();

    /** Whether there is anything open now that was not then. */
    public hasMore(): boolean {
        return [...count()].some(([kind, now]) => now > (this.counts.get(kind) ?? 0));
    }
}

function count(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const kind of process.getActiveResourcesInfo()) {
        if (kind !== "Immediate") {
            counts.set(kind, (counts.get(kind) ?? 0) + 1);
        }
    }
    return counts;
}
