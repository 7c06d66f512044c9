import { hasLater } from "../tokens";
import { balancerAnnotations } from "./alb";
import { GROUP } from "./annotationNames/alb";
import { readingKind } from "./annotationReaders";
import { type AllIngresses, type ExposedConfig, exposedIngresses } from "./settings";

/** An annotation of an Ingress. */
export interface Given {
    /** Its path, or that of the setting that it is from. */
    readonly path: readonly string[];
    readonly name: string;
    readonly value: string;
    /** The value in the stack file. */
    readonly setting: unknown;
}

/** An Ingress that AWS's controller reads. */
export interface Member {
    /** Path of its ingress in the settings. */
    readonly at: readonly string[];
    readonly kind: ExposedConfig["kind"];
    readonly given: readonly Given[];
    readonly annotations: Readonly<Record<string, string>>;
}

/** The Ingresses of one load balancer of AWS, and their group, as far as the settings name it. */
export interface Balancer {
    readonly group: string | undefined;
    readonly members: readonly Member[];
}

/**
 * The load balancers of AWS, as far as the settings say which Ingresses share one: an Ingress without a known group is
 * alone.
 */
export function balancersOf(settings: AllIngresses): Balancer[] {
    const members = exposedIngresses(settings).flatMap((ingress) =>
        readingKind(ingress.config.kind, GROUP) === "alb" ? membersOf(ingress) : [],
    );
    const groupOf = ({ annotations: { [GROUP]: group } }: Member) => (hasLater(group) ? undefined : group);
    const alone = members.filter((member) => groupOf(member) === undefined);
    return [...new Set(members.flatMap((member) => groupOf(member) ?? []))]
        .map((group): Balancer => ({ group, members: members.filter((member) => groupOf(member) === group) }))
        .concat(alone.map((member) => ({ group: undefined, members: [member] })));
}

/** The Ingresses that the program creates for an ingress: for all tiers, and for those with annotations of their own. */
function membersOf({ config, path, tiers }: ReturnType<typeof exposedIngresses>[number]): Member[] {
    const at = path.split(".");
    return annotationsOf(config, at, tiers).map((given) => ({
        at,
        kind: config.kind,
        given,
        annotations: Object.fromEntries(given.map(({ name, value }) => [name, value])),
    }));
}

/** The annotations of each Ingress of an ingress. */
function annotationsOf(config: ExposedConfig, at: readonly string[], tiers: readonly string[]): Given[][] {
    const { annotations, tierAnnotations, tls } = config;
    const given = (key: readonly string[], values: Readonly<Record<string, string>>) =>
        Object.entries(values).map(([name, value]): Given => ({
            path: [...at, ...key, name],
            name,
            value,
            setting: value,
        }));
    const common = given(["annotations"], annotations);
    if (config.kind === "alb") {
        const written = balancerAnnotations(config, tls !== undefined && !tls.terminatedOutside);
        return [
            [
                ...common,
                ...written.map(({ setting, ...one }) => ({ ...one, path: [...at, setting], setting: config[setting] })),
            ],
        ];
    }
    const own = Object.entries(tierAnnotations).filter(
        ([tier, values]) => tiers.includes(tier) && Object.keys(values).length > 0,
    );
    return [
        ...(own.length < tiers.length ? [common] : []),
        ...own.map(([tier, values]) => [
            ...common.filter(({ name }) => !Object.hasOwn(values, name)),
            ...given(["tierAnnotations", tier], values),
        ]),
    ];
}
