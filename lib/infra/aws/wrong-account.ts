/** Credentials of another account than the configured one. Nothing was sent with them but the question whose they are. */
export class WrongAccount extends Error {
  override readonly name = "WrongAccount";

  constructor(found: string, configured: string) {
    super(
      `The credentials belong to the account ${found}, but the environment is configured for ${configured}. Nothing was sent.`,
    );
  }
}
