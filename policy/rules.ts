import { endsInCredential, isCredential } from "./credentialForms";
import { type Container, containersOf, kindOf, type Pod, podOf, propsOf, type Resource } from "./pods";

/** One mandatory rule. */
export interface Rule {
    readonly description: string;
    /** Violations of the rule, each a sentence with its fix. */
    readonly check: (resource: Resource) => string[];
}

function podRule(description: string, check: (pod: Pod, kind: string) => readonly (string | false)[]): Rule {
    return {
        description,
        check: (resource) => {
            const pod = podOf(resource);
            return pod === undefined ? [] : check(pod, kindOf(resource)).filter((violation) => violation !== false);
        },
    };
}

/** A rule for each container; `wayOut` completes a sentence that begins with the container's name. */
function containerRule(description: string, breaks: (container: Container, pod: Pod) => boolean, wayOut: string): Rule {
    return podRule(description, (pod) =>
        containersOf(pod)
            .filter((container) => breaks(container, pod))
            .map(({ name }) => `Container ${name ?? "without a name"} ${wayOut}.`),
    );
}

/** As in components/fields/images.ts, so that also latest-16-alpine of Soketi is floating. */
function isFloating(image: unknown): boolean {
    if (typeof image !== "string") {
        // The API server rejects an image that is no text.
        return false;
    }
    const [, tag] = /:([^/:@]+)$/.exec(image.replace(/@.*$/, "")) ?? [];
    return !image.includes("@sha256:") && (tag === undefined || /^latest(?![a-z0-9])/.test(tag));
}

type Variable = NonNullable<Container["env"]>[number];

function isPlainSecret(variable: Variable): boolean {
    const value = valueOf(variable);
    return typeof value === "string" && isCredential(variable.name ?? "", value);
}

/** The value of a variable; undefined if a preview does not know it, so that the others are still read. */
function valueOf(variable: Variable): unknown {
    try {
        return variable.value;
    } catch {
        return undefined;
    }
}

/** Probes and hooks of a container. */
function handlersOf({ lifecycle = {}, livenessProbe, readinessProbe, startupProbe }: Container) {
    return [livenessProbe, readinessProbe, startupProbe, lifecycle.postStart, lifecycle.preStop];
}

/** Whether a command, also of a probe or hook, contains a password or key. */
function hasPlainCommand(container: Container): boolean {
    const commands = [
        [...wordsOf(container.command), ...wordsOf(container.args)],
        ...handlersOf(container).map((handler) => wordsOf(handler?.exec?.command)),
    ];
    return commands.some((words) => words.some((_, index) => endsInCredential(words.slice(0, index + 1))));
}

function wordsOf(command: unknown): string[] {
    return command === undefined ? [] : [command].flat().map(String);
}

function hasPlainHeader(container: Container): boolean {
    return handlersOf(container).some((handler) => handler?.httpGet?.httpHeaders?.some(isPlainSecret) === true);
}

function hasSeccomp({ securityContext }: Container, pod: Pod): boolean {
    const type = securityContext?.seccompProfile?.type ?? pod.securityContext?.seccompProfile?.type;
    return type === "RuntimeDefault" || type === "Localhost";
}

function mayBeRoot({ securityContext }: Container, pod: Pod): boolean {
    const user = securityContext?.runAsUser ?? pod.securityContext?.runAsUser;
    return (securityContext?.runAsNonRoot ?? pod.securityContext?.runAsNonRoot) !== true || user === 0;
}

function isPrivileged({ securityContext: context }: Container): boolean {
    const { add = [], drop = [] } = context?.capabilities ?? {};
    return (
        context?.privileged === true ||
        context?.allowPrivilegeEscalation !== false ||
        !drop.includes("ALL") ||
        add.some((capability) => capability !== "NET_BIND_SERVICE")
    );
}

/** Rules for all pods of a stack, by the name of the policy. */
export const rules: Readonly<Record<string, Rule>> = {
    "pinned-images": containerRule(
        "Images carry a version or a digest.",
        ({ image }) => isFloating(image),
        "follows a floating image. Give it a version or a digest",
    ),
    "no-root": containerRule(
        "Nothing runs as root.",
        mayBeRoot,
        "may run as root. Set runAsNonRoot: true, and no runAsUser: 0",
    ),
    "no-privileges": containerRule(
        "Nothing has or gains privileges.",
        isPrivileged,
        "has or may gain privileges. Set allowPrivilegeEscalation: false, and drop all capabilities",
    ),
    seccomp: containerRule(
        "System calls are filtered.",
        (container, pod) => !hasSeccomp(container, pod),
        "has no seccomp profile. Set seccompProfile: {type: RuntimeDefault}",
    ),
    "read-only-root": containerRule(
        "Root file systems are read-only.",
        ({ securityContext }) => securityContext?.readOnlyRootFilesystem !== true,
        "can write to its root. Set readOnlyRootFilesystem: true, and mount an emptyDir where it writes",
    ),
    resources: containerRule(
        "Containers say what they need, and how much memory they may take.",
        ({ resources: { requests = {}, limits = {} } = {} }) =>
            requests.cpu === undefined || requests.memory === undefined || limits.memory === undefined,
        "does not say what it needs. Set requests for cpu and memory, and a limit for memory",
    ),
    "no-plain-secrets": podRule("Secrets reach containers by reference.", (pod) =>
        containersOf(pod).flatMap((container) => {
            const { env = [], name = "without a name" } = container;
            const plain = env.filter(isPlainSecret).map((variable) => variable.name ?? "a variable");
            return [
                ...plain,
                ...(hasPlainCommand(container) ? ["a password or key of its command"] : []),
                ...(hasPlainHeader(container) ? ["a password or key of a probe's header"] : []),
            ].map(
                (what) =>
                    `Container ${name} has ${what} in plain text. Put it into a Secret, and refer to that by valueFrom.`,
            );
        }),
    ),
    probes: podRule("What runs for long says whether it is well.", ({ containers = [] }, kind) =>
        ["DaemonSet", "Deployment", "StatefulSet"].includes(kind)
            ? containers.map(
                  ({ livenessProbe, name, readinessProbe }) =>
                      (livenessProbe === undefined || readinessProbe === undefined) &&
                      `Container ${name ?? "without a name"} cannot say that it is ready or well. Give it a readinessProbe and a livenessProbe.`,
              )
            : [],
    ),
    "no-node-access": podRule("Pods keep off their nodes.", (pod) => [
        (pod.hostNetwork === true || pod.hostPID === true || pod.hostIPC === true) &&
            "The pod shares network, processes or memory with its node. Remove hostNetwork, hostPID and hostIPC.",
        containersOf(pod).some(({ ports = [] }) => ports.some(({ hostPort = 0 }) => hostPort !== 0)) &&
            "The pod takes a port of its node. Remove hostPort, and use a Service.",
        (pod.volumes ?? []).some(({ hostPath }) => hostPath !== undefined) &&
            "The pod mounts a directory of its node. Use a PersistentVolumeClaim or an emptyDir in place of hostPath.",
    ]),
    "no-service-links": podRule("Other Services stay out of the environment.", ({ enableServiceLinks }) => [
        enableServiceLinks !== false &&
            "The pod gets the address of every Service as environment, which Keep's programs misread. Set enableServiceLinks: false.",
    ]),
    "stated-token": podRule("Who gets the service account's token is said.", ({ automountServiceAccountToken }) => [
        automountServiceAccountToken === undefined &&
            "The pod gets its service account's token without saying so. Set automountServiceAccountToken.",
    ]),
    "narrow-roles": {
        description: "Roles name what they allow.",
        check: (resource) => {
            if (!["ClusterRole", "Role"].includes(kindOf(resource))) {
                return [];
            }
            const granted = (propsOf(resource).rules ?? []) as readonly Readonly<Record<string, readonly string[]>>[];
            return granted.some((rule) => ["apiGroups", "resources", "verbs"].some((part) => rule[part]?.includes("*")))
                ? ["The role allows everything of a kind by *. Name groups, resources and verbs."]
                : [];
        },
    },
};
