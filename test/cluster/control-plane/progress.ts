/** Tells a waiting person that something goes on, and how long it took. */
export interface Progress {
    update(detail: string): void;
    done(): void;
}

/** Time between two lines where lines can't be rewritten, as in a CI log. */
const QUIET = 20_000;

/** Starts to report one piece of work on stderr: a line that rewrites itself on a terminal, a line now and then elsewhere. */
export function progress(title: string): Progress {
    const started = Date.now();
    let last = 0;
    const line = (detail: string) => `${title}: ${detail}, ${Math.round((Date.now() - started) / 1000)} s`;
    return {
        update(detail) {
            const due = process.stderr.isTTY ? 200 : QUIET;
            if (Date.now() - last < due) return;
            last = Date.now();
            process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${line(detail)}` : `${line(detail)}\n`);
        },
        done() {
            process.stderr.write(`${process.stderr.isTTY ? "\r\x1b[K" : ""}${line("done")}\n`);
        },
    };
}
