import { wantedKeyArn } from "./create-table.ts";
import { invalidParameter } from "./service-error.ts";
import type { StoredTable } from "./tables.ts";
import type { Caller, SseSpecification } from "./wire.ts";
import type { World } from "./world.ts";

/**
 * A change of the key. The table stays ACTIVE, the SSEDescription is UPDATING for twice the updating time.
 * @throws ServiceError ValidationException when the key is in use already
 */
export function updateEncryption(
  world: World,
  table: StoredTable,
  caller: Caller,
  wanted: SseSpecification,
): void {
  const keyArn = wantedKeyArn(caller, wanted) ?? null;
  const current = table.encryption?.keyArn ?? null;
  if (keyArn === null && current === null) throw invalidParameter("Table is already encrypted by default");
  if (keyArn === current)
    throw invalidParameter(
      "Table is already encrypted with given KMSMasterKeyId. Use KMSMasterKeyId parameter if you want to change Master Key",
    );
  table.encryption = { keyArn, updatingUntil: caller.now + 2 * world.settings.updatingMs };
}
