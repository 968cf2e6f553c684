import type { Config } from "#lib/infra/config.ts";
import { tableUrl } from "#lib/infra/links.ts";
import { encryptionType } from "#lib/provisioning/completion.ts";
import { type ObservedTable, observedSchema } from "#lib/provisioning/observed.ts";
import type { TableSpec } from "#lib/table-spec/schema.ts";
import type { Prisma } from "#prisma/generated/client.ts";
import type { TableView } from "./schema.ts";
import type { TableState } from "./state.ts";

export const tableInclude = {
  request: { select: { id: true, number: true } },
  // A table is deleted once, and no second request may ask for it while one is open.
  decommissions: {
    where: { OR: [{ open: true }, { state: "deleted" }] },
    select: { request: { select: { id: true, number: true } } },
  },
} as const satisfies Prisma.TableInclude;
type TableRow = Prisma.TableGetPayload<{ include: typeof tableInclude }>;

/** A table as the API answers it. Everything about AWS is what a worker read at `observed_at`. */
export function toTableView(row: TableRow, config: Pick<Config, "environments">): TableView {
  const spec = row.spec as TableSpec;
  const live = readObserved(row.observed);
  return {
    id: row.id,
    key: row.key,
    name: row.name,
    project: row.project,
    environment: row.environment,
    environment_configured: config.environments.some((one) => one.name === row.environment),
    account: row.account,
    region: row.region,
    state: row.state as TableState,
    problem: row.problem,
    aws_status: row.awsStatus,
    arn: row.arn,
    stream_arn: row.streamArn,
    stream: {
      enabled: live?.stream.enabled ?? false,
      view_type: live?.stream.viewType ?? null,
      arn: live?.stream.arn ?? null,
      label: live?.stream.label ?? null,
    },
    ttl: { status: live?.ttl?.status ?? null, attribute: live?.ttl?.attribute ?? null },
    point_in_time_recovery: {
      status: live?.backups?.status ?? null,
      days: live?.backups?.days ?? null,
      earliest: live?.backups?.earliest ?? null,
      latest: live?.backups?.latest ?? null,
    },
    encryption: {
      type: live ? encryptionType(spec, live) : null,
      status: live?.encryption.status ?? null,
      kms_key_arn: live?.encryption.kmsKeyArn ?? null,
    },
    spec,
    unsupported: row.unsupported,
    drift: [],
    request: row.request,
    decommission: row.decommissions[0]?.request ?? null,
    created_at: row.createdAt.toISOString(),
    observed_at: row.observedAt?.toISOString() ?? null,
    url: tableUrl(row.id),
  };
}

/** What a worker last saw, or null before it saw the table. */
export function readObserved(stored: unknown): ObservedTable | null {
  const parsed = observedSchema.safeParse(stored);
  return parsed.success && parsed.data.exists ? parsed.data : null;
}
