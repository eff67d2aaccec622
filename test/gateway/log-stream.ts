import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

/** Sends a log chunk by chunk, as the driver writes it; breaks the connection after `dropAfter` chunks. */
export async function sendLog(
  response: ServerResponse,
  chunks: readonly string[],
  millis: number,
  dropAfter: number | null,
): Promise<void> {
  response.writeHead(200, { 'Content-Type': 'application/octet-stream' });
  for (const [i, chunk] of chunks.entries()) {
    if (i === dropAfter) return void response.destroy();
    if (response.destroyed) return;
    response.write(chunk);
    await wait(millis);
  }
  if (dropAfter !== null && dropAfter >= chunks.length) response.destroy();
  else response.end();
}
