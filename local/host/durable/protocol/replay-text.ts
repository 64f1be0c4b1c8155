import { EventType, type HistoryEvent } from "./history-event.ts";

/**
 * The JSON of an event as an orchestrator gets it, or undefined for an event that the SDK never reads. Members that
 * the SDK ignores are left out: it parses the whole history in every turn, so half of the text is half of the time.
 */
export function replayText(event: HistoryEvent, isPlayed: boolean): string | undefined {
  const read = whatIsRead(event);
  return read === undefined
    ? undefined
    : JSON.stringify({ EventType: event.EventType, ...read, IsPlayed: isPlayed });
}

function whatIsRead(event: HistoryEvent): object | undefined {
  if (event.EventType === EventType.OrchestratorStarted) {
    return { Timestamp: event.Timestamp };
  }
  if (event.EventType === EventType.ExecutionStarted) {
    return event;
  }
  if ("TimerId" in event) {
    return { TimerId: event.TimerId };
  }
  if ("TaskScheduledId" in event || event.EventType === EventType.EventRaised) {
    const { EventId: _id, Timestamp: _time, ...read } = event;
    return read;
  }
  return undefined;
}
