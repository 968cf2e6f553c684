import { expect, test } from "#e2e/journey.ts";

test("the platform team has a worker check an environment, and everybody reads what came of it", async ({
  asPerson,
}) => {
  const pat = await asPerson("Pat");
  await pat.goto("/");
  await pat.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Settings" }).click();
  const stage = pat.locator("#environment-stage");
  await stage.getByRole("button", { name: "Check stage" }).click();
  await expect(stage.getByText("All that can be checked works.")).toBeVisible();
  await expect(stage.getByText(/asked by Pat/)).toBeVisible();

  const dana = await asPerson("Dana");
  await dana.goto("/settings");
  const read = dana.locator("#environment-stage");
  await expect(read.getByRole("cell", { name: "dynamodb:DescribeTable" })).toBeVisible();
  await expect(read.getByRole("button", { name: "Check stage" })).toHaveAccessibleDescription(
    "Only the platform group may start a check",
  );
});

test("the settings say what each rule means and who is in which group, of one's own projects only", async ({
  asPerson,
}) => {
  const dana = await asPerson("Dana");
  await dana.goto("/settings/rules");
  await expect(dana.getByRole("list", { name: "Approvals" })).toContainText(
    "two of platform".replace("two", "2"),
  );
  await dana.goto("/settings/groups");
  await expect(dana.getByRole("row", { name: /security/ })).toContainText("Alex");
  const projects = dana.getByRole("table", { name: "Projects" });
  await expect(projects).toContainText("shop");
  await expect(projects).not.toContainText("billing");
});
