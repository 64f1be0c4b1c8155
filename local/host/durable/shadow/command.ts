/** What an orchestrator asks for, under the sequence id that its outcome will carry. */
export type Command =
  | {
      readonly kind: "activity";
      readonly id: number;
      readonly name: string;
      /** A JSON array of one element. */
      readonly input: string;
    }
  | { readonly kind: "timer"; readonly id: number; readonly fireAtMs: number }
  | {
      readonly kind: "sub-orchestration";
      readonly id: number;
      readonly name: string;
      readonly instanceId: string | undefined;
      readonly version: string;
      /** JSON text. */
      readonly input: string | null;
    };

type WithoutId<Numbered> = Numbered extends Command ? Omit<Numbered, "id"> : never;

/** A {@link Command} before it has got its id. */
export type UnnumberedCommand = WithoutId<Command>;
