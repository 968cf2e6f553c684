import { beforeAll, describe, expect, test } from "vitest";
import type { UserActor } from "#lib/core/actor.ts";
import { makeActor, makeRequest } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { approveRequest } from "./approve.ts";
import { cancelRequest } from "./cancel.ts";
import { listDrafts, listOpenRequests } from "./home-queries.ts";
import { listWaiting } from "./queue-queries.ts";
import { saveDraft } from "./save-draft.ts";

useTestConfig();
useTestDatabase();

let dana: UserActor;
let pat: UserActor;
let sam: UserActor;
beforeAll(async () => {
  dana = await makeActor("shop-devs");
  pat = await makeActor("platform");
  sam = await makeActor("security");
});

const waitingFor = async (actor: UserActor) =>
  (await listWaiting(actor, { limit: 100 })).rows.map(({ request }) => request.id);

describe("what waits for a person", () => {
  test("are the requests they can decide on, the longest waiting first", async () => {
    const first = await makeRequest(dana, { environment: "prod" });
    const second = await makeRequest(dana, { environment: "prod" });
    const waiting = await waitingFor(pat);
    expect(waiting.filter((id) => id === first || id === second)).toEqual([first, second]);
    const { rows, count, oldestAt } = await listWaiting(pat, { limit: 1 });
    expect(rows.map(({ request }) => [request.id, request.created_at])).toEqual([[waiting[0], oldestAt]]);
    expect(count).toBe(waiting.length);
  });

  test("is not their own request", async () => {
    const own = await makeRequest(pat, { environment: "prod" });
    expect(await waitingFor(pat)).not.toContain(own);
  });

  test("is not a request whose turn is another group's", async () => {
    const id = await makeRequest(dana, { environment: "prod" });
    expect(await waitingFor(sam)).not.toContain(id);
  });

  test("is no more what they have decided on", async () => {
    const id = await makeRequest(dana, { environment: "prod" });
    await approveRequest(pat, { id, version: 1 });
    expect(await waitingFor(pat)).not.toContain(id);
  });

  test("is nothing for a person in no group", async () => {
    await makeRequest(dana, { environment: "prod" });
    expect(await listWaiting(await makeActor(), { limit: 5 })).toEqual({
      rows: [],
      count: 0,
      oldestAt: null,
    });
  });
});

describe("what a person has under way", () => {
  test("is theirs alone, and nothing that is over", async () => {
    const colleague = await makeActor("shop-devs");
    const open = await makeRequest(dana, { environment: "prod" });
    const over = await makeRequest(dana, { environment: "prod" });
    await cancelRequest(dana, { id: over, version: 1 });
    const ids = (await listOpenRequests(dana, { limit: 100 })).map(({ id }) => id);
    expect(ids).toContain(open);
    expect(ids).not.toContain(over);
    expect(await listOpenRequests(colleague, { limit: 100 })).toEqual([]);
  });

  test("are drafts, told by where they are for and what their tables are called", async () => {
    const author = await makeActor("shop-devs");
    const content = {
      project: "shop",
      environment: "",
      justification: "",
      step: "",
      tables: [{ key: "carts", spec: {} }],
    };
    const { id } = await saveDraft(author, { id: null, content });
    expect(await listDrafts(author, {})).toMatchObject([
      { id, project: "shop", environment: null, keys: ["carts"] },
    ]);
    expect(await listDrafts(dana, {})).toEqual([]);
  });
});
