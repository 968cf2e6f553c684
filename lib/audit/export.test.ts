import { beforeAll, expect, test } from "vitest";
import { db } from "#lib/infra/db.ts";
import { makeActor } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { exportAudit } from "./export.ts";
import { listAudit } from "./queries.ts";

useTestConfig();
useTestDatabase();

const count = 1_201;
const formula = '=HYPERLINK("http://evil.example")';
let pat: Awaited<ReturnType<typeof makeActor>>;
beforeAll(async () => {
  pat = await makeActor("platform");
  await db().$executeRaw`
    insert into audit_event (at, "actorKind", "actorId", "actorName", event, "subjectType", "subjectId", comment, data)
    select '2026-01-01T00:00:00Z'::timestamptz + make_interval(secs => n / 3), 'user', ${pat.id}, 'Pat', 'request.comment',
      'request', 'r-' || n, case when n = 7 then ${formula} end, '{"n": 1}'
    from generate_series(1, ${count}::int) n`;
});

async function exported(input: Record<string, string>): Promise<string[]> {
  const parts: string[] = [];
  for await (const part of (await exportAudit(pat, input)).content) parts.push(part);
  return parts;
}
const january = { from: "2026-01-01", to: "2026-01-01" };

test("the export is every line that the filters leave, once, the last first, and never the whole of it in memory", async () => {
  const parts = await exported({ as: "jsonl", ...january });
  expect(parts.length).toBeGreaterThan(2);
  const lines = parts
    .join("")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines.map(({ subject_id }) => subject_id)).toEqual(
    Array.from({ length: count }, (_, n) => `r-${count - n}`),
  );
  const [first] = (await listAudit(pat, { since: "2026-01-01T00:00:00Z", until: "2026-01-02T00:00:00Z" }))
    .items;
  expect(lines[0]).toEqual(first);
});

test("whoever takes the audit away is told by it, with what they took", async () => {
  const { filename } = await exportAudit(pat, { as: "csv", q: "dana" });
  expect(filename).toBe("audit.csv");
  const [line] = (await listAudit(pat, { event: "audit.export", limit: 1 })).items;
  expect(line).toMatchObject({
    actor: pat.email,
    subject_id: "audit",
    data: { as: "csv", filters: { q: "dana" } },
  });
});

test("no cell of the CSV is a formula, and it has one row an event below its header", async () => {
  const csv = (await exported({ as: "csv", ...january })).join("");
  expect(
    csv.startsWith(
      "id,at,actor,actor_name,event,subject_type,subject_id,request_id,version,comment,data\r\n",
    ),
  ).toBe(true);
  expect(csv.trimEnd().split("\r\n")).toHaveLength(count + 1);
  expect(csv).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
});

test("an event that happens while the export is read does not come into it", async () => {
  const { content } = await exportAudit(pat, { as: "jsonl", from: "2026-01-02" });
  const before = (await content.next()).value;
  await exportAudit(pat, { as: "csv" });
  expect([before.length > 0, (await content.next()).done]).toEqual([true, true]);
});

test.each([{}, { as: "xlsx" }, { as: "csv", from: "yesterday" }, { as: "csv", limit: "5" }])(
  "what it does not understand is refused, and leaves no line: %j",
  async (input) => {
    const lines = await db().auditEvent.count();
    await expect(exportAudit(pat, input)).rejects.toMatchObject({ code: "INVALID" });
    expect(await db().auditEvent.count()).toBe(lines);
  },
);
