import { ask, decide, uniqueKey } from "#e2e/api.ts";
import { expect, test } from "#e2e/journey.ts";

test("the bell leads to the very request, opening it reads its notification, and its requester hears of the decision", async ({
  asPerson,
}) => {
  const request = await ask({
    by: "Dana",
    project: "shop",
    environment: "stage",
    tables: { [uniqueKey("heard-of")]: { partition_key: "id" } },
  });
  const pat = await asPerson("Pat");
  const waits = pat.getByRole("link", { name: `Request ${request.number} waits for you` });
  await expect(async () => {
    await pat.goto("/notifications?show=unread");
    await expect(waits).toBeVisible({ timeout: 500 });
  }).toPass();
  const bell = pat.getByRole("link", { name: "Notifications" }).first();
  await expect(bell).toHaveAccessibleName(/^Notifications: [\d,]+\+? unread$/);

  await waits.click();
  await expect(pat).toHaveURL(new RegExp(`/requests/${request.id}$`));
  await expect(async () => {
    await pat.goto("/notifications?show=unread");
    await expect(waits).toBeHidden({ timeout: 500 });
  }).toPass();

  await decide("Priya", "reject", request, "There is such a table.");
  const dana = await asPerson("Dana");
  const rejected = dana.getByRole("link", { name: `Request ${request.number} was rejected by Priya` });
  await expect(async () => {
    await dana.goto("/notifications");
    await expect(rejected).toBeVisible({ timeout: 500 });
  }).toPass();
  await dana.getByRole("button", { name: "Mark all as read" }).click();
  await expect(dana.getByRole("link", { name: "Notifications" }).first()).toHaveAccessibleName(
    "Notifications",
  );
  await pat.goto("/notifications?show=turn");
  await expect(pat.getByRole("row", { name: `Request ${request.number}` })).toContainText("by Priya");
});
