import type { Page } from "@playwright/test";
import { ask, callApi, decide, readRequest, uniqueKey, untilState } from "#e2e/api.ts";
import { expect, test } from "#e2e/journey.ts";
import { goOn, openWizard, shortName, stepEntry } from "#e2e/wizard.ts";
import type { RequestView } from "#lib/requests/schema.ts";

/** Nothing that the demo's guardrails warn of. */
const sound = { partition_key: "id", enable_point_in_time_recovery: true, deletion_protection: true };

const askProd = (key: string) =>
  ask({ by: "Dana", project: "shop", environment: "prod", tables: { [key]: sound } });

/** Opens the dialog of a verb, fills its comment if one is given, and confirms. */
async function decideOnPage(page: Page, verb: "Approve" | "Reject" | "Send back", comment?: string) {
  await page.getByRole("button", { name: `${verb}…` }).click();
  const dialog = page.getByRole("dialog");
  if (comment) await dialog.getByRole("textbox").fill(comment);
  await dialog.getByRole("button", { name: verb, exact: true }).click();
  await expect(dialog).toBeHidden();
}

/** What the page says of a group's approvals. */
const entry = (page: Page, group: string) =>
  page.getByRole("list", { name: "Approvals" }).getByRole("listitem").filter({ hasText: group });

test("production needs two of platform and then one of security, in that order", async ({ asPerson }) => {
  const request = await askProd(uniqueKey("ledger"));
  const pat = await asPerson("Pat");
  await pat.goto(`/requests/${request.id}`);
  await expect(entry(pat, "platform")).toContainText("0 of 2");
  await expect(entry(pat, "security")).toContainText("then 1");
  await decideOnPage(pat, "Approve");
  await expect(entry(pat, "platform")).toContainText("1 of 2");
  await expect(pat.getByRole("button", { name: "Approve…" })).toHaveAccessibleDescription(
    "You have already decided on this version",
  );

  const priya = await asPerson("Priya");
  await priya.goto(`/requests/${request.id}`);
  await decideOnPage(priya, "Approve");
  await expect(entry(priya, "platform")).toContainText("2 of 2");
  await expect(entry(priya, "security")).toContainText("0 of 1");

  const alex = await asPerson("Alex");
  await alex.goto("/approvals");
  const row = alex.getByRole("row", { name: new RegExp(`#${request.number}\\b`) });
  await expect(row).toContainText("2 of 3");
  await expect(row).toContainText("security (you)");
  await row.getByRole("link").click();
  await decideOnPage(alex, "Approve", "Safe enough.");
  await expect(alex.getByText("Completed", { exact: true })).toBeVisible({ timeout: 30_000 });
});

test("who is not in turn is told whose turn it is, and refused by the server too", async ({ asPerson }) => {
  const request = await askProd(uniqueKey("vault"));
  const alex = await asPerson("Alex");
  await alex.goto(`/requests/${request.id}`);
  await alex.getByRole("button", { name: "Approve…" }).click();
  await expect(alex.getByRole("dialog")).toContainText(
    "You are the only one of security who can approve, and a person counts once.",
  );
  await alex.getByRole("dialog").getByRole("button", { name: "Approve" }).click();
  await expect(entry(alex, "platform")).toContainText("1 of 2");
  await decide("Priya", "approve", request);

  const pat = await asPerson("Pat");
  await pat.goto(`/requests/${request.id}`);
  const turn = 'It is the turn of the group "security", which you are not in';
  await expect(pat.getByRole("button", { name: "Approve…" })).toHaveAccessibleDescription(turn);
  const answer = await callApi<{ detail: string }>("Pat", `POST /requests/${request.id}/approve`, {
    version: request.version,
  });
  expect(answer).toMatchObject({ status: 403, body: { detail: turn } });
});

test("a request sent back with a comment is changed and sent again, and earlier approvals are void", async ({
  asPerson,
}) => {
  const key = uniqueKey("invoices");
  const request = await askProd(key);
  await decide("Pat", "approve", request);

  const priya = await asPerson("Priya");
  await priya.goto(`/requests/${request.id}`);
  await priya.getByRole("button", { name: "Send back…" }).click();
  const dialog = priya.getByRole("dialog", { name: `Send back request ${request.number}` });
  await dialog.getByRole("button", { name: "Send back", exact: true }).click();
  await expect(dialog.getByRole("textbox")).toHaveAccessibleDescription(/Say what should change/);
  await dialog.getByRole("textbox").fill("Please protect it from deletion.");
  await dialog.getByRole("button", { name: "Send back", exact: true }).click();
  await expect(priya.getByText("Sent back", { exact: true })).toBeVisible();

  const dana = await asPerson("Dana");
  await dana.goto(`/requests/${request.id}`);
  await expect(dana.getByText("Please protect it from deletion.")).toBeVisible();
  await dana.getByRole("link", { name: "Edit and resubmit" }).click();
  await expect(shortName(dana, 0, 1)).toBeEnabled();
  await expect(shortName(dana, 0, 1)).toHaveValue(key);
  await stepEntry(dana, "Protection").click();
  await dana.getByRole("switch", { name: "Deletion protection" }).check();
  await goOn(dana, "Indexes and tags");
  await goOn(dana, "Review");
  await dana.getByRole("button", { name: "Send again" }).click();
  await expect(dana).toHaveURL(new RegExp(`/requests/${request.id}$`));
  await expect(dana.getByText("Waiting for approval", { exact: true })).toBeVisible();
  await expect(dana.getByText("version 2", { exact: false }).first()).toBeVisible();
  await expect(entry(dana, "platform")).toContainText("0 of 2");
  const after = await readRequest("Dana", request.id);
  expect(after.tables[0]?.spec.deletion_protection).toBe(true);
});

test("a decision about content that has changed meanwhile is refused, and the page shows the new content", async ({
  asPerson,
}) => {
  const [before, after] = [uniqueKey("before"), uniqueKey("after")];
  const request = await askProd(before);
  const pat = await asPerson("Pat");
  await pat.goto(`/requests/${request.id}`);
  await pat.getByRole("button", { name: "Approve…" }).click();
  const answer = await callApi<RequestView>("Dana", `POST /requests/${request.id}/resubmit`, {
    version: 1,
    tables: { [after]: { partition_key: "id" } },
  });
  expect(answer.status).toBe(200);
  await pat.getByRole("dialog").getByRole("button", { name: "Approve" }).click();
  await expect(
    pat.getByRole("alert").filter({ hasText: "The page now shows the newest state." }),
  ).toBeVisible();
  await expect(pat.getByRole("heading", { name: `shop-prod-${after}` })).toBeVisible();
  expect((await readRequest("Pat", request.id)).approvals.given).toEqual([]);
});

test("a rejection needs its reason, ends the request and frees the name", async ({ asPerson }) => {
  const key = uniqueKey("refused");
  const request = await askProd(key);
  const dana = await asPerson("Dana");
  await openWizard(dana);
  await dana.getByRole("combobox", { name: "Project" }).selectOption("shop");
  await dana.getByRole("combobox", { name: "Environment" }).selectOption("prod");
  await shortName(dana, 0, 1).fill(key);
  await expect(shortName(dana, 0, 1)).toHaveAccessibleDescription(
    new RegExp(`taken|request ${request.number}`),
  );

  const pat = await asPerson("Pat");
  await pat.goto(`/requests/${request.id}`);
  await decideOnPage(pat, "Reject", "We have such a table already.");
  await expect(pat.getByText("Rejected", { exact: true })).toBeVisible();
  await expect(pat.getByText("We have such a table already.")).toBeVisible();
  await expect(pat.getByRole("button", { name: "Approve…" })).toHaveCount(0);

  await openWizard(dana);
  await dana.getByRole("combobox", { name: "Project" }).selectOption("shop");
  await dana.getByRole("combobox", { name: "Environment" }).selectOption("prod");
  await shortName(dana, 0, 1).fill(key);
  await expect(dana.getByText(`shop-prod-${key} · The name is free in Tablewright.`)).toBeVisible();
});

test("people talk on a request, and each sees what the other wrote without a reload", async ({
  asPerson,
}) => {
  const request = await askProd(uniqueKey("talk"));
  const [dana, pat] = [await asPerson("Dana"), await asPerson("Pat")];
  for (const page of [dana, pat]) await page.goto(`/requests/${request.id}`);
  const say = async (page: Page, words: string) => {
    await page.getByRole("textbox", { name: "Comment" }).fill(words);
    await page.getByRole("button", { name: "Comment", exact: true }).click();
    await expect(page.getByRole("textbox", { name: "Comment" })).toHaveValue("");
  };
  const heard = (page: Page, words: string) =>
    expect(page.getByRole("list", { name: "What happened" }).getByText(words)).toBeVisible();
  await say(pat, "How many items a day?");
  await heard(dana, "How many items a day?");
  await say(dana, "About <b>ten</b> thousand.");
  await heard(pat, "About <b>ten</b> thousand.");
});

test("whoever asked can cancel, and the name is free again", async ({ asPerson }) => {
  const key = uniqueKey("withdrawn");
  const request = await askProd(key);
  const dana = await asPerson("Dana");
  await dana.goto(`/requests/${request.id}`);
  await dana.getByRole("button", { name: "Cancel…" }).click();
  await dana.getByRole("dialog").getByRole("button", { name: "Cancel the request" }).click();
  await expect(dana.getByText("Cancelled", { exact: true })).toBeVisible();
  await untilState("Dana", request, "cancelled");
  const again = await askProd(key);
  expect(again.tables[0]?.name).toBe(`shop-prod-${key}`);
});
