package alerting;

import com.pulumi.Context;
import com.pulumi.Pulumi;
import com.pulumi.keep.Keep;
import com.pulumi.keep.KeepArgs;
import com.pulumi.keep.inputs.BackendArgs;
import com.pulumi.keep.inputs.DatabaseArgs;
import com.pulumi.keep.inputs.IngressArgs;
import com.pulumi.keep.inputs.IngressTlsArgs;
import com.pulumi.keep.outputs.Urls;
import java.util.Map;

/**
 * Keep with an external database, whose URL is an encrypted value of the configuration.
 * {@code pulumi package add ../..} generates the package com.pulumi.keep.
 */
public final class App {
    public static void main(String[] args) {
        Pulumi.run(App::alerting);
    }

    private static void alerting(Context context) {
        var alerting = new Keep("alerting", KeepArgs.builder()
            .publicUrl("https://keep.example.com")
            .ingress(IngressArgs.builder()
                .kind("traefik")
                .tls(IngressTlsArgs.builder().clusterIssuer("letsencrypt").build())
                .build())
            .database(DatabaseArgs.builder().kind("external").engine("postgres").build())
            .databaseUrl(context.config().requireSecret("databaseUrl"))
            .backend(BackendArgs.builder().replicas(2).build())
            .build());

        context.export("address", alerting.urls().applyValue(Urls::frontend));
        // Pulumi's SDK for Java exports no typed objects.
        context.export("firstUser", alerting.firstUser()
            .applyValue(user -> user.map(known -> Map.of("username", known.username(), "secret", known.secret()))));
    }
}
