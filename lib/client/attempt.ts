import type { Failure } from "#lib/core/result.ts";

/** Calls a server action. One that cannot be reached throws; that too becomes a refusal in words. */
export async function attempt<T>(act: () => Promise<T>): Promise<T | Failure> {
  try {
    return await act();
  } catch {
    const message =
      "The server could not be reached. Nothing is known of the outcome; look before you repeat.";
    return { ok: false, code: "UNEXPECTED", message, errors: [] };
  }
}
