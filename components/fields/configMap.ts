/** Maximum size of a ConfigMap in bytes (https://kubernetes.io/docs/concepts/configuration/configmap/). */
export const CONFIG_MAP_LIMIT = 1024 * 1024;
