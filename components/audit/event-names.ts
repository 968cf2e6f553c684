import type { SelectOption } from "#components/ui/select.tsx";
import type { AuditedName } from "#lib/core/audit.ts";

/** What each event of the audit is called where one is chosen; an event without a name does not compile. */
const eventNames: Record<AuditedName, string> = {
  "request.submit": "request submitted",
  "request.approve-by-rule": "request approved by a rule",
  "request.refuse": "request refused by a rule that failed",
  "request.resubmit": "request resubmitted",
  "request.approve": "request approved",
  "request.reject": "request rejected",
  "request.send-back": "request sent back",
  "request.re-evaluate": "request looked at anew",
  "request.cancel": "request cancelled",
  "request.retry": "request tried again",
  "request.comment": "request commented on",
  "request.remind": "reminder of expiry sent",
  "request.expire": "request expired",
  "request.start": "request begun",
  "request.complete": "request completed",
  "request.fail": "request failed",
  "table.create": "table asked of AWS",
  "table.activate": "table ready",
  "table.fail": "table failed",
  "table.delete": "deletion asked of AWS",
  "table.gone": "table gone",
  "notification.resend": "notification sent again",
  "channel.resend": "notifications sent again",
  "channel.test": "channel tested",
  "environment.check": "environment checked",
  "token.create": "token created",
  "token.revoke": "token revoked",
  "session.revoke": "session ended",
  "person.sign-in": "signed in",
  "person.sign-out": "signed out",
  "person.end-sessions": "all sessions ended",
  "person.deactivate": "person deactivated",
  "person.reactivate": "person reactivated",
  "person.link": "person linked",
  "audit.export": "audit exported",
};

export const eventOptions: SelectOption[] = Object.entries(eventNames).map(([value, label]) => ({
  value,
  label,
}));
