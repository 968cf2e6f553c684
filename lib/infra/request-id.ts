import { randomUUID } from "node:crypto";

/** A name that a proxy gave a request, if it is one: it goes into log lines and back to the caller, so nothing odd. */
const wellFormed = /^[A-Za-z0-9._-]{8,64}$/;

/** The id a request is logged under: the one it came with if that is well-formed, else a new one. */
export function requestIdOf(header: string | string[] | undefined): string {
  return typeof header === "string" && wellFormed.test(header) ? header : randomUUID();
}
