import { randomUUID } from "node:crypto";
import { exportAudit } from "#lib/audit/export.ts";
import { getAuditSeal, listAudit, listAuditLines } from "#lib/audit/queries.ts";
import {
  draftContent,
  draftOf,
  failedRequest,
  overdueRequest,
  type Scene,
  sessionOf,
  shopBody,
  tokenIdOf,
  waitingDecommission,
  waitingRequest,
} from "#lib/authorization.scene.fixture.ts";
import type { Actor } from "#lib/core/actor.ts";
import { checkEnvironment } from "#lib/environments/check.ts";
import { listEnvironments, listProjects } from "#lib/environments/queries.ts";
import { getEnvironmentSettings } from "#lib/environments/settings-queries.ts";
import { getRuleSettings } from "#lib/guardrails/queries.ts";
import { db } from "#lib/infra/db.ts";
import { markNoticesRead } from "#lib/notifications/mark-read.ts";
import { countUnreadNotices, hasUnreadNotice, listNotices } from "#lib/notifications/notice-queries.ts";
import { getNotificationSettings } from "#lib/notifications/queries.ts";
import { resendNotification } from "#lib/notifications/resend.ts";
import { resendChannel } from "#lib/notifications/resend-channel.ts";
import { testChannel } from "#lib/notifications/test-channel.ts";
import { getAccount, listPeople } from "#lib/people/account-queries.ts";
import { createOwnToken, createToken } from "#lib/people/create-token.ts";
import { deactivatePerson } from "#lib/people/deactivate.ts";
import { demoPeople, seedDemoPeople } from "#lib/people/demo-people.ts";
import { endSessions } from "#lib/people/end-sessions.ts";
import { getPeopleSettings } from "#lib/people/group-queries.ts";
import { linkPerson } from "#lib/people/link.ts";
import { describeMe } from "#lib/people/queries.ts";
import { reactivatePerson } from "#lib/people/reactivate.ts";
import { revokeSession } from "#lib/people/revoke-session.ts";
import { revokeToken } from "#lib/people/revoke-token.ts";
import { signIn } from "#lib/people/sign-in.ts";
import { signInDemo } from "#lib/people/sign-in-demo.ts";
import { signOut } from "#lib/people/sign-out.ts";
import { approveRequest } from "#lib/requests/approve.ts";
import { approveMany } from "#lib/requests/approve-many.ts";
import { cancelRequest } from "#lib/requests/cancel.ts";
import { commentOnRequest } from "#lib/requests/comment.ts";
import { getDecommissionPage } from "#lib/requests/decommission-queries.ts";
import { discardDraft } from "#lib/requests/discard-draft.ts";
import { expireRequest } from "#lib/requests/expire.ts";
import { listDrafts, listOpenRequests } from "#lib/requests/home-queries.ts";
import { importTerraform } from "#lib/requests/import-terraform.ts";
import { getLiveRequest } from "#lib/requests/live-queries.ts";
import { getOutputs, getRequestPage } from "#lib/requests/page-queries.ts";
import { getRequest, listRequests } from "#lib/requests/queries.ts";
import { getQueueSignature, listApprovalQueue, listWaiting } from "#lib/requests/queue-queries.ts";
import { rejectRequest } from "#lib/requests/reject.ts";
import { remindRequest } from "#lib/requests/remind.ts";
import { resubmitRequest } from "#lib/requests/resubmit.ts";
import { resubmitDecommission } from "#lib/requests/resubmit-decommission.ts";
import { retryRequest } from "#lib/requests/retry.ts";
import { saveDraft } from "#lib/requests/save-draft.ts";
import { sendBackRequest } from "#lib/requests/send-back.ts";
import { submitRequest } from "#lib/requests/submit.ts";
import { checkName, getDraft, getWizardOptions, previewRequest } from "#lib/requests/wizard-queries.ts";
import { explainDenial } from "#lib/tables/explain-denied-call.ts";
import { exportTablesCsv } from "#lib/tables/export-csv.ts";
import { getTablePage } from "#lib/tables/page-queries.ts";
import { getProjectPage } from "#lib/tables/project-queries.ts";
import { getTable, listTableEnvironments, listTables } from "#lib/tables/queries.ts";
import { getTableSnippet, listSnippetFormats, makeSnippets } from "#lib/tables/snippets.ts";
import { makePerson } from "#prisma/factories.ts";

type Input = Record<string, unknown>;

/** One verb or query of the matrix. */
export type Case = {
  /** The verb itself, whoever it is typed for: the matrix asks it for everybody. */
  verb: (actor: never, input: unknown) => Promise<unknown>;
  /** What it is asked, about an object of the requester's that is made for it; may depend on who asks. */
  asked: (scene: Scene, actor: Actor) => Input | Promise<Input>;
  /** A text of the answer that only those get who see the object. */
  shows?: (scene: Scene) => string;
};

const nothing = () => ({});
const version = 1;
const comment = "Why?";
const onRequest =
  (made: (requester: Scene["requester"]) => Promise<string>, rest: Input) =>
  async ({ requester }: Scene) => ({ id: await made(requester), ...rest });
/** For lists, which are asked for their newest. */
const amongOthers = async (scene: Scene) => {
  scene.newest = await waitingRequest(scene.requester);
  return { limit: 5 };
};
const arrival = { address: null, userAgent: null, former: null };

const requestVerbs = {
  approveRequest: { verb: approveRequest, asked: onRequest(waitingRequest, { version }) },
  approveMany: {
    verb: approveMany,
    asked: async ({ requester }) => ({ requests: [{ id: await waitingRequest(requester), version }] }),
    shows: () => '"approved":true',
  },
  rejectRequest: { verb: rejectRequest, asked: onRequest(waitingRequest, { version, comment }) },
  sendBackRequest: { verb: sendBackRequest, asked: onRequest(waitingRequest, { version, comment }) },
  cancelRequest: { verb: cancelRequest, asked: onRequest(waitingRequest, { version }) },
  retryRequest: { verb: retryRequest, asked: onRequest(failedRequest, { version }) },
  resubmitRequest: {
    verb: resubmitRequest,
    asked: (scene) => onRequest(waitingRequest, { version, tables: shopBody().tables })(scene),
  },
  resubmitDecommission: {
    verb: resubmitDecommission,
    asked: async ({ requester }) => {
      const { id, key } = await waitingDecommission(requester);
      return { id, version, tables: [key] };
    },
  },
  commentOnRequest: { verb: commentOnRequest, asked: onRequest(waitingRequest, { comment }) },
  expireRequest: { verb: expireRequest, asked: onRequest(overdueRequest, {}) },
  remindRequest: { verb: remindRequest, asked: onRequest((requester) => overdueRequest(requester, 20), {}) },
  submitRequest: { verb: submitRequest, asked: () => ({ body: shopBody() }) },
  "submitRequest/draft": {
    verb: submitRequest,
    asked: async ({ requester }) => ({ draft_id: await draftOf(requester), body: shopBody() }),
  },
  saveDraft: { verb: saveDraft, asked: () => ({ id: null, content: draftContent }) },
  "saveDraft/known": { verb: saveDraft, asked: onRequest(draftOf, { content: draftContent }) },
  discardDraft: { verb: discardDraft, asked: onRequest(draftOf, {}) },
} satisfies Record<string, Case>;

const requestQueries = {
  getRequest: { verb: getRequest, asked: ({ waiting: id }) => ({ id }) },
  getLiveRequest: { verb: getLiveRequest, asked: ({ waiting: id }) => ({ id }) },
  getRequestPage: { verb: getRequestPage, asked: ({ waiting: id }) => ({ id }) },
  getOutputs: { verb: getOutputs, asked: ({ waiting: id }) => ({ id }) },
  getDraft: { verb: getDraft, asked: ({ draft: id }) => ({ id }) },
  listRequests: { verb: listRequests, asked: amongOthers, shows: ({ newest }) => newest },
  "listRequests/drafts": {
    verb: listRequests,
    asked: () => ({ state: "draft" }),
    shows: ({ draft }) => draft,
  },
  listApprovalQueue: { verb: listApprovalQueue, asked: amongOthers, shows: ({ newest }) => newest },
  getQueueSignature: { verb: getQueueSignature, asked: amongOthers, shows: ({ newest }) => newest },
  listWaiting: { verb: listWaiting, asked: () => ({ limit: 100 }), shows: ({ waiting }) => waiting },
  listDrafts: { verb: listDrafts, asked: nothing, shows: ({ draft }) => draft },
  listOpenRequests: { verb: listOpenRequests, asked: amongOthers, shows: ({ newest }) => newest },
  previewRequest: { verb: previewRequest, asked: shopBody },
  checkName: { verb: checkName, asked: () => ({ project: "shop", environment: "dev", key: "orders" }) },
  importTerraform: {
    verb: importTerraform,
    asked: () => ({ hcl: 'tables = { a = { partition_key = "id" } }' }),
  },
  getWizardOptions: { verb: getWizardOptions, asked: nothing, shows: () => '"shop"' },
} satisfies Record<string, Case>;

const tableQueries = {
  getTable: { verb: getTable, asked: ({ table: { id } }) => ({ id }) },
  getDecommissionPage: { verb: getDecommissionPage, asked: ({ table: { id } }) => ({ id }) },
  getTablePage: { verb: getTablePage, asked: ({ table: { id } }) => ({ id }) },
  listTables: { verb: listTables, asked: nothing, shows: ({ table }) => table.id },
  listTableEnvironments: { verb: listTableEnvironments, asked: nothing, shows: () => '"gone"' },
  exportTablesCsv: { verb: exportTablesCsv, asked: nothing, shows: ({ table }) => table.name },
  getProjectPage: { verb: getProjectPage, asked: () => ({ project: "shop", environment: "solo" }) },
  listSnippetFormats: { verb: listSnippetFormats, asked: ({ table: { id } }) => ({ id }) },
  getTableSnippet: {
    verb: getTableSnippet,
    asked: ({ table: { id } }) => ({ id, format: "aws-cli", options: {} }),
  },
  makeSnippets: {
    verb: makeSnippets,
    asked: ({ table: { id } }) => ({ table_ids: [id], format: "aws-cli" }),
  },
  "makeSnippets/project": {
    verb: makeSnippets,
    asked: () => ({ project: "shop", environment: "solo", format: "aws-cli" }),
  },
  explainDenial: {
    verb: explainDenial,
    asked: ({ table: { id } }) => ({ table_id: id, message: "AccessDenied" }),
  },
} satisfies Record<string, Case>;

const peopleVerbs = {
  createOwnToken: {
    verb: createOwnToken,
    asked: () => ({ name: "laptop", scopes: ["read"], expires_days: 1 }),
  },
  createToken: { verb: createToken, asked: ({ requester: { email } }) => ({ email }) },
  revokeToken: { verb: revokeToken, asked: async ({ requester }) => ({ id: await tokenIdOf(requester) }) },
  revokeSession: {
    verb: revokeSession,
    asked: async ({ requester }) => ({ id: await sessionOf(requester) }),
  },
  signOut: { verb: signOut, asked: async ({ requester }) => ({ session: await sessionOf(requester) }) },
  endSessions: { verb: endSessions, asked: ({ requester: { id } }) => ({ id, keep: null }) },
  deactivatePerson: { verb: deactivatePerson, asked: async () => ({ id: (await makePerson()).id }) },
  "deactivatePerson/self": {
    verb: deactivatePerson,
    asked: (_scene, actor) => ({ id: actor.kind === "user" ? actor.id : "" }),
  },
  reactivatePerson: {
    verb: reactivatePerson,
    asked: async () => {
      const { id } = await makePerson();
      await db().user.update({ where: { id }, data: { deactivatedAt: new Date() } });
      return { id };
    },
  },
  linkPerson: {
    verb: linkPerson,
    asked: ({ requester: { email } }) => ({ email, issuer: "https://login.example.com", subject: "s-1" }),
  },
  signIn: {
    verb: signIn,
    asked: () => ({
      ...{ issuer: "https://login.example.com", subject: "s-2", idToken: "none", arrival },
      person: { email: "new@example.com", name: "New", groups: [], groupsProblem: null },
    }),
  },
  signInDemo: {
    verb: signInDemo,
    asked: async () => {
      await seedDemoPeople();
      return { email: demoPeople[0]!.email, arrival };
    },
  },
} satisfies Record<string, Case>;

/** An unread notice of the requester's, the only one; answers its id. */
async function noticeOf({ requester, waiting }: Scene): Promise<string> {
  const about = { auditId: 1, personId: requester.id, requestId: waiting, event: "request.comment" };
  await db().notice.deleteMany();
  return (await db().notice.create({ data: { ...about, kind: "news", actorName: "Pat" } })).id;
}
const withNotice = async (scene: Scene) => {
  await noticeOf(scene);
  return {};
};

/** The one of the matrix's configuration. */
const channel = "slack TEST_SLACK_URL";

/** A message that was given up on it; answers its id. */
async function deadDelivery(): Promise<string> {
  const told = { auditId: Date.now(), requestId: randomUUID(), requestState: "submitted" };
  const data = { ...told, channel, kind: "event", state: "dead" };
  return (await db().notificationDelivery.create({ data })).id;
}

const otherCases = {
  getAccount: { verb: getAccount, asked: ({ requester: { id } }) => ({ id, session: null }) },
  listPeople: { verb: listPeople, asked: nothing },
  getPeopleSettings: { verb: getPeopleSettings, asked: nothing, shows: () => '"shop"' },
  describeMe: { verb: async (actor) => describeMe(actor), asked: nothing, shows: () => '"shop"' },
  listProjects: { verb: listProjects, asked: nothing, shows: () => '"shop"' },
  listEnvironments: { verb: listEnvironments, asked: nothing },
  getEnvironmentSettings: { verb: getEnvironmentSettings, asked: nothing },
  getRuleSettings: { verb: getRuleSettings, asked: nothing },
  listAudit: { verb: listAudit, asked: nothing },
  getNotificationSettings: { verb: getNotificationSettings, asked: nothing },
  listNotices: { verb: listNotices, asked: withNotice, shows: ({ waiting }) => waiting },
  countUnreadNotices: { verb: countUnreadNotices, asked: withNotice, shows: () => "1" },
  hasUnreadNotice: {
    verb: hasUnreadNotice,
    asked: async (scene) => {
      await noticeOf(scene);
      return { request: scene.waiting };
    },
    shows: () => "true",
  },
  markNoticesRead: {
    verb: markNoticesRead,
    asked: async (scene) => ({ id: await noticeOf(scene) }),
    shows: () => '"marked":1',
  },
  resendNotification: { verb: resendNotification, asked: async () => ({ id: await deadDelivery() }) },
  resendChannel: {
    verb: resendChannel,
    asked: async () => {
      await deadDelivery();
      return { channel };
    },
  },
  listAuditLines: { verb: listAuditLines, asked: nothing },
  exportAudit: { verb: exportAudit, asked: () => ({ as: "jsonl" }) },
  getAuditSeal: { verb: getAuditSeal, asked: nothing },
  checkEnvironment: {
    verb: checkEnvironment,
    asked: async () => {
      await db().environmentCheck.deleteMany();
      return { environment: "dev" };
    },
  },
  testChannel: {
    verb: testChannel,
    asked: async () => {
      await db().channelTest.deleteMany();
      return { channel };
    },
  },
} satisfies Record<string, Case>;

/** By the name of the verb or query; what follows a slash tells several cases of one apart. */
export const cases: Record<string, Case> = {
  ...requestVerbs,
  ...requestQueries,
  ...tableQueries,
  ...peopleVerbs,
  ...otherCases,
};

/** The verb or query that a case is about. */
export const verbOf = (name: string): string => name.split("/")[0]!;
