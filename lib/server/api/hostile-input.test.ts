import fc from "fast-check";
import { beforeAll, expect, test, vi } from "vitest";
import type { UserActor } from "#lib/core/actor.ts";
import { getConfig } from "#lib/infra/config.ts";
import { db } from "#lib/infra/db.ts";
import { actorOf } from "#lib/people/actor.ts";
import { approveRequest } from "#lib/requests/approve.ts";
import {
  aRequestBody,
  aTable,
  failRequest,
  makePerson,
  makeRequest,
  makeToken,
  requestRow,
} from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { type Answer, callApi } from "./api.fixture.ts";
import { fingerprint } from "./fingerprint.fixture.ts";
import { hostileBodies, hostileHeaders, hostileQueries, hostileSegments } from "./hostile.arbitrary.ts";
import { apiRoutes } from "./routes.ts";

useTestConfig();
useTestDatabase();

// Thousands of calls: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 120_000 });

const seeded = { numRuns: 300, seed: 20260101 };

let dana: UserActor;
let pat: UserActor;
let token: string;
let approver: string;
beforeAll(async () => {
  const [developer, platform] = [
    await makePerson({ groups: ["shop-devs"] }),
    await makePerson({ groups: ["platform"] }),
  ];
  dana = actorOf(developer, getConfig(), null);
  pat = actorOf(platform, getConfig(), null);
  token = await makeToken(developer);
  approver = await makeToken(platform);
  const id = await makeRequest(dana, { environment: "solo" });
  const data = {
    approvedAt: new Date(),
    state: "active",
    arn: "arn:aws:dynamodb:us-east-1:000000000000:table/t",
  };
  await db().table.updateMany({ where: { requestId: id }, data });
});

function expectProblem({ status, headers, body }: Answer) {
  expect(headers.get("content-type")).toBe("application/problem+json");
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status, JSON.stringify(body).slice(0, 500)).toBeLessThan(500);
  expect(body).toMatchObject({ status, title: expect.any(String), detail: expect.any(String) });
  const codes = {
    400: "INVALID",
    401: "UNAUTHENTICATED",
    403: "FORBIDDEN",
    404: "NOT_FOUND",
    405: "INVALID",
  };
  const more = { 409: "CONFLICT", 413: "INVALID", 415: "INVALID", 422: "INVALID", 429: "LIMIT" };
  expect(body.code).toBe(({ ...codes, ...more } as Record<number, string>)[status]);
  for (const { path, message } of body.errors as { path: string; message: string }[]) {
    expect(path).toMatch(/^(\/|$)/);
    expect(message).not.toBe("");
  }
}

const rich = (environment: string) =>
  aRequestBody({
    environment,
    tables: {
      plain: aTable(),
      rich: aTable({
        sort_key: "at",
        type: "time-series",
        attribute_types: { at: "N", total: "N" },
        billing_mode: "PROVISIONED",
        read_capacity: 5,
        write_capacity: 5,
        enable_ttl: true,
        ttl_attribute: "expires",
        enable_stream: true,
        stream_view_type: "KEYS_ONLY",
        kms_key_id: "alias/orders",
        encryption: "customer_managed",
        point_in_time_recovery_days: 7,
        table_class: "STANDARD",
        purpose: "Orders",
        tags: { Team: "shop" },
        global_secondary_indexes: {
          by_total: {
            partition_key: "total",
            sort_key: "id",
            projection_type: "INCLUDE",
            non_key_attributes: ["name"],
            read_capacity: 1,
            write_capacity: 1,
          },
        },
        local_secondary_indexes: { by_total_here: { sort_key: "total", projection_type: "KEYS_ONLY" } },
      }),
    },
    usage: { rich: { reads_per_second: 1, writes_per_second: 1, item_kb: 1, items: 10 } },
  });

const decision = { version: 1, comment: "Because", acknowledged: ["prod-recovery"] };
const submitted = () => makeRequest(dana);
const failed = async () => {
  const id = await makeRequest(dana);
  await approveRequest(pat, { id, version: 1 });
  await failRequest(id);
  return id;
};

/** A body that each POST takes, who sends it, and the request it is for: hostile ones are made from it. */
const posts: Record<string, { body: object; as?: "approver"; request?: () => Promise<string> }> = {
  "/requests/preview": { body: rich("stage") },
  "/requests": { body: rich("stage") },
  "/requests/{id}/approve": { body: decision, as: "approver", request: submitted },
  "/requests/{id}/reject": { body: decision, as: "approver", request: submitted },
  "/requests/{id}/send-back": { body: decision, as: "approver", request: submitted },
  "/requests/{id}/cancel": { body: decision, request: submitted },
  "/requests/{id}/retry": { body: decision, request: failed },
  "/requests/{id}/resubmit": {
    body: { version: 1, tables: rich("many").tables, justification: "Better" },
    request: () => makeRequest(dana, { environment: "many" }),
  },
  "/requests/{id}/comments": { body: { comment: "Soon?" }, request: submitted },
  "/imports/terraform": { body: { hcl: 'tables = {\n  events = { partition_key = "id" }\n}\n' } },
  "/snippets": {
    body: {
      project: "shop",
      environment: "solo",
      format: "iam-policy",
      options: { access: "reader", as: "json", scan: false, leading_keys: ["tenant-7"], partiql: true },
    },
  },
};
const postRoutes = apiRoutes.filter(({ method }) => method === "POST").map(({ path }) => path);
const getRoutes = apiRoutes.filter(({ method }) => method === "GET").map(({ path }) => path);

test.each(postRoutes)(
  "a hostile body of POST %s gets a problem document and changes nothing",
  async (route) => {
    const { body, as, request } = posts[route]!;
    const path = route.replace("{id}", (await request?.()) ?? "");
    const sender = as === "approver" ? approver : token;
    await callApi(path, { token: sender, raw: "{" });
    const before = await fingerprint();
    await fc.assert(
      fc.asyncProperty(hostileBodies(body), async (raw) => {
        expectProblem(await callApi(path, { token: sender, raw }));
      }),
      seeded,
    );
    expect(await fingerprint()).toBe(before);
    // And the body they were made from is a good one: it was not refused for another reason.
    const answer = await callApi(path, { token: sender, body });
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  },
);

test.each(getRoutes)(
  "a hostile query of GET %s is answered or refused, and changes nothing",
  async (route) => {
    const id = await makeRequest(dana, { environment: "dev" });
    const [table] = (await requestRow(id)).tables;
    const path = route
      .replace("{id}", route.startsWith("/tables") ? table!.id : id)
      .replace("{format}", "iam-policy");
    await callApi("/me", { token });
    const before = await fingerprint();
    const names = ["limit", "cursor", "state", "project", "environment", "q", "access", "as", "scan"];
    await fc.assert(
      fc.asyncProperty(hostileQueries(names), async (query) => {
        const answer = await callApi(`${path}?${query}`, { token });
        if (answer.status !== 200) expectProblem(answer);
      }),
      { ...seeded, numRuns: 100 },
    );
    expect(await fingerprint()).toBe(before);
  },
);

test("a hostile address is refused, whatever the method", async () => {
  const before = await fingerprint();
  const withParameters = apiRoutes.filter(({ path }) => path.includes("{"));
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...withParameters),
      hostileSegments,
      fc.constantFrom("GET", "POST", "PUT", "PATCH", "DELETE"),
      async ({ path }, segment, method) => {
        const address = path.replaceAll(/\{\w+\}/g, segment);
        const answer = await callApi(address, { token, method, ...(method !== "GET" && { raw: "{}" }) });
        expectProblem(answer);
      },
    ),
    seeded,
  );
  expect(await fingerprint()).toBe(before);
});

test("hostile headers are refused, and change nothing", async () => {
  const id = await makeRequest(dana);
  const before = await fingerprint();
  await fc.assert(
    fc.asyncProperty(hostileHeaders, fc.boolean(), async (headers, signedIn) => {
      const { authorization = "Bearer x", ...others } = headers;
      const sent = signedIn ? others : { ...others, authorization };
      // No version: even with sound headers the body is not.
      const answer = await callApi(`/requests/${id}/cancel`, {
        token: signedIn ? token : null,
        body: {},
        headers: sent,
      });
      expectProblem(answer);
      await db().idempotencyKey.deleteMany();
      expect(await fingerprint()).toBe(before);
    }),
    seeded,
  );
});

test("every route is covered", () => {
  expect(postRoutes.toSorted()).toEqual(Object.keys(posts).toSorted());
});
