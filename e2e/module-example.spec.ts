import { ask, callApi, decide, readRequest, readTable, uniqueKey, untilState } from "#e2e/api.ts";
import { expect, test } from "#e2e/journey.ts";

test("the module's three-table example goes from a POST to its four outputs over the API alone", async () => {
  const [users, events, sessions] = [uniqueKey("user-data"), uniqueKey("events"), uniqueKey("sessions")];
  const request = await ask({
    by: "Noor",
    project: "billing",
    environment: "stage",
    tables: {
      [users]: { partition_key: "user_id", type: "key-value", enable_point_in_time_recovery: true },
      [events]: {
        partition_key: "event_type",
        sort_key: "timestamp",
        type: "time-series",
        attribute_types: { event_type: "S", timestamp: "N" },
        enable_ttl: true,
        ttl_attribute: "ttl",
        enable_stream: true,
      },
      [sessions]: {
        partition_key: "session_id",
        type: "key-value",
        enable_ttl: true,
        ttl_attribute: "expires_at",
      },
    },
  });
  expect(request).toMatchObject({
    state: "submitted",
    version: 1,
    approvals: { required: [{ group: "platform", count: 1 }], given: [] },
  });

  await decide("Priya", "approve", request, "Fine.");
  const done = await untilState("Noor", request, "completed");
  const { body: outputs } = await callApi("Noor", `GET /requests/${request.id}/outputs`);
  const arn = (key: string) => `arn:aws:dynamodb:us-east-1:000000000000:table/billing-stage-${key}`;
  const stream = expect.stringMatching(new RegExp(`^${arn(events)}/stream/.+$`));
  const each = <T>(of: (key: string) => T) =>
    Object.fromEntries([users, events, sessions].map((key) => [key, of(key)]));
  const streamOf = (key: string) => (key === events ? stream : null);
  expect(outputs).toEqual({
    table_names: each((key) => `billing-stage-${key}`),
    table_arns: each(arn),
    table_stream_arns: each(streamOf),
    tables: each((key) => ({ name: `billing-stage-${key}`, arn: arn(key), stream_arn: streamOf(key) })),
  });

  // DynamoDB may take an hour from the one to the other.
  const switchedOn = expect.stringMatching(/^ENABL(ING|ED)$/);
  const tableOf = (key: string) =>
    readTable("Noor", done.tables.find((table) => table.key === key)!.table_id!);
  expect(await tableOf(users)).toMatchObject({
    state: "active",
    aws_status: "ACTIVE",
    point_in_time_recovery: { status: "ENABLED", days: 35 },
    ttl: { status: "DISABLED" },
    stream: { enabled: false },
  });
  expect(await tableOf(events)).toMatchObject({
    ttl: { status: switchedOn, attribute: "ttl" },
    stream: { enabled: true, view_type: "NEW_AND_OLD_IMAGES", label: expect.stringContaining("20") },
    encryption: { type: "aws_managed", status: "ENABLED" },
  });
  expect(await tableOf(sessions)).toMatchObject({
    ttl: { status: switchedOn, attribute: "expires_at" },
  });

  const { events: told } = await readRequest("Noor", request.id);
  expect(told.map(({ event }) => event)).toEqual(
    expect.arrayContaining(["request.submit", "request.approve", "request.start", "request.complete"]),
  );
});

test("one who may not see a request finds nothing of it over the API either", async () => {
  const request = await ask({
    by: "Noor",
    project: "billing",
    environment: "stage",
    tables: { [uniqueKey("hidden")]: { partition_key: "id" } },
  });
  for (const call of [
    `GET /requests/${request.id}`,
    `GET /requests/${request.id}/outputs`,
    `POST /requests/${request.id}/approve`,
    `POST /requests/${request.id}/cancel`,
  ]) {
    const body = call.startsWith("POST") ? { version: 1 } : undefined;
    expect((await callApi("Dana", call, body)).status, call).toBe(404);
  }
});
