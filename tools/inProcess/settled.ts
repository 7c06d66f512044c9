/**
 * Number of consecutive idle turns of the event loop after which nothing can happen any more. For promises, one would
 * be enough, but loading a module takes a few turns in which Node shows no open resource.
 */
const IDLE_TURNS = 20;

/**
 * Waits until `work` and everything that it started have finished. Returns whether `work` has finished: false if it
 * never can, because it waits for a promise that nothing resolves.
 *
 * Node cannot list pending promises. So the work counts as finished if, for several turns of the event loop, no timer,
 * file or socket is open that was not open before.
 */
export async function settled(work: Promise<unknown>, openBefore: OpenResources): Promise<boolean> {
    const state = { ended: false };
    const end = () => {
        state.ended = true;
    };
    work.then(end, end);
    for (let idle = 0; idle < IDLE_TURNS;) {
        const { ended } = state;
        await nextTurn();
        if (openBefore.hasMore()) {
            await new Promise((resolve) => setTimeout(resolve, 1));
            idle = 0;
        } else {
            idle = ended === state.ended ? idle + 1 : 0;
        }
    }
    return state.ended;
}

/** Waits for the next turn of the event loop, in which all resolved promises have continued. */
async function nextTurn(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
}

/** The resources that keep the event loop alive when it is constructed: timers, files, sockets. */
export class OpenResources {
    private readonly counts = count();

    /** Whether more resources are open now. */
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
