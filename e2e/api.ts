import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect } from "@playwright/test";
import type { PersonName } from "#e2e/journey.ts";
import type { RequestView } from "#lib/requests/schema.ts";
import type { TableView } from "#lib/tables/schema.ts";

const run = promisify(execFile);
const tokens = new Map<PersonName, Promise<string>>();

/** A token of API v1 for a person of the demo, made with the command-line tool. */
export function tokenOf(name: PersonName): Promise<string> {
  const known = tokens.get(name) ?? makeToken(`${name.toLowerCase()}@example.com`);
  tokens.set(name, known);
  return known;
}

async function makeToken(email: string): Promise<string> {
  const args = ["scripts/bootstrap.mjs", "tablewright", "token", "create", "--user", email];
  const { stdout } = await run(process.execPath, args);
  return stdout.trim();
}

export type Answer<T> = { status: number; body: T };

/** One call of API v1, as a program of that person would make it: over HTTP, with a token. */
export async function callApi<T>(name: PersonName, call: string, body?: unknown): Promise<Answer<T>> {
  const [method, path] = call.split(" ");
  const response = await fetch(`${process.env.TABLEWRIGHT_E2E_URL}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${await tokenOf(name)}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as T };
}

/** As `callApi`; any answer but `status` fails the test with what was answered. */
export async function api<T>(name: PersonName, call: string, body?: unknown, status = 200): Promise<T> {
  const answer = await callApi<T>(name, call, body);
  expect(answer.status, `${call} by ${name}: ${JSON.stringify(answer.body)}`).toBe(status);
  return answer.body;
}

type Ask = {
  by: PersonName;
  project: string;
  environment: string;
  tables: Record<string, object>;
  justification?: string;
};

/** Submits a request for new tables. */
export function ask({ by, justification = "Wanted by a test", ...rest }: Ask): Promise<RequestView> {
  return api(by, "POST /requests", { kind: "create", justification, ...rest }, 201);
}

/** Submits a request of Dana's to delete tables of `shop`, by their keys. */
export function askForEnd(
  environment: string,
  tables: string[],
  justification = "Nobody uses it any more",
): Promise<RequestView> {
  const body = { kind: "decommission", project: "shop", environment, tables, justification };
  return api("Dana", "POST /requests", body, 201);
}

export const readRequest = (name: PersonName, id: string) => api<RequestView>(name, `GET /requests/${id}`);
export const readTable = (name: PersonName, id: string) => api<TableView>(name, `GET /tables/${id}`);

/** Decides on a request as it stands now. */
export async function decide(
  name: PersonName,
  verb: "approve" | "reject" | "send-back" | "cancel" | "retry",
  { id }: { id: string },
  comment?: string,
): Promise<RequestView> {
  const { version } = await readRequest(name, id);
  // Whatever the guardrails of the demo warn of.
  const acknowledged = ["prod-recovery", "prod-deletion-protection", "time-series-expiry"];
  return api(name, `POST /requests/${id}/${verb}`, { version, comment, acknowledged });
}

/** Waits until a request is in a state, and answers it. */
export async function untilState(
  name: PersonName,
  { id }: { id: string },
  state: RequestView["state"],
): Promise<RequestView> {
  await expect
    .poll(async () => (await readRequest(name, id)).state, { timeout: 30_000, message: `request ${id}` })
    .toBe(state);
  return readRequest(name, id);
}

let keys = 0;

/** A table's key that no other test uses. */
export function uniqueKey(base: string): string {
  keys += 1;
  return `${base}-${Date.now().toString(36)}${process.env.TEST_PARALLEL_INDEX}${keys}`;
}
