import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import type { TestCluster } from "../../cluster/connection";
import { type Settings, settingsOf } from "../../cluster/release";
import { pageText } from "../../docs/pages";
import { snippetsOf } from "../../docs/snippets";

/** Stands in for the Pulumi CLI, which is not on the nodes: notes its arguments, and what is piped into it, one call a line. */
const PULUMI = `#!/bin/bash
[ -t 0 ] || [ "$1" != config ] || input=$(timeout 10 cat)
printf '%s\\t%s\\n' "$*" "\${input:-}" >>"$PULUMI_CALLS"
`;

/** A call of the Pulumi CLI. */
export interface PulumiCall {
    readonly command: string;
    /** What was piped into it. */
    readonly input: string;
}

/** The blocks of a language below a heading of a page of docs/. */
export function blocksUnder(page: string, heading: string, language = "bash"): readonly string[] {
    const found = snippetsOf(pageText(`docs/${page}`)).filter(
        (snippet) => snippet.heading === heading && snippet.language === language,
    );
    if (found.length === 0) throw new Error(`docs/${page} has no ${language} below "${heading}".`);
    return found.map(({ text }) => text);
}

/** Settings of the first piece of a stack file below a heading. */
export function settingsUnder(page: string, heading: string): Settings {
    return settingsOf(blocksUnder(page, heading, "yaml")[0] ?? "");
}

/** Runs commands in bash, as an administrator of the cluster. Returns what they print, and the calls of the Pulumi CLI among them. */
export async function runBash(
    { kubeconfig }: TestCluster,
    commands: string,
): Promise<{ readonly printed: string; readonly pulumi: readonly PulumiCall[] }> {
    const folder = mkdtempSync(path.join(tmpdir(), "keep-recipe-"));
    try {
        const calls = path.join(folder, "calls");
        writeFileSync(calls, "");
        writeFileSync(path.join(folder, "pulumi"), PULUMI, { mode: 0o755 });
        const child = spawn("bash", ["-euo", "pipefail", "-c", commands], {
            env: {
                ...process.env,
                KUBECONFIG: kubeconfig,
                PATH: `${folder}:${process.env.PATH ?? ""}`,
                PULUMI_CALLS: calls,
            },
            stdio: ["ignore", "pipe", "pipe"],
        });
        let printed = "";
        const keep = (text: string) => (printed += text);
        child.stdout.setEncoding("utf8").on("data", keep);
        child.stderr.setEncoding("utf8").on("data", keep);
        const code = await new Promise<number | null>((resolve, reject) => {
            child.once("error", reject).once("close", resolve);
        });
        if (code !== 0) throw new Error(`${commands}\n\nended with ${String(code)}, and printed:\n${printed}`);
        const lines = readFileSync(calls, "utf8").split("\n").filter(Boolean);
        const pulumi = lines.map((line) => {
            const [command = "", input = ""] = line.split("\t");
            return { command, input };
        });
        return { printed, pulumi };
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}
