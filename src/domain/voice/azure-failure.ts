import type { VoiceFailure } from "./voice.ts";

type Decoded = Pick<VoiceFailure, "message" | "recovery"> & {
  readonly code: "consent-mismatch" | "training-failed";
};

/** Azure's failure reasons, and what a person does about each. */
const REASONS: Readonly<Record<string, Decoded>> = {
  AudioAndScriptNotMatch: {
    code: "consent-mismatch",
    message: "The consent recording does not say the prescribed statement with the given names.",
    recovery: [
      "Record the exact sentence of GET /api/v1/consents/statement, with both names as given.",
      "Train a new voice with the new consent.",
    ],
  },
  SpeakerVerificationFailed: {
    code: "training-failed",
    message: "The speaker of the samples is not the speaker of the consent.",
    recovery: ["Let the same person record consent and samples, then train a new voice."],
  },
  InaccessibleCustomerStorage: {
    code: "training-failed",
    message: "Azure could not read the samples: the link to the storage account has expired or is blocked.",
    recovery: [
      "The operator lets the Speech resource reach the storage account.",
      "Then POST /api/v1/voices/{id}/retry.",
    ],
  },
  TerminateByUser: {
    code: "training-failed",
    message: "The training was ended in Azure.",
    recovery: ["POST /api/v1/voices/{id}/retry to train again."],
  },
  DataNotReady: {
    code: "training-failed",
    message: "The training data was not ready.",
    recovery: ["Wait some minutes, then POST /api/v1/voices/{id}/retry."],
  },
  DataNotEnough: {
    code: "training-failed",
    message: "Too few samples were left after Azure had processed them.",
    recovery: [
      "Run POST /api/v1/voices/preflight, mend what it names, and train a new voice with more recordings.",
    ],
  },
};

/** Decodes a failure reason of Azure into what happened and what to do. */
export function decodeAzureFailure(reason: string): Decoded {
  return (
    REASONS[reason] ?? {
      code: "training-failed",
      message: `Azure gave up without a cause that we know: ${reason}.`,
      recovery: ["POST /api/v1/voices/{id}/retry; if it fails again, tell the operator."],
    }
  );
}
