import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll } from "vitest";
import { getConfig, loadConfig } from "#lib/infra/config.ts";

/**
 * Two projects, an environment for each kind of approval (`dev`: none for on-demand tables, `stage`: one, `many`:
 * three, `prod`: two and then one of security, `solo`: security alone) and one whose rule fails to run (`broken`,
 * for a table without a sort key).
 */
const rules = `
projects:
  shop: { developers: [shop-devs] }
  billing: { developers: [billing-devs] }
environments:
  dev: { account: "000000000000", region: us-east-1, endpoint: sandbox, tags: { CostCenter: "1234" } }
  stage: { account: "000000000000", region: us-east-1, endpoint: sandbox }
  many: { account: "000000000000", region: us-east-1, endpoint: sandbox }
  solo: { account: "000000000000", region: us-east-1, endpoint: sandbox }
  prod: { account: "111111111111", region: us-east-1, endpoint: sandbox }
  broken: { account: "000000000000", region: us-east-1, endpoint: sandbox }
guardrails:
  - id: prod-recovery
    when: environment == "prod"
    rule: table.enable_point_in_time_recovery
    level: deny
    message: Production tables need point-in-time recovery
  - id: short-keys
    rule: size(table.key) < 100
    level: warn
    message: A shorter key reads better
approvals:
  - id: sorted-only
    when: environment == "broken" && tables.all(t, t.sort_key == "at")
    require: []
  - id: dev-on-demand
    when: environment == "dev" && tables.all(t, t.billing_mode == "PAY_PER_REQUEST")
    require: []
  - { id: many, when: environment == "many", require: [{ group: platform, count: 3 }] }
  - { id: solo, when: environment == "solo", require: [{ group: security, count: 1 }] }
  - id: prod
    when: environment == "prod"
    require: [{ group: platform, count: 2 }, { group: security, count: 1 }]
  - { id: default, require: [{ group: platform, count: 1 }] }
`;

/**
 * Called at the top of a test file: the configuration its tests run under. `lines` are further top-level keys
 * (`self_approval: true`).
 */
export function useTestConfig(lines = "") {
  const folder = mkdtempSync(path.join(os.tmpdir(), "tablewright-config-"));
  const file = path.join(folder, "tablewright.yaml");
  writeFileSync(file, `name: Tests\n${lines}\n${rules}`);
  process.env.TABLEWRIGHT_CONFIG = file;
  afterAll(() => rmSync(folder, { recursive: true }));
}

/** Runs `use` while this process has the configuration that `change` makes of the text of the file, and then the old one again. */
export async function changeTestConfig<T>(
  change: (text: string) => string,
  use: () => Promise<T>,
): Promise<T> {
  const before = { ...getConfig() };
  const text = readFileSync(process.env.TABLEWRIGHT_CONFIG!, "utf8");
  const changed = change(text);
  if (changed === text) throw new Error("the configuration did not change");
  Object.assign(getConfig(), loadConfig(changed, "changed.yaml"));
  try {
    return await use();
  } finally {
    Object.assign(getConfig(), before);
  }
}
