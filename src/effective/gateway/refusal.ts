/** Why the gateway does not create the application: an HTTP status and the sentence of its JSON answer. */
export interface Refusal {
  readonly refused: true;
  readonly status: 400 | 401 | 500;
  readonly message: string;
}

/** A refusal that the gateway words itself. */
export function refuse(status: 400 | 500, sentence: string): Refusal {
  return { refused: true, status, message: `jakarta.ws.rs.WebApplicationException: ${sentence}` };
}

/** A fault that the gateway did not expect; its name is part of the answer. */
export function fault(exception: string, sentence: string): Refusal {
  return { refused: true, status: 500, message: `${exception}: ${sentence}` };
}

/** True for a refusal, false for whatever else a step can result in. */
export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'refused' in value;
}
