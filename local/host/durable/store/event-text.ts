import * as z from "zod";
import type { HistoryEvent, Message } from "../protocol/history-event.ts";

/** Trusts the rest of the event: nobody but the store writes what is read here. */
function isEvent(value: unknown): boolean {
  return typeof value === "object" && value !== null && "EventType" in value;
}

const history = z.array(z.custom<HistoryEvent>(isEvent));
const message = z.custom<Message>(isEvent);

/** @throws {z.ZodError} when the text is not what {@link historyText} writes. */
export function historyOf(text: string): readonly HistoryEvent[] {
  return history.parse(JSON.parse(text));
}

export function historyText(events: readonly HistoryEvent[]): string {
  return JSON.stringify(events);
}

/** @throws {z.ZodError} when the text is not what {@link messageText} writes. */
export function messageOf(text: string): Message {
  return message.parse(JSON.parse(text));
}

export function messageText(event: Message): string {
  return JSON.stringify(event);
}
