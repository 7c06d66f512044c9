/** Ports of the Services by name and number, as BackendConfigs of Google and health checks of AWS refer to them. */
export const SERVICE_PORTS: Readonly<Record<string, readonly [string, string]>> = {
    frontend: ["http", "3000"],
    backend: ["http", "8080"],
    websocket: ["websocket", "6001"],
};
