import type { SecretClientOptions } from "@azure/keyvault-secrets";

/** Lets the official client talk to a vault with this certificate, which is no vault of Azure. */
export function trusting(certificate: string): SecretClientOptions {
  return {
    disableChallengeResourceVerification: true,
    retryOptions: { maxRetries: 0 },
    additionalPolicies: [
      {
        position: "perCall",
        policy: {
          name: "trustStandIn",
          sendRequest: (request, next) => {
            request.tlsSettings = { ca: certificate };
            return next(request);
          },
        },
      },
    ],
  };
}
