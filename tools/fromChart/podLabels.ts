import type { Draft } from "./draft";
import { type ChartValues, isRecord, own, text } from "./row";
import { mapped, required, type Selected, withSelectors } from "./selectors";

const CHART = "helm.sh/chart";
const COMPONENT = "app.kubernetes.io/component";
const INSTANCE = "app.kubernetes.io/instance";
const NAME = "app.kubernetes.io/name";
/** A label of the chart's own with the values of the component, which only adopted releases keep. */
const OWN_COMPONENT = "keep-component";

/** Components of the chart with pods. They have the same names in the stack. */
const COMPONENTS = ["backend", "frontend", "websocket", "database"];

/** Settings of a component with selectors of pods. */
const WITH_SELECTORS = ["affinity", "topologySpread"];

/** Names in the labels of pods. */
interface Names {
    /** Label of the name in the chart: its nameOverride. */
    readonly chart: string;
    /** Label of the instance in the chart; undefined: the values do not contain it. */
    readonly helmRelease: string | undefined;
    /** Label of the instance in the stack. */
    readonly release: string;
}

/**
 * Makes selectors of the chart's pods (charts/keep/templates/_helpers.tpl, keep.labels) select the stack's pods
 * (components/naming.ts). Selectors of other applications are unchanged.
 */
export function fitSelectors(draft: Draft, values: ChartValues): void {
    const { adopt, release } = draft.settings;
    const names = {
        chart: text(values.nameOverride) ?? "keep",
        helmRelease: text(own(adopt, "helmRelease")),
        release: text(release) ?? "keep",
    };
    for (const component of COMPONENTS) {
        const settings = draft.settings[component];
        for (const field of WITH_SELECTORS.filter((name) => own(settings, name) !== undefined)) {
            if (isRecord(settings)) {
                const fitted = (selected: Selected) => {
                    noteInstance(draft, `${component}.${field}`, selected, names);
                    return isOfChart(selected, names) ? ofStack(selected.selector, names) : selected.selector;
                };
                settings[field] = withSelectors(settings[field], fitted, ownKey);
            }
        }
    }
}

/** The affinity of API pods for workers, whose pods are others: workers keep away from workers, not from API pods. */
export function ofWorkers(affinity: unknown, { settings }: Draft): unknown {
    const release = text(settings.release) ?? "keep";
    const names = { chart: "keep", helmRelease: release, release };
    const ofWorker = (key: string, value: unknown) => (key === COMPONENT && value === "backend" ? "worker" : value);
    return isRecord(affinity) && isRecord(affinity.podAntiAffinity)
        ? {
              ...affinity,
              podAntiAffinity: withSelectors(affinity.podAntiAffinity, (selected) =>
                  isOfChart(selected, names) ? mapped(selected.selector, (key) => key, ofWorker) : selected.selector,
              ),
          }
        : affinity;
}

function ownKey(key: unknown): unknown {
    return key === OWN_COMPONENT ? COMPONENT : key;
}

/**
 * Whether a selector is one of the chart's pods: no label is of another application, and one is of the chart. The
 * component alone proves it in the own namespace, because the values are those of Keep's chart.
 */
function isOfChart({ selector, isElsewhere }: Selected, { chart, helmRelease }: Names): boolean {
    const [charts, components, instances, name] = [CHART, COMPONENT, INSTANCE, NAME].map((label) =>
        required(selector, label),
    );
    const isLacking = (given: readonly string[] = [], isOurs: (value: string) => boolean) =>
        given.length > 0 && !given.some(isOurs);
    const isComponent = (value: string) => COMPONENTS.includes(value);
    if (
        isLacking(name, (value) => value === chart) ||
        isLacking(charts, (value) => /^keep-[0-9]/.test(value)) ||
        isLacking(components, isComponent) ||
        (helmRelease !== undefined && isLacking(instances, (value) => value === helmRelease))
    ) {
        return false;
    }
    const keys = JSON.stringify(selector);
    return (
        keys.includes(`"${OWN_COMPONENT}"`) ||
        [name, charts, helmRelease === undefined ? [] : instances].some((given) => given?.length !== 0) ||
        (!isElsewhere && components?.some(isComponent) === true)
    );
}

/** The instance that is the chart's in a selector; undefined if it is unknown. */
function instanceOf(selector: unknown, { helmRelease }: Names): string | undefined {
    const [only, ...others] = required(selector, INSTANCE);
    return helmRelease ?? (others.length === 0 ? only : undefined);
}

function ofStack(selector: unknown, names: Names): unknown {
    const instance = instanceOf(selector, names);
    return mapped(
        selector,
        // The version is that of the chart's Keep, which the stack's pods do not have.
        (key) => (key === "app.kubernetes.io/version" ? undefined : key === CHART ? NAME : String(ownKey(key))),
        (key, value) => {
            switch (key) {
                case CHART:
                    return "keep";
                case NAME:
                    return value === names.chart ? "keep" : value;
                case INSTANCE:
                    return value === instance ? names.release : value;
                case "app.kubernetes.io/managed-by":
                    return value === "Helm" ? "Pulumi" : value;
                default:
                    return value;
            }
        },
    );
}

/** Adds a note about an instance that may be the Helm release, which the values do not contain. */
function noteInstance(draft: Draft, path: string, selected: Selected, names: Names): void {
    const { selector, isElsewhere } = selected;
    const [instance] = required(selector, INSTANCE);
    const isOther = isElsewhere || required(selector, NAME).length + required(selector, COMPONENT).length > 0;
    if (names.helmRelease !== undefined || instance === undefined || instance === names.release) {
        return;
    }
    if (isOfChart(selected, names) && instanceOf(selector, names) === instance) {
        draft.note(
            `keep:${path}: ${INSTANCE} ${instance} is taken for Keep's Helm release, so it is ${names.release} here, as on the stack's pods. If it is another application, write ${instance} again.`,
            path,
        );
    } else if (!isOther) {
        draft.note(
            `keep:${path}: if ${INSTANCE} ${instance} is Keep's Helm release, write ${names.release}, the instance of the stack's pods.`,
            path,
        );
    }
}
