import { AppError } from "#lib/core/errors.ts";
import { duplicateKey } from "./duplicate-key.ts";

export const maxBodyBytes = 1_000_000;

/** A refusal whose HTTP status is not the code's usual one. */
export class BodyError extends AppError {
  readonly status: 400 | 413 | 415;
  constructor(status: 400 | 413 | 415, message: string) {
    super("INVALID", message, { errors: [{ path: "", message }] });
    this.status = status;
  }
}

/**
 * The JSON body of a request and the bytes it came as. Throws BodyError: 415 when it does not say it is JSON,
 * 413 beyond 1 MB, 400 when it cannot be read or gives a key twice.
 */
export async function readJsonBody(request: Request): Promise<{ value: unknown; bytes: Uint8Array }> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    throw new BodyError(415, "Send JSON, with the header Content-Type: application/json.");
  }
  const bytes = await readBytes(request);
  return { value: parseJson(bytes), bytes };
}

function parseJson(bytes: Uint8Array): unknown {
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    value = JSON.parse(text);
  } catch {
    throw new BodyError(400, "The body is not JSON in UTF-8; check it with a JSON tool.");
  }
  const twice = duplicateKey(text);
  if (twice !== null) {
    throw new BodyError(400, `The key ${JSON.stringify(twice.slice(0, 60))} is given twice; give it once.`);
  }
  return value;
}

async function readBytes(request: Request): Promise<Uint8Array> {
  const tooLarge = new BodyError(413, "The body is larger than 1 MB; ask for fewer tables at once.");
  if (Number(request.headers.get("content-length") ?? 0) > maxBodyBytes) throw tooLarge;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maxBodyBytes) throw tooLarge;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
