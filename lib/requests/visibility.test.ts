import { beforeAll, expect, test } from "vitest";
import type { UserActor } from "#lib/core/actor.ts";
import { listProjects } from "#lib/environments/queries.ts";
import { getConfig } from "#lib/infra/config.ts";
import { db } from "#lib/infra/db.ts";
import { actorOf } from "#lib/people/actor.ts";
import { getTable, listTables } from "#lib/tables/queries.ts";
import { aRequestBody, aTable, makeActor, makePerson, makeRequest, requestRow } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { approveRequest } from "./approve.ts";
import { cancelRequest } from "./cancel.ts";
import { commentOnRequest } from "./comment.ts";
import { getOutputs, getRequestPage } from "./page-queries.ts";
import { getRequest, listRequests } from "./queries.ts";
import { listApprovalQueue, listWaiting } from "./queue-queries.ts";
import { rejectRequest } from "./reject.ts";
import { saveDraft } from "./save-draft.ts";
import { sendBackRequest } from "./send-back.ts";
import { previewRequest } from "./wizard-queries.ts";

useTestConfig("auditor_group: auditors");
useTestDatabase();

type Name = "dana" | "colleague" | "noor" | "pat" | "sam" | "ash" | "nobody";
const people = {} as Record<Name, UserActor>;
const requests = {} as Record<"shop" | "solo" | "billing" | "platform" | "draft", string>;

beforeAll(async () => {
  people.dana = await makeActor("shop-devs");
  people.colleague = await makeActor("shop-devs");
  people.noor = await makeActor("billing-devs");
  people.pat = await makeActor("platform");
  people.sam = await makeActor("security");
  people.ash = await makeActor("auditors");
  people.nobody = await makeActor();
  requests.shop = await makeRequest(people.dana);
  requests.solo = await makeRequest(people.dana, { environment: "solo" });
  requests.billing = await makeRequest(people.noor, { project: "billing" });
  requests.platform = await makeRequest(people.pat, { project: "billing" });
  const content = { project: "shop", environment: "dev", justification: "", step: "keys", tables: [] };
  requests.draft = (await saveDraft(people.dana, { id: null, content })).id;
});

/** Who sees what, as the contract says it: members their projects, platform all, approvers what waits for them. */
const seen: Record<Name, (keyof typeof requests)[]> = {
  dana: ["shop", "solo", "draft"],
  colleague: ["shop", "solo"],
  noor: ["billing", "platform"],
  pat: ["shop", "solo", "billing", "platform"],
  sam: ["solo"],
  ash: ["shop", "solo", "billing", "platform"],
  nobody: [],
};
const table = Object.entries(seen).flatMap(([person, visible]) =>
  (["shop", "solo", "billing", "platform", "draft"] as const).map(
    (request) => [person as Name, request, visible.includes(request)] as const,
  ),
);

test.each(table)(
  "%s looks at the request %s: %s, wherever it is looked at",
  async (name, request, visible) => {
    const actor = people[name];
    const id = requests[request];
    for (const look of [getRequest, getRequestPage, getOutputs]) {
      const found = await look(actor, { id }).then(
        () => true,
        (error) => (error.code === "NOT_FOUND" ? false : Promise.reject(error)),
      );
      expect(found, look.name).toBe(visible);
    }
    const { items } = await listRequests(actor, { limit: 100 });
    expect(items.some((item) => item.id === id)).toBe(visible);
  },
);

test("the approvals' queue holds what waits and is seen, and counts what this person can decide now", async () => {
  const queue = async (actor: UserActor) =>
    (await listApprovalQueue(actor, {})).items.map(({ request, may }) => [request.id, may.allowed]);
  expect(new Map((await queue(people.pat)) as [string, boolean][])).toEqual(
    new Map([
      [requests.platform, false],
      [requests.billing, true],
      [requests.solo, false],
      [requests.shop, true],
    ]),
  );
  expect((await listWaiting(people.pat, {})).count).toBe(2);
  expect((await listWaiting(people.sam, {})).count).toBe(1);
  expect((await listWaiting(people.dana, {})).count).toBe(0);
});

test("tables are listed from approval on, for members of the project, the platform group and auditors alone", async () => {
  const key = "seen";
  const id = await makeRequest(people.dana, { tables: { [key]: aTable() } });
  const row = (await requestRow(id)).tables[0]!;
  await expect(getTable(people.dana, { id: row.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await approveRequest(people.pat, { id, version: 1 });
  for (const name of ["dana", "colleague", "pat", "ash"] as const) {
    expect((await getTable(people[name], { id: row.id })).name).toBe("shop-stage-seen");
    expect((await listTables(people[name], {})).items.map((item) => item.id)).toContain(row.id);
  }
  for (const name of ["noor", "sam", "nobody"] as const) {
    await expect(getTable(people[name], { id: row.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await listTables(people[name], {})).items).toEqual([]);
  }
});

test("auditors see what there is and change none of it, also where they are of the platform group", async () => {
  const auditor = await makeActor("auditors", "platform", "shop-devs");
  const id = await makeRequest(people.dana);
  const content = { project: "shop", environment: "dev", justification: "", step: "keys", tables: [] };
  for (const act of [
    () => approveRequest(auditor, { id, version: 1 }),
    () => rejectRequest(auditor, { id, version: 1, comment: "No" }),
    () => sendBackRequest(auditor, { id, version: 1, comment: "No" }),
    () => cancelRequest(auditor, { id, version: 1 }),
    () => commentOnRequest(auditor, { id, comment: "Hello" }),
    () => saveDraft(auditor, { id: null, content }),
    () => makeRequest(auditor),
    () => previewRequest(auditor, aRequestBody()),
  ])
    await expect(act()).rejects.toMatchObject({
      code: "FORBIDDEN",
      message: expect.stringMatching(/^Auditors/),
    });
  const { may } = await getRequestPage(auditor, { id });
  expect(Object.values(may).filter(({ allowed }) => allowed)).toEqual([]);
  expect((await listProjects(auditor)).items.map(({ name }) => name)).toEqual(["shop", "billing"]);
});

test("filters narrow the list down; a search takes % and _ as they are", async () => {
  const id = await makeRequest(people.pat, { tables: { "find_me.100": aTable() }, environment: "many" });
  const number = (await requestRow(id)).number;
  const found = async (filter: object) =>
    (await listRequests(people.pat, { limit: 100, ...filter })).items.map((item) => item.id);
  for (const filter of [
    { q: "FIND_ME" },
    { q: `#${number}` },
    { q: String(number) },
    { q: people.pat.email, environment: "many" },
    { environment: "many" },
    { project: "shop", state: "submitted", q: "d_m" },
  ])
    expect(await found(filter), JSON.stringify(filter)).toContain(id);
  for (const filter of [
    { q: "findxme" },
    { q: "d%m" },
    { q: "find_me_100" },
    { q: "\\" },
    { q: "%" },
    { q: "#999999999" },
    { project: "billing" },
    { state: "approved" },
  ])
    expect(await found(filter), JSON.stringify(filter)).not.toContain(id);
  expect(
    (await listRequests(people.pat, { mine: "true", limit: 100 })).items.every(
      (item) => item.requester === people.pat.email,
    ),
  ).toBe(true);
});

test("e-mail addresses of developers are compared without regard to case", async () => {
  const person = await makePerson({ email: "MixedCase@example.com" });
  const config = { ...getConfig(), projects: { own: { developers: ["mixedcase@example.com"] } } };
  expect(actorOf(person, config, null).projects).toEqual(["own"]);
  await db().user.delete({ where: { id: person.id } });
});
