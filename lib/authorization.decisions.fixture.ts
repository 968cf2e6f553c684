import { type ActorKind, actorKinds } from "./authorization.scene.fixture.ts";

/**
 * Who may do what, written by hand from the contract ("Who sees what", "Decisions", "Edit and resubmit") and the
 * policies' reasons. Whatever is asked about is the requester's, in the project shop; the request waits for the group of
 * `in-turn`, after which comes that of `out-of-turn`.
 *
 * `yes`: does it, or sees it. `no`: an answer without it. `403`: sees it and may not, with a reason. `404`: may not even
 * see that it is there. `-`: does not compile, and has no way in.
 */
const table = `
                       requester member stranger in-turn out-of-turn admin auditor auditor-in-all nobody own-token admin-token system
approveRequest         403       403    404      yes     403         403   403     403            404    403       403         403
approveMany            no        no     no       yes     no          no    no      no             no     no        no          no
rejectRequest          403       403    404      yes     403         403   403     403            404    403       403         403
sendBackRequest        403       403    404      yes     403         403   403     403            404    403       403         403
cancelRequest          yes       403    404      403     403         yes   403     403            404    yes       yes         403
retryRequest           yes       403    404      403     403         yes   403     403            404    yes       yes         403
resubmitRequest        yes       403    404      403     403         403   403     403            404    yes       403         403
resubmitDecommission   yes       403    404      403     403         403   403     403            404    yes       403         403
commentOnRequest       yes       yes    404      yes     yes         yes   403     403            404    yes       yes         403
expireRequest          403       403    404      403     403         403   403     403            404    403       403         yes
remindRequest          403       403    404      403     403         403   403     403            404    403       403         yes
submitRequest          yes       yes    404      404     404         yes   403     403            404    yes       yes         404
submitRequest/draft    yes       404    404      404     404         404   404     404            404    yes       404         404
saveDraft              yes       yes    yes      yes     yes         yes   403     403            yes    yes       yes         403
saveDraft/known        yes       404    404      404     404         404   404     404            404    yes       404         403
discardDraft           yes       404    404      404     404         404   404     404            404    yes       404         403

getRequest             yes       yes    404      yes     yes         yes   yes     yes            404    yes       yes         yes
getLiveRequest         yes       yes    404      yes     yes         yes   yes     yes            404    yes       yes         yes
getRequestPage         yes       yes    404      yes     yes         yes   yes     yes            404    yes       yes         yes
getOutputs             yes       yes    404      yes     yes         yes   yes     yes            404    yes       yes         yes
getDraft               yes       404    404      404     404         404   404     404            404    yes       404         yes
listRequests           yes       yes    no       yes     yes         yes   yes     yes            no     yes       yes         yes
listRequests/drafts    yes       no     no       no      no          no    no      no             no     yes       no          yes
listApprovalQueue      yes       yes    no       yes     yes         yes   yes     yes            no     yes       yes         -
getQueueSignature      yes       yes    no       yes     yes         yes   yes     yes            no     yes       yes         -
listWaiting            no        no     no       yes     no          no    no      no             no     no        no          -
listDrafts             yes       no     no       no      no          no    no      no             no     yes       no          -
listOpenRequests       yes       no     no       no      no          no    no      no             no     yes       no          -
previewRequest         yes       yes    404      404     404         yes   403     403            404    yes       yes         404
checkName              yes       yes    404      404     404         yes   yes     yes            404    yes       yes         -
importTerraform        yes       yes    yes      yes     yes         yes   yes     yes            yes    yes       yes         yes
getWizardOptions       yes       yes    no       no      no          yes   no      no             no     yes       yes         -

getTable               yes       yes    404      404     404         yes   yes     yes            404    yes       yes         yes
getTablePage           yes       yes    404      404     404         yes   yes     yes            404    yes       yes         yes
getDecommissionPage    yes       yes    404      404     404         yes   yes     yes            404    yes       yes         -
listTables             yes       yes    no       no      no          yes   yes     yes            no     yes       yes         yes
listTableEnvironments  yes       yes    no       no      no          yes   yes     yes            no     yes       yes         yes
exportTablesCsv        yes       yes    no       no      no          yes   yes     yes            no     yes       yes         yes
getProjectPage         yes       yes    404      404     404         yes   yes     yes            404    yes       yes         -
listSnippetFormats     yes       yes    404      404     404         yes   yes     yes            404    yes       yes         yes
getTableSnippet        yes       yes    404      404     404         yes   yes     yes            404    yes       yes         yes
makeSnippets           yes       yes    404      404     404         yes   yes     yes            404    yes       yes         yes
makeSnippets/project   yes       yes    404      404     404         yes   yes     yes            404    yes       yes         yes
explainDenial          yes       yes    404      404     404         yes   yes     yes            404    yes       yes         -

createOwnToken         yes       yes    yes      yes     yes         yes   yes     yes            yes    403       403         403
createToken            403       403    403      403     403         403   403     403            403    403       403         yes
revokeToken            yes       404    404      404     404         yes   403     403            404    403       403         yes
revokeSession          yes       404    404      404     404         yes   403     403            404    403       403         yes
signOut                yes       404    404      404     404         404   404     404            404    yes       404         404
endSessions            yes       404    404      404     404         yes   403     403            404    403       403         yes
deactivatePerson       404       404    404      404     404         yes   403     403            404    404       403         yes
deactivatePerson/self  404       404    404      404     404         403   403     403            404    404       403         -
reactivatePerson       404       404    404      404     404         yes   403     403            404    404       403         yes
linkPerson             403       403    403      403     403         403   403     403            403    403       403         yes
signIn                 403       403    403      403     403         403   403     403            403    403       403         yes
signInDemo             403       403    403      403     403         403   403     403            403    403       403         yes

getAccount             yes       404    404      404     404         yes   yes     yes            404    yes       yes         yes
listPeople             404       404    404      404     404         yes   yes     yes            404    404       yes         yes
getPeopleSettings      yes       yes    no       no      no          yes   yes     yes            no     yes       yes         -
describeMe             yes       yes    no       no      no          yes   yes     yes            no     yes       yes         -
listProjects           yes       yes    no       no      no          yes   yes     yes            no     yes       yes         -
listEnvironments       yes       yes    yes      yes     yes         yes   yes     yes            yes    yes       yes         -
getEnvironmentSettings yes       yes    yes      yes     yes         yes   yes     yes            yes    yes       yes         -
getRuleSettings        yes       yes    yes      yes     yes         yes   yes     yes            yes    yes       yes         -
listAudit              403       403    403      403     403         yes   yes     yes            403    403       yes         yes
exportAudit            403       403    403      403     403         yes   yes     yes            403    403       yes         yes
listAuditLines         403       403    403      403     403         yes   yes     yes            403    403       yes         yes
getAuditSeal           403       403    403      403     403         yes   yes     yes            403    403       yes         yes
checkEnvironment       403       403    403      403     403         yes   403     403            403    403       yes         403
resendNotification     403       403    403      403     403         yes   403     403            403    403       yes         403
resendChannel          403       403    403      403     403         yes   403     403            403    403       yes         403
testChannel            403       403    403      403     403         yes   403     403            403    403       yes         yes
getNotificationSettings yes      yes    yes      yes     yes         yes   yes     yes            yes    yes       yes         -
listNotices            yes       no     no       no      no          no    no      no             no     yes       no          -
countUnreadNotices     yes       no     no       no      no          no    no      no             no     yes       no          -
hasUnreadNotice        yes       no     no       no      no          no    no      no             no     yes       no          -
markNoticesRead        yes       no     no       no      no          no    no      no             no     yes       no          403
`;

export type Decided = "yes" | "no" | "403" | "404" | "-";

/** The decisions by case and kind of actor. */
export const decisions: Record<string, Record<ActorKind, Decided>> = readTable();

function readTable(): typeof decisions {
  const [head, ...rows] = table
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter((cells) => cells[0] !== "");
  if (head?.join() !== actorKinds.join()) throw new Error(`The columns are not those of the actors: ${head}`);
  return Object.fromEntries(
    rows.map(([name, ...cells]) => [
      name,
      Object.fromEntries(actorKinds.map((kind, at) => [kind, cells[at]])) as Record<ActorKind, Decided>,
    ]),
  );
}
