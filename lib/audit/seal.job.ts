import { log } from "#lib/infra/log.ts";
import { anchorText } from "./seal.ts";
import { auditHead, sealAudit } from "./seal-store.ts";

/** Writes the chain's end into the log, which is kept elsewhere: `audit verify --expect` compares with it. */
export async function noteAuditHead(): Promise<void> {
  await sealAudit({ everything: true });
  log.info({ head: anchorText(await auditHead()) }, "the audit is sealed up to here");
}
