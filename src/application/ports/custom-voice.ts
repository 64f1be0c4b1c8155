/** State of something that Azure makes in the background. */
export type MakingState =
  | { readonly state: "running" }
  | { readonly state: "succeeded" }
  /** `reason` is Azure's failure reason, for example `AudioAndScriptNotMatch`. */
  | { readonly state: "failed"; readonly reason: string };

export interface AudioFile {
  readonly fileName: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

export interface ConsentInput {
  readonly id: string;
  readonly projectId: string;
  readonly voiceTalentName: string;
  readonly companyName: string;
  readonly locale: string;
  readonly recording: AudioFile;
}

export interface PersonalVoiceInput {
  readonly id: string;
  readonly projectId: string;
  readonly consentId: string;
  readonly recordings: readonly AudioFile[];
}

/**
 * Azure's custom voice service. Making what is already there changes nothing and succeeds; deleting what is not there
 * succeeds: every call may be repeated.
 *
 * @throws {@link ServiceError} `custom-voice-not-approved`, `custom-voice-refused`, `speech-unauthorized` (not
 * retryable), `speech-throttled`, `custom-voice-unavailable` (retryable).
 */
export interface CustomVoiceService {
  createProject(id: string, kind: "personal" | "professional"): Promise<void>;
  createConsent(input: ConsentInput): Promise<void>;
  consentState(id: string): Promise<MakingState>;
  createPersonalVoice(input: PersonalVoiceInput): Promise<void>;
  personalVoiceState(id: string): Promise<MakingState & { readonly speakerProfileId: string | undefined }>;
  deletePersonalVoice(id: string): Promise<void>;
  deleteConsent(id: string): Promise<void>;
  deleteProject(id: string): Promise<void>;
}
