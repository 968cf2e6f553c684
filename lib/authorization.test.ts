import { beforeAll, expect, test } from "vitest";
import { db } from "#lib/infra/db.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { type Case, cases, verbOf } from "./authorization.cases.fixture.ts";
import { readDatabase } from "./authorization.database.fixture.ts";
import { decisions } from "./authorization.decisions.fixture.ts";
import { registry, verbs } from "./authorization.registry.fixture.ts";
import {
  type ActorKind,
  actorKinds,
  makeScene,
  matrixConfig,
  type Scene,
} from "./authorization.scene.fixture.ts";
import type { Actor } from "./core/actor.ts";
import { AppError } from "./core/errors.ts";

useTestConfig(matrixConfig);
useTestDatabase();

let scene: Scene;
beforeAll(async () => {
  process.env.TABLEWRIGHT_DEMO = "1";
  scene = await makeScene();
});

test("every verb and query of the code has its row, and every row its case", () => {
  expect(registry.length).toBeGreaterThan(45);
  expect([...new Set(Object.keys(decisions).map(verbOf))].toSorted()).toEqual(registry);
  expect(Object.keys(cases).toSorted()).toEqual(Object.keys(decisions).toSorted());
});

test.each(Object.keys(decisions))("%s: who may, who may not, and who may not even see", async (name) => {
  const found: Partial<Record<ActorKind, string>> = {};
  for (const kind of actorKinds) {
    const ask = () => decide(cases[name]!, scene.actors[kind], verbs.has(verbOf(name)));
    found[kind] = decisions[name]![kind] === "-" ? "-" : await ask();
  }
  expect(found).toEqual(decisions[name]);
});

/** What came of it, once it is sure that a refusal or a read changed nothing and that a write is on record. */
async function decide({ verb, asked, shows }: Case, actor: Actor, writing: boolean): Promise<string> {
  const input = await asked(scene, actor);
  const before = await readDatabase();
  const outcome = await verb(actor as never, input).then(
    (answer) => ({ answer }),
    (error: unknown) => ({ error }),
  );
  const after = await readDatabase();
  if ("error" in outcome) {
    expect(after).toEqual(before);
    return refusal(outcome.error);
  }
  const shown = !shows || JSON.stringify(outcome.answer).includes(shows(scene));
  if (writing && shown) expect(after).not.toEqual(before);
  else expect(after).toEqual(before);
  const { actorKind, actorId } = (await lastLine()) ?? {};
  if (after.audit !== before.audit) {
    expect([actorKind, actorId]).toEqual(actor.kind === "user" ? ["user", actor.id] : ["system", actor.job]);
  }
  return shown ? "yes" : "no";
}

function refusal(error: unknown): string {
  if (!(error instanceof AppError)) throw error;
  if (error.code === "NOT_FOUND") return "404";
  expect(error.message).toMatch(/\w{3}/);
  return error.code === "FORBIDDEN" ? "403" : `${error.code}: ${error.message}`;
}

const lastLine = () => db().auditEvent.findFirst({ orderBy: { id: "desc" } });
