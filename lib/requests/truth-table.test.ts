import { beforeAll, expect, test } from "vitest";
import { readDatabase } from "#lib/authorization.database.fixture.ts";
import {
  type ActorKind,
  actorKinds,
  makeScene,
  matrixConfig,
  personKinds,
  type Scene,
  shopBody,
} from "#lib/authorization.scene.fixture.ts";
import { toResult } from "#lib/core/result.ts";
import { db } from "#lib/infra/db.ts";
import { ensureOperations } from "#lib/provisioning/ensure-operations.ts";
import { callApi } from "#lib/server/api/api.fixture.ts";
import { statusOf } from "#lib/server/problem.ts";
import { makeToken, requestRow } from "#prisma/factories.ts";
import { changeTestConfig, useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { approveRequest } from "./approve.ts";
import { cancelRequest } from "./cancel.ts";
import { commentOnRequest } from "./comment.ts";
import { expireRequest } from "./expire.ts";
import { rejectRequest } from "./reject.ts";
import { endTables, makeRequestIn, neglect } from "./request-in-state.fixture.ts";
import { resubmitRequest } from "./resubmit.ts";
import { retryRequest } from "./retry.ts";
import { sendBackRequest } from "./send-back.ts";
import { canMove, type RequestState, requestStates, transitions } from "./state.ts";
import { notFound } from "./store.ts";
import { submitRequest } from "./submit.ts";
import { type Happening, reasons, truthTable } from "./truth-table.fixture.ts";

useTestConfig(matrixConfig);
useTestDatabase();

let scene: Scene;
const tokens: Partial<Record<ActorKind, string>> = {};
beforeAll(async () => {
  scene = await makeScene();
  const { actors } = scene;
  for (const kind of personKinds) tokens[kind] = await makeToken(actors[kind] as { email: string });
  Object.assign(tokens, { "own-token": tokens.requester, "admin-token": tokens.admin });
  // A token's use is marked once a minute; none is due here, so that what a call changes is the verb's doing.
  await db().apiToken.updateMany({ data: { lastUsedAt: new Date(Date.now() + 3_600_000) } });
});

type Asked = {
  verb: (actor: never, input: object) => Promise<unknown>;
  /** What the verb is asked, without the request's id; it is the body of the call, too. */
  input: () => object;
  /** The call of the API, under /requests/{id}; drafts and expiry are none of its business. */
  path?: string;
};

const version = 1;
const decision = () => ({ version, comment: "Why?" });
const asked: Partial<Record<Happening, Asked>> = {
  submit: {
    verb: (actor, { id, body }: Draft) => submitRequest(actor, { draft_id: id, body }),
    input: draft,
  },
  approve: { verb: approveRequest, input: decision, path: "approve" },
  reject: { verb: rejectRequest, input: decision, path: "reject" },
  "send-back": { verb: sendBackRequest, input: decision, path: "send-back" },
  resubmit: { verb: resubmitRequest, input: edit, path: "resubmit" },
  cancel: { verb: cancelRequest, input: decision, path: "cancel" },
  retry: { verb: retryRequest, input: decision, path: "retry" },
  comment: { verb: commentOnRequest, input: () => ({ comment: "Why?" }), path: "comments" },
  expire: { verb: expireRequest, input: () => ({}) },
};
type Draft = { id?: string; body?: object };
function draft(): Draft {
  return { body: shopBody() };
}
function edit() {
  return { version, tables: shopBody().tables };
}

/** What workers do, who ask no verb. */
const worked: Partial<Record<Happening, (id: string) => Promise<unknown>>> = {
  start: ensureOperations,
  return: (id) =>
    changeTestConfig(
      (text) => text.replace("rule: table.enable_point_in_time_recovery", "rule: 'false'"),
      () => ensureOperations(id),
    ),
  complete: (id) => endTables(id, "active"),
  fail: (id) => endTables(id, "failed"),
};

type Answer = { code: string; message: string; errors: unknown };
const happened: Answer = { code: "yes", message: "", errors: [] };
type Way = (id: string) => Promise<Answer>;

/** As a server action answers: a verb's refusals as a Result. Any other error is a fault of the test's. */
async function resultOf(use: () => Promise<unknown>): Promise<Answer> {
  const result = await toResult(use, (error) => {
    throw error;
  });
  if (result.ok) return happened;
  const { code, message, errors } = result;
  return { code, message, errors };
}

function waysOf(event: Happening, kind: ActorKind): Way[] {
  const work = worked[event];
  if (work) return kind === "system" ? [(id) => resultOf(() => work(id))] : [];
  const { verb, input, path } = asked[event]!;
  const action: Way = (id) => resultOf(() => verb(scene.actors[kind] as never, { ...input(), id }));
  const token = tokens[kind];
  if (!path || !token) return [action];
  const call: Way = (id) => calledOn(id, path, token, input());
  return kind.endsWith("-token") ? [call] : [action, call];
}

async function calledOn(id: string, path: string, token: string, body: object): Promise<Answer> {
  const { status, body: answer } = await callApi(`/requests/${id}/${path}`, { token, body });
  if (status === 200) return happened;
  const { code, detail, errors } = answer as { code: keyof typeof statusOf; detail: string; errors: unknown };
  expect(status).toBe(statusOf[code]);
  return { code, message: detail, errors };
}

/** A request of each state, as long as nothing happened to it. */
const subjects = new Map<RequestState, string>();
async function subjectIn(state: RequestState): Promise<string> {
  const id = subjects.get(state) ?? (await makeRequestIn(state, scene.requester));
  subjects.set(state, id);
  return id;
}

/** Asks one way; sure afterwards that what happened led where it should, and is on record. */
async function ask(way: Way, event: Happening, state: RequestState): Promise<Answer> {
  const id = await subjectIn(state);
  const lines = await linesOf(id);
  const answer = await way(id);
  if (answer.code !== "yes") return answer;
  const now = (await requestRow(id)).state;
  if (worked[event] && now === state) {
    expect(await linesOf(id)).toBe(lines);
    return { ...answer, code: "stays" };
  }
  expect(await linesOf(id)).toBeGreaterThan(lines);
  if (event === "comment") expect(now).toBe(state);
  // One approval of the three that `prod` asks for.
  else expect(now).toBe(event === "approve" ? "submitted" : transitions[event].to);
  if (event !== "comment") subjects.delete(state);
  return answer;
}

const linesOf = (requestId: string) => db().auditEvent.count({ where: { requestId } });

/** What an actor is answered, the same each way. */
async function askEachWay(event: Happening, state: RequestState, kind: ActorKind): Promise<string> {
  const answers: Answer[] = [];
  for (const way of waysOf(event, kind)) answers.push(await ask(way, event, state));
  const [first] = answers;
  for (const answer of answers) expect(answer, kind).toEqual(first);
  return first ? cellOf(first, event, state) : "-";
}

/** The word that stands in the table for an answer, once its words are sure to say why. */
function cellOf({ code, message }: Answer, event: Happening, state: RequestState): string {
  if (code === "FORBIDDEN")
    return Object.keys(reasons).find((reason) => reasons[reason] === message) ?? message;
  if (code === "NOT_FOUND") {
    if (event !== "submit" || state !== "draft") expect(message).toBe(notFound().message);
    return "404";
  }
  if (code === "CONFLICT") {
    if (!worked[event]) expect(message).toContain(state.replace("_", " "));
    return "409";
  }
  return message === "" ? code : `${code}: ${message}`;
}

const rows = truthTable();

test("the table has one row for every event in every state", () => {
  const events = [...Object.keys(transitions), "comment"];
  const wanted = events.flatMap((event) => requestStates.map((state) => `${event} ${state}`));
  expect(rows.map(({ event, state }) => `${event} ${state}`).toSorted()).toEqual(wanted.toSorted());
});

test("it happens to somebody in just the states that it may happen in", () => {
  const happens = rows.filter(({ cells }) => Object.values(cells).includes("yes"));
  const moves = happens.filter(({ event }) => event !== "comment");
  const may = rows.filter(({ event, state }) => event !== "comment" && canMove(state, event));
  expect(moves).toEqual(may);
});

test.each(rows)(
  "$event of a request that is $state: action and API say the same, and a refusal says why",
  async ({ event, state, cells }) => {
    const found: Partial<Record<ActorKind, string>> = {};
    const may = (kind: ActorKind) => cells[kind] === "yes";
    const id = await subjectIn(state);
    if (event === "expire") await neglect(id);
    const before = await readDatabase();
    for (const kind of actorKinds.filter((one) => !may(one)))
      found[kind] = await askEachWay(event, state, kind);
    // Of what workers do, the test itself plays the end of the tables.
    if (!worked[event]) expect(await readDatabase(), "refused, and nothing changed").toEqual(before);
    for (const kind of actorKinds.filter(may)) found[kind] = await askEachWay(event, state, kind);
    expect(found).toEqual(cells);
  },
);
