import type { ServerResponse } from "node:http";

/** Answers with a status and an empty body. */
export function endResponse(response: ServerResponse, status: number): void {
  // Unlike writeHead this lets Node announce the length 0.
  response.statusCode = status;
  response.end();
}

/** Before the headers a status, after them a broken connection: never a truncated body that looks whole. */
export function failResponse(response: ServerResponse, status: number): void {
  if (response.writableEnded) {
    return;
  }
  if (response.headersSent) {
    response.destroy();
  } else {
    response.setHeader("connection", "close");
    endResponse(response, status);
  }
}
