import * as z from "zod";

const config = z.looseObject({ widget_data: z.array(z.unknown()) });
const widget = z.looseObject({
    preset: z.looseObject({ id: z.string(), countOfLastAlerts: z.unknown().optional() }),
});

/**
 * The content of a dashboard with the names of presets in its widgets in place of their ids, which differ between
 * installations. Of the copy of the preset in a widget, Keep reads no more than the id and the number of alerts
 * (keep-ui/app/(keep)/dashboard/widget-types/preset/preset-grid-item.tsx, preset-widget-form.tsx). A preset that does not
 * exist, or only another user sees, stays as it is.
 */
export function withPresetNames(content: unknown, names: ReadonlyMap<string, string>): unknown {
    const { success, data } = config.safeParse(content);
    return success ? { ...data, widget_data: data.widget_data.map((it) => withPresetName(it, names)) } : content;
}

function withPresetName(content: unknown, names: ReadonlyMap<string, string>): unknown {
    const { success, data } = widget.safeParse(content);
    const name = success ? names.get(data.preset.id) : undefined;
    return success && name !== undefined
        ? { ...data, preset: { name, countOfLastAlerts: data.preset.countOfLastAlerts } }
        : content;
}
