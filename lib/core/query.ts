import type * as z from "zod";
import type { Actor } from "./actor.ts";
import { toUnavailable } from "./failure.ts";
import { parseInput } from "./parse-input.ts";
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
    const input = parseInput(definition.input, rawInput);
    try {
      return await definition.run(actor, input);
    } catch (error) {
      throw toUnavailable(error);
    }
  };
}
