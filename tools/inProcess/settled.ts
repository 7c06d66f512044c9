/**
 * Turns of the event loop, one after another, with nothing open and nothing done, after which nothing can happen any more.
 * One would do for promises; module loading hides its work from us for a few.
 */
const IDLE_TURNS = 20;

/**
 * Waits until `work` has ended and all that was started on the way has come to rest; tells whether `work` did end. It
 * gives up on work that can't end any more, because all that could end it has happened.
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

/** The next turn of the event loop: all promises that could go on have gone on by then. */
async function nextTurn(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
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
