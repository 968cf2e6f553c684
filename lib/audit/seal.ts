import { createHash } from "node:crypto";

/** A row of `audit_event`, every column as text, and as SQL reads it: see `eventText` in seal-store.ts. */
export type SealedText = { id: string; columns: readonly (string | null)[] };
/** A place in the chain; `seq` counts from 1 without gaps. */
export type Link = { seq: bigint; hash: string };

/** What the first seal follows. */
export const origin: Link = { seq: 0n, hash: "0".repeat(64) };

/**
 * The hash of the seal that follows `previous`: SHA-256, in hex, of a JSON array of the previous hash, this seal's
 * number, and every column of its event. JSON tells null from "" and ends each text where it ends.
 */
export function sealHash(previous: Link, event: SealedText): string {
  const sealed = [previous.hash, String(previous.seq + 1n), event.id, ...event.columns];
  return createHash("sha256").update(JSON.stringify(sealed)).digest("hex");
}

/** The seals of events in this order, each following the one before it. */
export function sealsAfter(head: Link, events: readonly SealedText[]): (Link & { eventId: bigint })[] {
  let last = head;
  return events.map((event) => {
    last = { seq: last.seq + 1n, hash: sealHash(last, event) };
    return { ...last, eventId: BigInt(event.id) };
  });
}

/** `SEQ:HASH`, as `audit verify` prints it and takes it back. */
export const anchorText = ({ seq, hash }: Link): string => `${seq}:${hash}`;

/** Reads `SEQ:HASH`; null where it is not one. */
export function readAnchor(text: string): Link | null {
  const found = /^(\d{1,18}):([0-9a-f]{64})$/.exec(text.trim());
  return found ? { seq: BigInt(found[1]!), hash: found[2]! } : null;
}
