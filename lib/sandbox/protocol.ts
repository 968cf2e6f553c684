import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { crc32 } from "node:zlib";
import { ServiceError, serialization, unknownOperation } from "./service-error.ts";

const contentType = "application/x-amz-json-1.0";
const maxBodyBytes = 1024 * 1024;
const fallbackAccount = "000000000000";

export type Request = { operation: string; account: string; region: string; input: unknown };

/** The body, or undefined when it is larger than DynamoDB takes. Rejects when the client goes away. */
export async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= maxBodyBytes) chunks.push(chunk);
  }
  return bytes > maxBodyBytes ? undefined : Buffer.concat(chunks).toString("utf8");
}

/**
 * Reads DynamoDB's JSON 1.0 protocol. The account is the access key if that is 12 digits, the region comes from the
 * credential scope; the signature itself is not verified.
 * @throws ServiceError UnknownOperationException, MissingAuthenticationTokenException, IncompleteSignatureException,
 *   SerializationException
 */
export function parseRequest(headers: IncomingMessage["headers"], body: string): Request {
  const operation = /^DynamoDB_20120810\.(\w+)$/.exec(String(headers["x-amz-target"] ?? ""))?.[1];
  if (operation === undefined) throw unknownOperation();
  const credential = parseCredential(headers.authorization);
  try {
    return { operation, ...credential, input: JSON.parse(body) as unknown };
  } catch {
    throw serialization("");
  }
}

function parseCredential(authorization: string | undefined): { account: string; region: string } {
  if (!authorization?.startsWith("AWS4-"))
    throw new ServiceError(
      "MissingAuthenticationTokenException",
      "Request is missing Authentication Token",
      "service",
    );
  const scope = /Credential=([^,\s]+)/.exec(authorization)?.[1]?.split("/") ?? [];
  if (scope.length !== 5)
    throw new ServiceError(
      "IncompleteSignatureException",
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${scope.join("/")}'`,
      "service",
    );
  const [accessKey, , region] = scope as [string, string, string, string, string];
  return { account: /^\d{12}$/.test(accessKey) ? accessKey : fallbackAccount, region };
}

/** Writes one answer with the headers AWS sends; null is the empty body of TagResource and UntagResource. */
export function respond(response: ServerResponse, status: number, answer: object | null): void {
  const body = answer === null ? "" : JSON.stringify(answer);
  response.writeHead(status, {
    "content-type": contentType,
    "content-length": Buffer.byteLength(body),
    "x-amzn-requestid": requestId(),
    "x-amz-crc32": crc32(body),
  });
  response.end(body);
}

/** AWS's request ids are 52 capital letters and digits. */
const requestId = () => randomBytes(26).toString("hex").toUpperCase();
