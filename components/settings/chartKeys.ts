/** Names of keys that Helm charts, such as Keep's, have in objects, each with the names of the same setting here. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
    bucketName: ["bucket"],
    class: ["className"],
    database: ["name"],
    dbname: ["name"],
    envFromSecret: ["envFrom"],
    extraContainers: ["sidecars"],
    extraEnv: ["env"],
    extraEnvVars: ["env"],
    extraInitContainers: ["initContainers"],
    extraVolumeMounts: ["volumeMounts"],
    extraVolumes: ["volumes"],
    ingressClassName: ["className"],
    replicaCount: ["replicas", "instances"],
    replicas: ["instances"],
    type: ["kind"],
    user: ["username"],
    username: ["user"],
};

/** Objects that a kind switches off. */
const OPTIONAL: readonly string[] = ["backup", "ingress", "redis", "websocket"];

const OF_CLASS = "Set keep:ingress.kind to that of the controller. Some kinds have keep:ingress.className as well";
const OF_REPLICAS = "Only keep:database.kind cloudnativepg has replicas, as keep:database.instances";

/** Keys of charts that are a setting elsewhere, or of one kind only, each with the fix. */
const FIXES: Readonly<Record<string, string>> = {
    adminPassword: "Perhaps you meant keep:firstUserPassword",
    openaiKey: "Perhaps you meant keep:openaiApiKey",
    "ingress.host": "Set the URL of the host as keep:publicUrl",
    "ingress.hosts":
        "Set the URL of the first host as keep:publicUrl, and list further hosts in keep:ingress.extraHosts",
    "ingress.class": OF_CLASS,
    "ingress.ingressClassName": OF_CLASS,
    "database.replicas": OF_REPLICAS,
    "database.replicaCount": OF_REPLICAS,
};

/**
 * The fix for a key of a Helm chart, as a sentence without a full stop; undefined for other keys.
 * @param siblings the settings of the same object
 * @param hasKind whether the object's kind is given; if not, the siblings are those of the default kind
 */
export function chartKeyFix(
    path: readonly string[],
    siblings: readonly string[],
    hasKind: boolean,
): string | undefined {
    const key = path.join(".");
    const fix = Object.hasOwn(FIXES, key) ? FIXES[key] : undefined;
    if (fix !== undefined && !hasKind) {
        return fix;
    }
    const outer = path.slice(0, -1);
    const name = path[outer.length] ?? "";
    const same = Object.hasOwn(NAMES, name) ? NAMES[name]?.find((other) => siblings.includes(other)) : undefined;
    if (same !== undefined && outer.length > 0) {
        return `Perhaps you meant keep:${[...outer, same].join(".")}`;
    }
    const object = outer.join(".");
    if (name === "enabled" && siblings.includes("kind")) {
        return OPTIONAL.includes(object)
            ? `Remove it. To switch it off, set keep:${object}.kind to none`
            : `Remove it, and choose keep:${object}.kind`;
    }
    return fix;
}
