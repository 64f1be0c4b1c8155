/** What faults and counts know this stand-in by. */
export const SPEECH_SERVICE = "speech";
