import type { TableSpec } from "#lib/table-spec/schema.ts";
import { readObserved } from "#lib/tables/view.ts";
import type { Evidence } from "./schema.ts";

type TableRow = { spec: unknown; observed: unknown; observedAt: Date | null; streamArn: string | null };

/** What a worker last saw of a table that matters to whoever decides on its end; before it saw it, what was approved. */
export function evidenceOf({ spec, observed, observedAt, streamArn }: TableRow): Evidence {
  const live = readObserved(observed);
  const approved = spec as TableSpec;
  return {
    item_count: live?.itemCount ?? null,
    size_bytes: live?.sizeBytes ?? null,
    stream_enabled: live?.stream.enabled ?? approved.enable_stream,
    stream_arn: streamArn,
    deletion_protection: live?.deletionProtection ?? approved.deletion_protection,
    point_in_time_recovery: live?.backups
      ? live.backups.status === "ENABLED"
      : approved.enable_point_in_time_recovery,
    created_at: live?.createdAt ?? null,
    observed_at: live ? (observedAt?.toISOString() ?? null) : null,
  };
}
