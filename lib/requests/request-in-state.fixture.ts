import { draftOf, waitingRequest } from "#lib/authorization.scene.fixture.ts";
import type { UserActor } from "#lib/core/actor.ts";
import { db } from "#lib/infra/db.ts";
import { ensureOperations } from "#lib/provisioning/ensure-operations.ts";
import { settleRequest } from "#lib/provisioning/settle-request.ts";
import { makeActor } from "#prisma/factories.ts";
import { approveRequest } from "./approve.ts";
import { cancelRequest } from "./cancel.ts";
import { expireRequest } from "./expire.ts";
import { rejectRequest } from "./reject.ts";
import { sendBackRequest } from "./send-back.ts";
import type { RequestState } from "./state.ts";

const version = 1;
const comment = "Which team pays?";

/** How a request of this person comes to each state, by the verbs that lead there; answers its id. */
const ways: Record<RequestState, (requester: UserActor) => Promise<string>> = {
  draft: draftOf,
  submitted: waitingRequest,
  sent_back: async (requester) => {
    const id = await waitingRequest(requester);
    await sendBackRequest(await makeActor("platform"), { id, version, comment });
    return id;
  },
  approved: async (requester) => {
    const id = await waitingRequest(requester);
    for (const group of ["platform", "platform", "security"])
      await approveRequest(await makeActor(group), { id, version });
    return id;
  },
  provisioning: async (requester) => {
    const id = await ways.approved(requester);
    await ensureOperations(id);
    return id;
  },
  completed: async (requester) => endTables(await ways.provisioning(requester), "active"),
  failed: async (requester) => endTables(await ways.provisioning(requester), "failed"),
  rejected: async (requester) => {
    const id = await waitingRequest(requester);
    await rejectRequest(await makeActor("platform"), { id, version, comment });
    return id;
  },
  cancelled: async (requester) => {
    const id = await waitingRequest(requester);
    await cancelRequest(requester, { id, version });
    return id;
  },
  expired: async (requester) => {
    const id = await waitingRequest(requester);
    await neglect(id);
    await expireRequest({ kind: "system", job: "tests" }, { id });
    return id;
  },
};

export function makeRequestIn(state: RequestState, requester: UserActor): Promise<string> {
  return ways[state](requester);
}

/** Nobody did anything about it for a year. */
export async function neglect(id: string): Promise<void> {
  await db().$executeRaw`update request set "updatedAt" = now() - interval '1 year' where id = ${id}::uuid`;
}

/** Plays the workers: every table of the request ended so, and the request with them. */
export async function endTables(id: string, state: "active" | "failed"): Promise<string> {
  await db().table.updateMany({ where: { requestId: id }, data: { state } });
  await settleRequest(id);
  return id;
}
