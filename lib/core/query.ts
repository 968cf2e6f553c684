import type * as z from "zod";
import type { Actor } from "./actor.ts";
import { toInvalid, toUnavailable } from "./failure.ts";
import { requireStorable } from "./storable.ts";

/**
 * Shapes every read: parse the input, then `run` with the actor, who scopes what may be seen.
 * The function it returns throws AppError: INVALID (input), NOT_FOUND (absent, or not to be seen),
 * UNAVAILABLE (the database is away).
 */
export function query<I extends z.ZodType, R, A extends Actor = Actor>(definition: {
  input: I;
  run: (actor: A, input: z.output<I>) => Promise<R>;
}) {
  return async (actor: A, rawInput: unknown): Promise<R> => {
    requireStorable(rawInput);
    const parsed = definition.input.safeParse(rawInput);
    if (!parsed.success) throw toInvalid(parsed.error);
    try {
      return await definition.run(actor, parsed.data);
    } catch (error) {
      throw toUnavailable(error);
    }
  };
}
