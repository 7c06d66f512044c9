import { readFileSync } from "node:fs";
import path from "node:path";

import type { ConfigMap, EngineEvent, Stack } from "@pulumi/pulumi/automation";

import type { Settings } from "../cluster/release";

/** What one command of the engine did. */
export interface Run {
    /** Each changed resource as "<operation> <kind> <logical name>", sorted; components and the stack itself left out. */
    readonly changes: readonly string[];
    /** What the engine printed for people. */
    readonly text: string;
}

/** A command that failed, with all it did and printed until then. */
export class RunFailed extends Error {
    constructor(readonly run: Run) {
        super(run.text);
    }
}

const OPERATIONS: readonly string[] = ["create", "update", "delete", "replace"];

interface Options {
    readonly onOutput: (text: string) => void;
    readonly onError: (text: string) => void;
    readonly onEvent: (event: EngineEvent) => void;
}

/** One stack of the real program under the real engine. Everything that a command prints is kept, to be searched. */
export class TestStack {
    private printed = "";

    constructor(
        private readonly stack: Stack,
        private readonly stateFolder: string,
    ) {}

    /** All that the engine has printed for this stack. */
    get transcript(): string {
        return this.printed;
    }

    /** Replaces the plain settings of the stack file (keys with a colon as they stand, others as `keep:…`). */
    async configure(settings: Settings): Promise<void> {
        const { workspace, name } = this.stack;
        const old = await workspace.stackSettings(name);
        const isSecret = (value: unknown) => typeof value === "object" && value !== null && "secure" in value;
        const secrets = Object.entries(old.config ?? {}).filter(([, value]) => isSecret(value));
        const plain = Object.entries(settings).map(([key, value]) => [key.includes(":") ? key : `keep:${key}`, value]);
        await workspace.saveStackSettings(name, {
            ...old,
            config: Object.fromEntries([...plain, ...secrets]) as Record<string, string>,
        });
    }

    /** Sets secret keys, as `pulumi config set --secret` does. */
    async setSecrets(secrets: Readonly<Record<string, string>>): Promise<void> {
        const config = Object.entries(secrets).map(([key, value]) => [`keep:${key}`, { value, secret: true }]);
        await this.stack.setAllConfig(Object.fromEntries(config) as ConfigMap);
    }

    /** `pulumi up`. The signal interrupts it as Ctrl-C does. */
    async up(watch: { readonly signal?: AbortSignal; readonly onOutput?: (text: string) => void } = {}): Promise<Run> {
        return await this.run((options) =>
            this.stack.up({
                ...options,
                ...(watch.signal === undefined ? {} : { signal: watch.signal }),
                onOutput: (text) => {
                    options.onOutput(text);
                    watch.onOutput?.(text);
                },
            }),
        );
    }

    /** `pulumi preview`. */
    async preview(): Promise<Run> {
        return await this.run((options) => this.stack.preview(options));
    }

    /** The nightly look for drift of the workflows: `pulumi preview --refresh --expect-no-changes`. */
    async lookForDrift(): Promise<Run> {
        return await this.run((options) => this.stack.preview({ ...options, refresh: true, expectNoChanges: true }));
    }

    /** `pulumi refresh`; its changes are the drift. */
    async refresh(): Promise<Run> {
        return await this.run((options) => this.stack.refresh(options));
    }

    /** `pulumi destroy`. */
    async destroy(): Promise<Run> {
        return await this.run((options) => this.stack.destroy(options));
    }

    /** Value of an output, secret or not. */
    async output(name: string): Promise<unknown> {
        return (await this.stack.outputs())[name]?.value as unknown;
    }

    /** The state file as it stands on the disk; the Automation API would export it decrypted. */
    state(): string {
        return readFileSync(
            path.join(this.stateFolder, ".pulumi", "stacks", "keep", `${this.stack.name}.json`),
            "utf8",
        );
    }

    private async run(command: (options: Options) => Promise<unknown>): Promise<Run> {
        const changes = new Set<string>();
        let text = "";
        const keep = (more: string) => {
            text += more;
        };
        const onEvent = (event: EngineEvent) => {
            const change = changeOf(event);
            if (change !== undefined) changes.add(change);
        };
        const failure = await command({ onOutput: keep, onError: keep, onEvent }).then(
            () => undefined,
            (error: unknown) => String(error),
        );
        this.printed += text;
        const run = { changes: [...changes].sort(), text: text === "" ? (failure ?? "") : text };
        if (failure !== undefined) throw new RunFailed(run);
        return run;
    }
}

function changeOf({ resOutputsEvent }: EngineEvent): string | undefined {
    if (resOutputsEvent === undefined) return undefined;
    const { op, type, urn } = resOutputsEvent.metadata;
    const ours = type.startsWith("keep:") || type.startsWith("pulumi:");
    if (ours || !OPERATIONS.includes(op)) return undefined;
    return `${op} ${type.split(":").at(-1) ?? type} ${urn.split("::").at(-1) ?? urn}`;
}
