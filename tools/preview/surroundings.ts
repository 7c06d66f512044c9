/** A stream for output. */
export interface Sink {
    readonly isTTY?: boolean;
    write(text: string): unknown;
}

/** Folder, streams and environment of `npm start`. */
export interface Surroundings {
    /** Folder with index.ts and the stack files. */
    readonly root: string;
    readonly stdout: Sink;
    readonly stderr: Sink;
    /** Environment variables. A NO_COLOR that is not empty disables colors. */
    readonly environment: Readonly<Record<string, string | undefined>>;
}
