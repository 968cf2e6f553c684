import { ask, decide, readRequest, uniqueKey, untilState } from "#e2e/api.ts";
import { expect, test } from "#e2e/journey.ts";

const asked = (by: "Dana" | "Pat", key: string, environment = "stage") =>
  ask({ by, project: "shop", environment, tables: { [key]: { partition_key: "id" } } });

test("several requests are approved at once, and one that cannot be says why and holds up no other", async ({
  asPerson,
}) => {
  const batch = uniqueKey("batch");
  const first = await asked("Dana", `${batch}-a`);
  const second = await asked("Dana", `${batch}-b`);
  const page = await asPerson("Pat");
  await page.goto(`/approvals?q=${batch}`);
  await page.getByRole("checkbox", { name: `Select request ${first.number}` }).check();
  await page.getByRole("checkbox", { name: `Select request ${second.number}` }).check();
  await page.getByRole("button", { name: "Approve 2 selected…" }).click();
  const dialog = page.getByRole("dialog", { name: "Approve 2 requests" });
  await expect(dialog).toBeVisible();
  // Somebody else is faster with one of them.
  await decide("Priya", "reject", second, "Ask for it in billing");
  await dialog.getByRole("button", { name: "Approve 2 requests" }).click();
  const outcome = page.getByRole("dialog", { name: "1 of 2 approved" });
  await expect(outcome.getByRole("listitem").filter({ hasText: `#${first.number}` })).toContainText(
    "Approved",
  );
  await expect(outcome.getByRole("listitem").filter({ hasText: `#${second.number}` })).toContainText(
    "rejected",
  );
  await outcome.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText("No waiting request matches")).toBeVisible();
  await untilState("Pat", first, "completed");
});

test("a review is done by keyboard alone, and letters in a field stay letters", async ({ asPerson }) => {
  const keys = uniqueKey("keys");
  const older = await asked("Dana", `${keys}-a`);
  const newer = await asked("Dana", `${keys}-b`);
  const page = await asPerson("Pat");
  await page.goto(`/approvals?q=${keys}`);
  const row = (number: number) =>
    page
      .getByRole("row")
      .filter({ hasText: `#${number}` })
      .getByRole("link");
  // Ages are told once the page is alive; a key that is pressed before that is nobody's.
  const line = page.getByRole("row").filter({ hasText: `#${newer.number}` });
  await expect(line.getByRole("cell", { name: /^(now|\d+ (s|min))$/ })).toBeVisible();
  await page.keyboard.press("j");
  await expect(row(newer.number)).toBeFocused();
  await page.keyboard.press("j");
  await expect(row(older.number)).toBeFocused();
  await page.keyboard.press("k");
  await page.keyboard.press("r");
  const reject = page.getByRole("dialog", { name: `Reject request ${newer.number}` });
  await expect(reject.getByText(`shop-stage-${keys}-b`)).toBeVisible();
  await reject.getByRole("textbox", { name: "Why" }).focus();
  await page.keyboard.type("A jar of jam: not a table");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(row(newer.number)).toBeHidden();
  expect((await readRequest("Pat", newer.id)).approvals.given[0]?.comment).toBe("A jar of jam: not a table");

  await page.keyboard.press("j");
  await expect(row(older.number)).toBeFocused();
  await page.keyboard.press("a");
  const approve = page.getByRole("dialog", { name: `Approve request ${older.number}` });
  await approve.getByRole("textbox", { name: "Comment" }).focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(row(older.number)).toBeHidden();
  await untilState("Pat", older, "completed");
});

test("a new request appears in an open queue without a reload", async ({ asPerson }) => {
  const live = uniqueKey("live");
  const page = await asPerson("Pat");
  await page.goto(`/approvals?q=${live}&sort=oldest`);
  await expect(page.getByText("No waiting request matches")).toBeVisible();
  const request = await asked("Dana", live);
  await expect(page.getByRole("row").filter({ hasText: `#${request.number}` })).toBeVisible();
});
