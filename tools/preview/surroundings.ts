/** Where text goes; a terminal gets colors. */
export interface Sink {
    readonly isTTY?: boolean;
    write(text: string): unknown;
}

/** What `npm start` has around it. */
export interface Surroundings {
    /** Folder of index.ts and the stack files. */
    readonly root: string;
    readonly stdout: Sink;
    readonly stderr: Sink;
    /** Variables of the environment; NO_COLOR with any text forbids colors. */
    readonly environment: Readonly<Record<string, string | undefined>>;
}
