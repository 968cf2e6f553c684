import { beforeAll, describe, expect, test } from "vitest";
import type { UserActor } from "#lib/core/actor.ts";
import { aTable, makeActor } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { type DraftContent, maxDraftNotes } from "./draft-schema.ts";
import { saveDraft } from "./save-draft.ts";
import { submitRequest } from "./submit.ts";
import { getDraft } from "./wizard-queries.ts";

useTestConfig();
useTestDatabase();

let dana: UserActor;
beforeAll(async () => {
  dana = await makeActor("shop-devs");
});

const typed: DraftContent = {
  project: "shop",
  environment: "stage",
  justification: "",
  step: "where",
  tables: [{ key: "events", spec: aTable() }],
};
const notes = [
  { path: "module.dynamodb.tables.events.ttl_attribute", message: "var.ttl is only known to Terraform." },
];

const contentOf = async (id: string) => (await getDraft(dana, { id })).content;

describe("the notes of an imported draft", () => {
  test("stay while the form, which does not send them, is saved", async () => {
    const { id } = await saveDraft(dana, { id: null, content: { ...typed, notes } });
    await saveDraft(dana, { id, content: { ...typed, justification: "Because." } });
    expect(await contentOf(id)).toEqual({ ...typed, justification: "Because.", notes });
  });

  test("go once they are dismissed, and do not come back", async () => {
    const { id } = await saveDraft(dana, { id: null, content: { ...typed, notes } });
    await saveDraft(dana, { id, content: { ...typed, notes: [] } });
    await saveDraft(dana, { id, content: typed });
    expect(await contentOf(id)).toEqual({ ...typed, notes: [] });
  });

  test("do not stop the draft from being submitted", async () => {
    const { id } = await saveDraft(dana, { id: null, content: { ...typed, notes } });
    const { project, environment } = typed;
    const tables = { imported: aTable() };
    const body = { kind: "create", project, environment, justification: "Because.", tables };
    expect((await submitRequest(dana, { draft_id: id, body })).id).toBe(id);
  });

  test("are bounded in number and length", async () => {
    const tooMany = Array.from({ length: maxDraftNotes + 1 }, () => notes[0]);
    const tooLong = [{ path: "a", message: "x".repeat(1001) }];
    for (const refused of [tooMany, tooLong, [{ path: "a" }], [{ ...notes[0], id: "b" }]]) {
      await expect(
        saveDraft(dana, { id: null, content: { ...typed, notes: refused } }),
      ).rejects.toMatchObject({
        code: "INVALID",
      });
    }
  });
});

test("a draft that was never imported has no notes, and gets none by being saved", async () => {
  const { id } = await saveDraft(dana, { id: null, content: typed });
  await saveDraft(dana, { id, content: { ...typed, step: "keys" } });
  expect(await contentOf(id)).toEqual({ ...typed, step: "keys" });
});
