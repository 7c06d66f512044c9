
# Connections of a new pod can fail until its network policies are applied, and a scheduled Job is not repeated
# (https://kubernetes.io/docs/concepts/services-networking/network-policies/#pod-lifecycle). If the server does not answer within a
# minute, the client fails with its own message.
await_server() {
    for _ in $(seq 60); do
        if answers; then return; fi
        sleep 1
    done
}
