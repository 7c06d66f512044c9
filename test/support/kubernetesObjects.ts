import { type Attribute, attributesOf, structureOf } from "../../components/fields/kubernetes/structure";
import type { Random } from "./random";
import { KUBERNETES_OBJECTS } from "./sampleObjects";
import { QUANTITIES } from "./sampleValues";

type Fields = Record<string, unknown>;

/** Words that fields of Kubernetes take, and some that they do not. */
const WORDS: readonly string[] = [
    ...[
        "Always",
        "Never",
        "IfNotPresent",
        "OnFailure",
        "File",
        "FallbackToLogsOnError",
        "TCP",
        "UDP",
        "SCTP",
        "HTTP",
        "HTTPS",
    ],
    ...["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt", "Equal", "NoSchedule", "PreferNoSchedule", "NoExecute"],
    ...["DoNotSchedule", "ScheduleAnyway", "Honor", "Ignore", "Pods", "Percent", "Max", "Min", "Disabled", "Enabled"],
    ...[
        "Memory",
        "HugePages",
        "Directory",
        "File",
        "Socket",
        "ReadWriteOnce",
        "ReadOnlyMany",
        "ReadWriteOncePod",
        "Filesystem",
    ],
    ...[
        "Block",
        "Retain",
        "Delete",
        "Recycle",
        "Default",
        "Unmasked",
        "RuntimeDefault",
        "Unconfined",
        "Localhost",
        "SIGTERM",
    ],
    ...[
        "None",
        "HostToContainer",
        "Bidirectional",
        "IfPossible",
        "NotRequired",
        "RestartContainer",
        "ALL",
        "NET_BIND_SERVICE",
    ],
    ...[
        "metadata.name",
        "metadata.labels",
        "status.podIP",
        "limits.cpu",
        "requests.memory",
        "http",
        "tmp",
        "extra",
        "v1",
    ],
    ...[
        "a",
        "a.b",
        "A_B",
        "",
        "../a",
        "/a",
        "/a/../b",
        "a/b",
        "10.0.0.5",
        "::1",
        "zone",
        "-1",
        "5",
        "1Gi",
        "100m",
        "nvidia.com/gpu",
    ],
];

/** Numbers at the limits of fields of Kubernetes. */
const NUMBERS: readonly number[] = [
    0, 1, 2, 5, 10, 30, 31, 60, 100, 101, 255, 256, 511, 512, 600, 1800, 1801, 3600, 3601, 65535, 65536, 2147483647, -1,
    0.5,
];

/** Deep enough for a whole object in a field that was not there. */
const MOST_LEVELS = 3;

/** An object for a setting that is passed through to Kubernetes: one that is right, in which some fields of any depth have other values. */
export function kubernetesObjectFor(setting: string, random: Random): object {
    const { type, objects } = KUBERNETES_OBJECTS[setting] ?? { type: "", objects: [] };
    const object = structuredClone(random.pick(objects)) as Fields;
    for (let changes = random.pick([0, 0, 1, 1, 2, 3]); changes > 0; changes -= 1) {
        const part = random.pick(structureOf(type, object).parts);
        const attribute = random.pick(attributesOf(part.type));
        (part.value as Fields)[attribute.baseName] = valueFor(attribute, attribute.type, random, 1);
    }
    return object;
}

function valueFor(attribute: Attribute, type: string, random: Random, level: number): unknown {
    const [, item] = /^Array<(.*)>$/.exec(type) ?? [];
    if (item !== undefined) {
        const length = random.pick([0, 1, 1, 2]);
        return Array.from({ length }, () => valueFor(attribute, item, random, level));
    }
    if (type.startsWith("{")) {
        return { [random.pick(WORDS)]: random.pick([...WORDS, ...QUANTITIES]) };
    }
    if (/^(Core)?V\d[A-Z]/.test(type)) {
        const known = attributesOf(type).filter(() => level < MOST_LEVELS && random.number() < 0.5);
        return Object.fromEntries(known.map((one) => [one.baseName, valueFor(one, one.type, random, level + 1)]));
    }
    switch (type) {
        case "boolean":
            return random.number() < 0.5;
        case "number":
            return random.pick(NUMBERS);
        case "IntOrString":
            return random.pick([...NUMBERS, ...WORDS]);
        default:
            return random.pick(WORDS);
    }
}
