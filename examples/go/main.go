// Keep with an external database, and a label that another resource generates.
// `pulumi package add ../..` generates the package keep.
package main

import (
	"github.com/keep-on-pulumi/keep-on-pulumi/sdk/go/keep"
	"github.com/pulumi/pulumi-random/sdk/v4/go/random"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		team, err := random.NewRandomPet(ctx, "team", &random.RandomPetArgs{})
		if err != nil {
			return err
		}
		alerting, err := keep.NewKeep(ctx, "alerting", &keep.KeepArgs{
			PublicUrl: "https://keep.example.com",
			Labels:    map[string]pulumi.StringInput{"team": team.ID()},
			Ingress: &keep.IngressArgs{
				Kind: pulumi.StringRef("traefik"),
				Tls:  &keep.IngressTlsArgs{ClusterIssuer: pulumi.String("letsencrypt")},
			},
			Database: &keep.DatabaseArgs{
				Kind:   pulumi.StringRef("external"),
				Engine: pulumi.StringRef("postgres"),
			},
			DatabaseUrl: config.RequireSecret(ctx, "databaseUrl"),
			Backend:     &keep.BackendArgs{Replicas: pulumi.IntRef(2)},
		})
		if err != nil {
			return err
		}
		ctx.Export("address", alerting.Urls.Frontend())
		ctx.Export("firstUser", alerting.FirstUser)
		return nil
	})
}
