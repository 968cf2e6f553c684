import type { Page } from "@playwright/test";
import { ask, askForEnd, decide, uniqueKey, untilState } from "#e2e/api.ts";
import { expectSaved, expectStep, fillWhere, goOn, openWizard, stepEntry } from "#e2e/wizard.ts";

/** A page as a person sees it. `prepare` brings it to what is meant once it is open. */
export type Visit = {
  name: string;
  path: string;
  prepare?: (page: Page) => Promise<void>;
  /** An address that leads nowhere. */
  missing?: true;
};

const wizardSteps = [
  "Where and what",
  "Keys",
  "Capacity",
  "Lifetime and stream",
  "Protection",
  "Indexes and tags",
  "Review",
];

const time = { sort_key: "at", type: "time-series", attribute_types: { at: "N" } };
const rich = {
  partition_key: "device",
  ...time,
  enable_ttl: true,
  enable_stream: true,
  enable_point_in_time_recovery: true,
  tags: { CostCenter: "1234" },
  global_secondary_indexes: { "by-owner": { partition_key: "owner" } },
};

/** Requests of Dana's in every main state, and the addresses of all pages as Pat may open them. */
export async function pagesOfPat(): Promise<Visit[]> {
  const askFor = (environment: string, ...keys: string[]) =>
    ask({
      by: "Dana",
      project: "shop",
      environment,
      tables: Object.fromEntries(keys.map((key) => [uniqueKey(key), rich])),
      justification: "Every page needs something to show.",
    });
  const waiting = await askFor("prod", "waiting", "also-waiting");
  const back = await askFor("stage", "sent-back");
  const rejected = await askFor("stage", "rejected");
  const failed = await askFor("stage", "fine", "broken-fail-create");
  const completed = await askFor("stage", "done");
  const running = await askFor("stage", "running-slow");
  await decide("Pat", "send-back", back, "Please say how long events are kept.");
  await decide("Pat", "reject", rejected, "There is such a table.");
  for (const request of [failed, completed, running]) await decide("Pat", "approve", request);
  await untilState("Pat", failed, "failed");
  const done = (await untilState("Pat", completed, "completed")).tables[0]!;
  const table = `/tables/${done.table_id}`;
  const deletion = await askForEnd("stage", [(await untilState("Pat", failed, "failed")).tables[1]!.key]);
  return [
    { name: "home", path: "/" },
    { name: "requests", path: "/requests" },
    { name: "requests, none found", path: "/requests?q=nobody-asked-for-this" },
    { name: "request provisioning", path: `/requests/${running.id}` },
    { name: "request waiting", path: `/requests/${waiting.id}` },
    { name: "approve dialog", path: `/requests/${waiting.id}`, prepare: openApproval },
    { name: "request sent back", path: `/requests/${back.id}` },
    { name: "request rejected", path: `/requests/${rejected.id}` },
    { name: "request failed", path: `/requests/${failed.id}` },
    { name: "request completed", path: `/requests/${completed.id}` },
    { name: "approvals", path: "/approvals" },
    { name: "tables", path: "/tables" },
    { name: "table", path: table },
    { name: "table, narrowed policy in HCL", path: `${table}?as=terraform&leading_keys=a&attributes=device` },
    { name: "table, refused options", path: `${table}?access=stream&attributes=device` },
    { name: "table, module with warnings", path: `${table}?format=terraform-module` },
    { name: "table, decommission", path: `${table}/decommission` },
    { name: "request to delete", path: `/requests/${deletion.id}` },
    { name: "project", path: "/projects/shop?environment=stage&format=cdk" },
    { name: "request, code", path: `/requests/${waiting.id}/code` },
    { name: "notifications", path: "/notifications" },
    { name: "notifications, none found", path: "/notifications?show=news" },
    { name: "profile", path: "/profile" },
    { name: "new token", path: "/profile", prepare: openNewToken },
    { name: "audit", path: "/audit" },
    { name: "audit, filtered", path: "/audit?q=dana&event=request.submit&from=2020-01-01" },
    { name: "people", path: "/people" },
    { name: "person", path: "/people/demo-dana" },
    { name: "settings, checked", path: "/settings", prepare: checkDev },
    { name: "settings, rules", path: "/settings/rules" },
    { name: "settings, groups", path: "/settings/groups" },
    { name: "settings, notifications", path: "/settings/notifications" },
    { name: "not found", path: "/nowhere", missing: true },
  ];
}

async function openNewToken(page: Page) {
  await page.getByRole("button", { name: "New token" }).click();
  await page.getByRole("dialog").waitFor();
}

async function checkDev(page: Page) {
  const card = page.locator("#environment-dev");
  await card.getByRole("button", { name: "Check dev" }).click();
  await card.getByText("All that can be checked works.").waitFor();
}

async function openApproval(page: Page) {
  await page.getByRole("button", { name: "Approve…" }).click();
  await page.getByRole("dialog").waitFor();
}

/** A draft that has something on every step, and its address in each of them; `page` is of who owns it. */
export async function pagesOfWizard(page: Page): Promise<Visit[]> {
  await openWizard(page);
  await fillWhere(page, {
    project: "shop",
    environment: "prod",
    justification: "Every step needs something to show.",
    keys: [uniqueKey("shown"), uniqueKey("shown-too")],
  });
  for (const title of wizardSteps.slice(1)) {
    await goOn(page, title);
    if (title === "Keys") await fillSecondTable(page);
    await fillStep(page, title);
  }
  await page.getByText("What will be done, in this order").first().waitFor();
  await expectSaved(page);
  const path = new URL(page.url()).pathname + new URL(page.url()).search;
  return [
    { name: "wizard, empty", path: "/requests/new" },
    { name: "import", path: "/requests/import" },
    { name: "import, read", path: "/requests/import", prepare: readExample },
    {
      name: "wizard, with errors",
      path: "/requests/new",
      prepare: async (empty) => {
        await empty.getByRole("button", { name: "Next: keys" }).click();
        await empty.getByText("The table needs a short name").waitFor();
      },
    },
    // Backwards: a draft opens at the step it was left in, and the steps before it can be gone to.
    ...wizardSteps.toReversed().map((title) => ({
      name: `wizard, ${title.toLowerCase()}`,
      path,
      prepare: async (draft: Page) => {
        await stepEntry(draft, title).click();
        await expectStep(draft, title);
        if (title === "Review") await draft.getByText("What will be done, in this order").first().waitFor();
      },
    })),
  ];
}

async function readExample(page: Page) {
  await page.getByRole("button", { name: "Try an example" }).click();
  await page.getByRole("button", { name: "Read", exact: true }).click();
  await page.getByRole("region", { name: "What was found" }).waitFor();
}

/** The second table gets its key; what follows is about the first. */
async function fillSecondTable(page: Page) {
  const tables = page.getByRole("radiogroup", { name: "Table", exact: true }).getByRole("radio");
  await tables.nth(1).check();
  await page.getByRole("textbox", { name: "Partition key" }).fill("id");
  await tables.first().check();
}

async function fillStep(page: Page, title: string) {
  if (title === "Keys") {
    await page.getByRole("radio", { name: /^Time series/ }).check();
    await page.getByRole("textbox", { name: "Partition key" }).fill("device");
    await page.getByRole("button", { name: "Sort by timestamp" }).click();
  } else if (title === "Capacity") {
    await page.getByRole("radio", { name: /^Provisioned/ }).check();
    await page.getByRole("textbox", { name: "Read capacity units" }).fill("10");
    await page.getByRole("textbox", { name: "Write capacity units" }).fill("5");
  } else if (title === "Lifetime and stream") {
    await page.getByRole("switch", { name: "Let items expire" }).check();
    await page.getByRole("switch", { name: "Stream of changes" }).check();
  } else if (title === "Protection") {
    await page.getByRole("switch", { name: "Point-in-time recovery" }).check();
    await page.getByRole("radio", { name: "Customer-managed key" }).check();
    await page.getByRole("textbox", { name: "KMS key" }).fill("alias/shop");
  } else if (title === "Indexes and tags") {
    await page.getByRole("button", { name: "Add a tag" }).click();
    await page.getByRole("textbox", { name: "Tag key" }).fill("CostCenter");
    await page.getByRole("textbox", { name: "Tag value" }).fill("1234");
  }
}

/** Pages for whoever is not signed in. */
export const publicPages: Visit[] = [
  { name: "sign-in", path: "/sign-in" },
  { name: "sign-in, failed", path: "/sign-in?problem=failed" },
  { name: "API reference", path: "/docs/api" },
];
