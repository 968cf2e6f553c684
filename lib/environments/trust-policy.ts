import type { EnvironmentConfig } from "#lib/infra/config.ts";

/** The tags of a worker's session, which say what it is for. */
const sessionTagKeys = ["tablewright:operation", "tablewright:requester"];

const principalPattern = /^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/;

/** Whether this is the ARN of an IAM role or user, as a trust policy names it. */
export function isPrincipal(arn: string): boolean {
  return principalPattern.test(arn);
}

/**
 * The trust policy of an environment's role: this principal, the identity workers run under, may assume it with the
 * environment's external id, and tag the session with what it is for and nothing else.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
 */
export function trustPolicy(environment: Pick<EnvironmentConfig, "external_id">, principal: string) {
  const { external_id: externalId } = environment;
  const allow = (sid: string, action: string) => ({
    Sid: sid,
    Effect: "Allow",
    Principal: { AWS: principal },
    Action: action,
  });
  return {
    Version: "2012-10-17",
    Statement: [
      {
        ...allow("WorkersAssumeTheRole", "sts:AssumeRole"),
        ...(externalId !== null && { Condition: { StringEquals: { "sts:ExternalId": externalId } } }),
      },
      {
        ...allow("WorkersTagTheirSessions", "sts:TagSession"),
        Condition: { "ForAllValues:StringEquals": { "aws:TagKeys": sessionTagKeys } },
      },
    ],
  };
}
