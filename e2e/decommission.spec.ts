import { ask, askForEnd, decide, readTable, uniqueKey, untilState } from "#e2e/api.ts";
import { expect, test } from "#e2e/journey.ts";

/** A table of Dana's in `stage` that is active; answers its key, name and id. */
async function activeTable(options: object = {}) {
  const key = uniqueKey("old");
  const request = await ask({
    by: "Dana",
    project: "shop",
    environment: "stage",
    tables: { [key]: { partition_key: "id", ...options } },
  });
  await decide("Pat", "approve", request);
  const [table] = (await untilState("Dana", request, "completed")).tables;
  return { key, name: `shop-stage-${key}`, id: table!.table_id! };
}

test("a table is asked to go by its typed name, approved by another, and gone; its name is free and its history stays", async ({
  asPerson,
}) => {
  const table = await activeTable({ enable_stream: true, enable_point_in_time_recovery: true });
  const dana = await asPerson("Dana");
  await dana.goto(`/tables/${table.id}`);
  await dana.getByRole("link", { name: "Decommission…" }).click();
  await expect(dana.getByRole("heading", { level: 1, name: `Delete ${table.name}` })).toBeVisible();
  await expect(dana.getByRole("row", { name: /^Stream on: somebody may read it/ })).toBeVisible();
  await expect(dana.getByText(`${table.name}$DeletedTableBackup`)).toBeVisible();
  await expect(dana.getByRole("list", { name: "Steps of the deletion" }).getByRole("listitem")).toHaveCount(
    1,
  );

  await dana
    .getByRole("textbox", { name: "Justification" })
    .fill("The orders moved; nobody reads it any more.");
  await dana.getByRole("textbox", { name: "Name of the table" }).fill(table.name.toUpperCase());
  await dana.getByRole("button", { name: "Ask to delete it" }).click();
  await expect(dana.getByText("That is not the table's name.")).toBeVisible();
  await expect(dana).toHaveURL(/\/decommission$/);
  await dana.getByRole("textbox", { name: "Name of the table" }).fill(table.name);
  await dana.getByRole("button", { name: "Ask to delete it" }).click();

  await expect(dana.getByRole("heading", { level: 1, name: `Delete ${table.name} in stage` })).toBeVisible();
  await expect(dana.getByText(`asked to delete ${table.name}`)).toBeVisible();
  const requestPath = new URL(dana.url()).pathname;
  await dana.goto(`/tables/${table.id}`);
  await expect(dana.getByText("The table is to be deleted.")).toBeVisible();
  await expect(dana.getByRole("button", { name: "Decommission…" })).toHaveAttribute("aria-disabled", "true");
  expect((await readTable("Dana", table.id)).state).toBe("active");

  const pat = await asPerson("Pat");
  await pat.goto("/approvals");
  await pat.getByRole("link", { name: `Delete ${table.name}` }).click();
  await expect(pat.getByRole("columnheader", { name: "When asked" })).toBeVisible();
  await pat.getByRole("button", { name: "Approve…" }).click();
  await expect(pat.getByRole("dialog")).toContainText("the tables are deleted as shown");
  await pat.getByRole("dialog").getByRole("button", { name: "Approve" }).click();
  await expect(pat.getByText("Completed", { exact: true })).toBeVisible({ timeout: 45_000 });
  await expect(pat.getByText("Deleted", { exact: true })).toBeVisible();
  await expect(pat.getByText(`${table.name} is gone, and its name is free`)).toBeVisible();

  await dana.goto(`/tables/${table.id}`);
  await expect(dana.getByText("The table is deleted.")).toBeVisible();
  const history = dana.getByRole("list", { name: "History" });
  await expect(history).toContainText("is ready to use");
  await expect(history).toContainText("is gone, and its name is free");
  await expect(dana.getByText(`${table.name} was deleted.`)).toBeVisible();
  await dana.getByRole("link", { name: /^Request \d+$/ }).click();
  await expect(dana).toHaveURL(new RegExp(requestPath));

  const successor = await ask({
    by: "Dana",
    project: "shop",
    environment: "stage",
    tables: { [table.key]: { partition_key: "id" } },
  });
  await decide("Pat", "approve", successor);
  await untilState("Dana", successor, "completed");
});

test("a request that was sent back is answered and sent again", async ({ asPerson }) => {
  const table = await activeTable();
  const request = await askForEnd("stage", [table.key], "Old");
  await decide("Pat", "send-back", request, "Who was asked?");
  const dana = await asPerson("Dana");
  await dana.goto(`/requests/${request.id}`);
  await dana.getByRole("link", { name: "Edit and resubmit" }).click();
  await dana.getByRole("textbox", { name: "Justification" }).fill("Old; the billing team was asked.");
  await dana.getByRole("button", { name: "Send again" }).click();
  await expect(dana.getByText("Old; the billing team was asked.")).toBeVisible();
  await expect(dana.getByText("Waiting for approval", { exact: true }).first()).toBeVisible();
});

test("whoever may not ask in the project cannot see the page", async ({ asPerson, expectFault }) => {
  const table = await activeTable();
  expectFault(/404/);
  const noor = await asPerson("Noor");
  await noor.goto(`/tables/${table.id}/decommission`);
  await expect(noor.getByRole("heading", { name: "There is nothing here for you" })).toBeVisible();
});
