import type { FromTemporaryCredentialsOptions } from "@aws-sdk/credential-providers";
import { awsCalls } from "#lib/infra/metrics.ts";
import { withSpan } from "#lib/infra/tracing.ts";
import { outcomeOf } from "./call-outcome.ts";

/** A plug-in for any client of the SDK. */
type Plugin = NonNullable<FromTemporaryCredentialsOptions["clientPlugins"]>[number];

/** Counts and traces every call that a client really sends, with what came of it. For `middlewareStack.use`. */
export const countCalls: Plugin = {
  applyToStack: (stack) =>
    stack.add(
      (next, context) => async (args) => {
        const call = String(context.commandName ?? "unknown").replace(/Command$/, "");
        const attributes = { "rpc.system": "aws-api", "rpc.method": call };
        return withSpan(`AWS ${call}`, { kind: "client", attributes }, async (span) => {
          const timed = awsCalls.startTimer({ call });
          const end = (outcome: string) => {
            timed({ outcome });
            span.set({ "tablewright.outcome": outcome });
            // That there is no such table is an answer.
            span.end(outcome !== "ok" && outcome !== "absent");
          };
          try {
            const result = await next(args);
            end("ok");
            return result;
          } catch (error) {
            end(outcomeOf(error));
            throw error;
          }
        });
      },
      // The SDK adds it to the client that assumes a role at each renewal: once more is as good as once.
      // Below the signature, so that getting credentials is a call of its own and none of this one.
      { step: "deserialize", name: "countCalls", priority: "high", override: true },
    ),
};
