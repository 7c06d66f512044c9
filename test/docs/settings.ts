/** Settings of Keep, below `config:` as in a stack file or right at the top; undefined for YAML of another kind. */
export function settingsIn(content: unknown): Record<string, unknown> | undefined {
    if (typeof content !== "object" || content === null) {
        return undefined;
    }
    // A Stack of the Pulumi Kubernetes Operator has its settings one level deeper, and so has an environment of Pulumi ESC.
    const inner = "spec" in content ? content.spec : "values" in content ? content.values : content;
    const whole = inner as object;
    const config = "config" in whole ? whole.config : "pulumiConfig" in whole ? whole.pulumiConfig : whole;
    return Object.keys(config as object).some((key) => key.startsWith("keep:"))
        ? (config as Record<string, unknown>)
        : undefined;
}
