import { setTimeout as sleep } from "node:timers/promises";
import { connect } from "#lib/infra/aws/gateway.ts";
import { type PlannedCall, plan } from "#lib/provisioning/plan.ts";
import { type TableSpecInput, tableSpecSchema } from "#lib/table-spec/schema.ts";
import { account, region } from "./stage.ts";

const pollMilliseconds = 100;

/**
 * What a script with the SDK would do for one table: look, create, poll until ACTIVE, the later calls, and read
 * everything back. No database, no approval, no audit.
 */
export async function createBare(endpoint: string, name: string, input: TableSpecInput): Promise<void> {
  const gateway = connect({ endpoint, account, region, roleArn: null, externalId: null });
  const spec = tableSpecSchema.parse(input);
  const calls: PlannedCall[] = plan({ name, spec, tags: { Name: name }, unsupported: [] }, { exists: false });
  await gateway.describeTable(name);
  for (const call of calls) {
    await gateway.run(call);
    if (call.call === "CreateTable") await untilActive(gateway, name);
  }
  await gateway.observe(name, { deep: true, skip: [] });
}

async function untilActive(gateway: ReturnType<typeof connect>, name: string): Promise<void> {
  for (;;) {
    await sleep(pollMilliseconds);
    const table = await gateway.describeTable(name);
    if (table.exists && table.tableStatus === "ACTIVE") return;
  }
}
