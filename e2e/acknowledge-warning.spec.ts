import { ask, uniqueKey } from "#e2e/api.ts";
import { expect, test } from "#e2e/journey.ts";

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
