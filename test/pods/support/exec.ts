import { PassThrough, Readable, Writable } from "node:stream";

import { Exec, KubeConfig } from "@kubernetes/client-node";

/** Where a command runs. */
export interface Place {
    readonly namespace: string;
    readonly pod: string;
    readonly container: string;
}

/** A command that runs in a container of a pod. */
export interface Running {
    /** Ends its standard input. */
    end(): void;
    /** Settles when it has ended: with what it printed, or with an error that says what it complained of. */
    readonly finished: Promise<string>;
    /** Closes the connection without waiting. */
    close(): void;
}

/** What is used of the client's websocket, whose own types are not installed. */
interface Socket {
    on(event: "close", listener: () => void): void;
    close(): void;
}

/** Starts a command in a pod; `input` is on its standard input, which then stays open until `end`. */
export function startIn(
    kubeconfig: string,
    { namespace, pod, container }: Place,
    command: readonly string[],
    input: string,
    onLine: (line: string) => void = () => undefined,
): Running {
    const config = new KubeConfig();
    config.loadFromFile(kubeconfig);
    const stdin = new PassThrough();
    stdin.write(input);
    let printed = "";
    let rest = "";
    let complained = "";
    const stdout = new Writable({
        write(chunk: Buffer, _encoding, done) {
            const lines = (rest + chunk.toString()).split("\n");
            rest = lines.pop() ?? "";
            printed += chunk.toString();
            lines.forEach(onLine);
            done();
        },
    });
    const stderr = new Writable({
        write(chunk: Buffer, _encoding, done) {
            complained = (complained + chunk.toString()).slice(-4000);
            done();
        },
    });
    let socket: Socket | undefined;
    const finished = new Promise<string>((resolve, reject) => {
        new Exec(config)
            .exec(
                namespace,
                pod,
                container,
                [...command],
                stdout,
                stderr,
                Readable.from(stdin),
                false,
                ({ status, message }) => {
                    if (status === "Success") resolve(printed);
                    else reject(new Error(`${command.join(" ")} in ${pod}: ${message ?? "failed"}\n${complained}`));
                },
            )
            .then((opened) => {
                socket = opened as Socket;
                socket.on("close", () => {
                    reject(new Error(`${command.join(" ")} in ${pod}: the connection was closed\n${complained}`));
                });
            }, reject);
    });
    // Whoever closes the connection does not wait for the end.
    finished.catch(() => undefined);
    return { end: () => stdin.end(), finished, close: () => socket?.close() };
}

/** Runs a command in a pod to its end and returns what it printed. */
export async function runIn(kubeconfig: string, place: Place, command: readonly string[], input = ""): Promise<string> {
    const running = startIn(kubeconfig, place, command, input);
    running.end();
    return await running.finished;
}
