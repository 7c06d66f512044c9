/** Bytes that a ConfigMap may hold (https://kubernetes.io/docs/concepts/configuration/configmap/). */
export const CONFIG_MAP_LIMIT = 1024 * 1024;
