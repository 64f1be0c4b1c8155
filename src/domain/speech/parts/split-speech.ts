import { hasSpeech } from "../spoken-text.ts";
import type { SsmlNode } from "../ssml/ssml-tree.ts";
import { cutTrack } from "./cut-track.ts";
import type { PartLimits } from "./part-limits.ts";
import { sliceNodes } from "./slice-nodes.ts";
import { SpeechTrack } from "./speech-track.ts";

/** Divides the voices of a document into parts, each of which the service accepts. */
export function splitSpeech(
  voices: readonly SsmlNode[],
  limits: PartLimits,
  locale: string,
): readonly (readonly SsmlNode[])[] {
  const track = new SpeechTrack(voices);
  const cuts = cutTrack(track, limits, locale);
  if (cuts.length === 2) {
    return [voices];
  }
  return cuts.slice(1).flatMap((end, index) => {
    const start = cuts[index] ?? 0;
    const part = sliceNodes(voices, { start, end, isLast: end === track.text.length });
    return hasSpeech(track.text.slice(start, end)) || hasPause(part) ? [part] : [];
  });
}

function hasPause(nodes: readonly SsmlNode[]): boolean {
  return nodes.some((node) => node.kind === "element" && (node.name === "break" || hasPause(node.children)));
}
