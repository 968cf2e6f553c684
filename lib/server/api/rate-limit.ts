import "server-only";
import { AppError } from "#lib/core/errors.ts";
import { countCalls } from "#lib/people/rate-store.ts";
import { hashToken } from "#lib/people/token.ts";

/** Calls a minute: of one token, of one person over all tokens, and of one person those that make the server work. */
export type CallLimits = { token: number; person: number; costly: number };

/** Generous: an automation may poll fifty times a second. `costly` are previews, submits, imports and code of many tables. */
export const callLimits: CallLimits = { token: 3_000, person: 6_000, costly: 600 };

const windowSeconds = 60;

export type Turn = {
  /** `RateLimit-Policy` and `RateLimit`, as draft-ietf-httpapi-ratelimit-headers-10 has them. */
  headers: Record<string, string>;
  /** What to answer instead of running the call; null while there is something left. */
  refusal: AppError | null;
};

/** Counts a call, and says whether it may run. A refused call counts too. */
export async function takeTurn(
  call: { token: string; personId: string; costly: boolean },
  limits: CallLimits,
): Promise<Turn> {
  const keys: [policy: keyof CallLimits, key: string][] = [
    ["token", `token:${hashToken(call.token)}`],
    ["person", `person:${call.personId}`],
    ...(call.costly ? [["costly", `costly:${call.personId}`] as ["costly", string]] : []),
  ];
  const counts = await countCalls(keys.map(([, key]) => key));
  const states = keys.map(([policy, key]) => {
    const { count, secondsLeft } = counts.get(key)!;
    return { policy, quota: limits[policy], left: limits[policy] - count, secondsLeft };
  });
  const over = states.find(({ left }) => left < 0);
  return {
    headers: {
      "ratelimit-policy": states
        .map(({ policy, quota }) => `"${policy}";q=${quota};w=${windowSeconds}`)
        .join(", "),
      ratelimit: states
        .map(({ policy, left, secondsLeft }) => `"${policy}";r=${Math.max(0, left)};t=${secondsLeft}`)
        .join(", "),
    },
    refusal: over ? refusalOf(over) : null,
  };
}

/**
 * Counts what somebody has the server work on from the browser (previews, imports, drafts), together with the same of
 * their tokens. Throws LIMIT beyond `callLimits.costly` a minute.
 */
export async function takeCostlyTurn(personId: string, quota = callLimits.costly): Promise<void> {
  const key = `costly:${personId}`;
  const { count, secondsLeft } = (await countCalls([key])).get(key)!;
  if (count > quota) throw refusalOf({ policy: "costly", quota, secondsLeft });
}

const whose = {
  token: "calls with this token",
  person: "calls with your tokens",
  costly: "previews, submits, imports and exports of yours",
};

function refusalOf({
  policy,
  quota,
  secondsLeft,
}: {
  policy: keyof CallLimits;
  quota: number;
  secondsLeft: number;
}) {
  return new AppError(
    "LIMIT",
    `More than ${quota.toLocaleString("en")} ${whose[policy]} in a minute. Try again in ${secondsLeft} seconds.`,
    { retryAfterSeconds: secondsLeft },
  );
}
