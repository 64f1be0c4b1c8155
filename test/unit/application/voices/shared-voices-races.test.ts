import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DocumentCollection, StoredDocument } from "../../../../src/application/ports/documents.ts";
import { FollowedVoices } from "../../../../src/application/voices/followed-voices.ts";
import { makeReconcileSharedVoices } from "../../../../src/application/voices/reconcile-shared-voices.ts";
import {
  ORGANIZATION,
  isSameReference,
  referenceTo,
} from "../../../../src/application/voices/shared-voice.ts";
import { SharedVoices } from "../../../../src/application/voices/shared-voices.ts";
import { updateVoice } from "../../../../src/application/voices/voice-ref.ts";
import { ServiceError } from "../../../../src/domain/errors/service-error.ts";
import type { Voice } from "../../../../src/domain/voice/voice.ts";
import { memoryVoices } from "../../../support/voices/memory-voices.ts";
import { voiceWith } from "../../../support/voices/voice-fixtures.ts";

const ref = { voiceId: "voice_1", ownerId: "user-1" };

const CHANGES = {
  share: { visibility: "organization" },
  withdraw: { visibility: "private" },
  rename: { name: "Guide" },
  "rename back": { name: "Narrator" },
  "begin deletion": { status: "deleting" },
} as const satisfies Readonly<Record<string, Partial<Voice>>>;
const STEPS = [...Object.keys(CHANGES), "remove", "reconcile"] as (
  | keyof typeof CHANGES
  | "remove"
  | "reconcile"
)[];

/** The same collection, where each request and each answer takes its time on the way. */
function distant<T extends StoredDocument>(
  collection: DocumentCollection<T>,
  scheduler: fc.Scheduler,
): DocumentCollection<T> {
  return new Proxy(collection, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name);
      return typeof method !== "function"
        ? method
        : async (...values: readonly unknown[]) => {
            await scheduler.schedule(Promise.resolve(), `${String(name)} is sent`);
            const answer: unknown = await Reflect.apply(method, target, values);
            await scheduler.schedule(Promise.resolve(), `${String(name)} is answered`);
            return answer;
          };
    },
  });
}

function ignoreRefusal(error: unknown): void {
  if (!(error instanceof ServiceError)) {
    throw error;
  }
}

describe("references to shared voices", () => {
  it("end as the voices are, in whatever order writers come to their turns", async () => {
    const writers = fc.array(fc.array(fc.constantFrom(...STEPS), { minLength: 1, maxLength: 2 }), {
      minLength: 2,
      maxLength: 3,
    });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), writers, fc.boolean(), async (scheduler, all, isShared) => {
        const visibility = isShared ? "organization" : "private";
        const { stored, references, logger } = await memoryVoices(voiceWith({ visibility }));
        const far = { voices: distant(stored, scheduler), references: distant(references, scheduler) };
        const shared = new SharedVoices(far);
        const voices = new FollowedVoices({ ...far, shared, logger });
        const reconcile = makeReconcileSharedVoices({ ...far, shared, logger });
        const doStep = async (step: (typeof STEPS)[number]): Promise<unknown> => {
          if (step === "reconcile") {
            return reconcile();
          }
          return step === "remove"
            ? voices.delete(ref.ownerId, ref.voiceId)
            : updateVoice(voices, ref, (voice) => ({ ...voice, ...CHANGES[step] }));
        };
        const write = async (steps: (typeof all)[number]): Promise<void> => {
          for (const step of steps) {
            await doStep(step).catch(ignoreRefusal);
          }
        };

        await scheduler.waitFor(Promise.all(all.map(write)));
        if (logger.lines.length > 0) {
          // A writer that lost ten races has given up, and says so: the timer makes up for it.
          await makeReconcileSharedVoices({
            voices: stored,
            references,
            shared: new SharedVoices({ voices: stored, references }),
            logger,
          })();
        }

        const reference = await references.read(ORGANIZATION, ref.voiceId);
        const wanted = referenceTo(await stored.read(ref.ownerId, ref.voiceId));
        expect(isSameReference(reference, wanted)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
