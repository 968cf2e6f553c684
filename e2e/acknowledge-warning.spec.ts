import { ask, uniqueKey } from "#e2e/api.ts";
import { expect, test } from "#e2e/journey.ts";
import { chooseTable, fillWhere, goOn, openWizard, shortName, stepEntry } from "#e2e/wizard.ts";

test("a warning is acknowledged by whoever approves, and an approval that overlooks it is not sent", async ({
  asPerson,
}) => {
  const request = await ask({
    by: "Dana",
    project: "shop",
    environment: "stage",
    tables: { [uniqueKey("endless")]: { partition_key: "id", sort_key: "at", type: "time-series" } },
  });
  const pat = await asPerson("Pat");
  await pat.goto(`/requests/${request.id}`);
  await expect(pat.getByText("An approval is for exactly what is shown: pin")).toBeVisible();
  await pat.getByRole("button", { name: "Approve…" }).click();
  const dialog = pat.getByRole("dialog");
  const warning = dialog.getByRole("group", { name: "Warnings you acknowledge" }).getByRole("checkbox");
  await dialog.getByRole("button", { name: "Approve" }).click();
  await expect(dialog.getByRole("alert")).toHaveText("Acknowledge each warning, or send the request back");
  await expect(warning).toHaveAccessibleName(/time-series-expiry/);
  await warning.check();
  await dialog.getByRole("button", { name: "Approve" }).click();
  await expect(pat.getByText("Completed", { exact: true })).toBeVisible({ timeout: 30_000 });
});

test("the wizard warns as one types, also while another table of the request is unfinished", async ({
  asPerson,
}) => {
  const dana = await asPerson("Dana");
  await openWizard(dana);
  const [endless, unfinished] = [uniqueKey("endless"), uniqueKey("unfinished")];
  await fillWhere(dana, {
    project: "shop",
    environment: "stage",
    justification: "Readings, kept for as long as somebody asks.",
    keys: [endless],
  });
  await goOn(dana, "Keys");
  await dana.getByRole("radio", { name: /^Time series/ }).check();
  const partitionKey = dana.getByRole("textbox", { name: "Partition key" });
  await partitionKey.fill("sensor");
  const warning = dana.getByRole("complementary").getByText("A time-series table without TTL");
  await expect(warning).toBeHidden();
  await dana.getByRole("textbox", { name: "Sort key" }).fill("at");
  await expect(warning).toBeVisible();
  // Nor does it come and go with each letter.
  await partitionKey.pressSequentially("s");
  expect(await warning.isVisible()).toBe(true);
  await stepEntry(dana, "Where and what").click();
  await dana.getByRole("button", { name: "Add a table" }).click();
  await shortName(dana, 1, 2).fill(unfinished);
  await stepEntry(dana, "Keys").click();
  await expect(dana.getByText("Tables that are not finished may change that.")).toBeVisible();
  await chooseTable(dana, endless);
  await expect(warning).toBeVisible();
  await dana.getByRole("button", { name: "Let items expire" }).click();
  await expect(warning).toBeHidden();
});
