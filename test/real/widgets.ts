import assert from "node:assert/strict";

interface Preset {
    readonly id: string;
    readonly name: string;
}

interface Dashboard {
    readonly dashboard_config: { readonly widget_data: readonly { readonly preset: Preset }[] };
}

/** A dashboard with a widget of each preset. In Keep's user interface, a widget has what the API returns of its preset. */
export function dashboardOf(name: string, presets: readonly object[]): object {
    const widgets = presets.map((preset, index) => ({ i: `w-${index}`, preset: { ...preset, countOfLastAlerts: 5 } }));
    return { dashboard_name: name, dashboard_config: { widget_data: widgets, layout: [{ x: 0, y: 1 }] } };
}

/** The widgets of the only dashboard name these presets, and have the ids that they have in Keep. */
export function assertWidgets(contents: Readonly<Record<string, unknown>>, expected: readonly string[]): void {
    const { dashboards, presets } = contents as { dashboards: readonly Dashboard[]; presets: readonly Preset[] };
    const ids = new Map(presets.map(({ id, name }) => [name, id]));
    assert.deepEqual(
        dashboards.flatMap(({ dashboard_config: { widget_data: widgets } }) => widgets.map(({ preset }) => preset)),
        expected.map((name) => ({
            id: ids.get(name) ?? assert.fail(`Keep has no ${name}`),
            name,
            countOfLastAlerts: 5,
        })),
    );
}
