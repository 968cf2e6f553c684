import { createTransport } from "nodemailer";
import { NotDelivered } from "#lib/infra/post.ts";

/** Of connecting, of the greeting, and of each silence. */
const patienceMilliseconds = 10_000;
/** Of all of it, also with a server that keeps talking: well below the lease of a delivery. */
const wholePatienceMilliseconds = 20_000;

export type Mail = {
  from: string;
  to: readonly string[];
  subject: string;
  text: string;
  html: string;
  messageId: string;
  /** The Message-ID that this one answers to. */
  inReplyTo: string | null;
};

/**
 * Hands one mail to an SMTP server (`smtp://` or `smtps://`, user and password in the address). Throws NotDelivered
 * with the server's words unless it takes the mail for at least one recipient within 20 seconds: those it refused are answered.
 * A mail that was not taken in time may arrive all the same.
 */
export async function sendMail(
  smtpUrl: string,
  mail: Mail,
  patience = wholePatienceMilliseconds,
): Promise<{ refused: string[] }> {
  const signal = AbortSignal.timeout(patience);
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: patienceMilliseconds,
    greetingTimeout: patienceMilliseconds,
    socketTimeout: patienceMilliseconds,
    // What we write has no attachments; nothing may be read from a file or an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const { inReplyTo, to, ...rest } = mail;
  try {
    const sent = await transport.sendMail({
      ...rest,
      // As objects: a text would be read as a list, and a comma in it would add a recipient.
      to: to.map((address) => ({ name: "", address })),
      ...(inReplyTo !== null && { inReplyTo, references: [inReplyTo] }),
      signal,
      headers: { "Auto-Submitted": "auto-generated" },
    });
    return { refused: sent.rejected.map(String) };
  } catch (error) {
    if (signal.aborted)
      throw new NotDelivered(`The mail server did not take the message within ${patience / 1000} seconds.`);
    throw new NotDelivered(reasonOf(error));
  } finally {
    transport.close();
  }
}

function reasonOf(error: unknown): string {
  const { code, response } = error as { code?: unknown; response?: unknown };
  if (typeof response === "string") return `The mail server answered: ${response.slice(0, 200)}`;
  return `The mail server cannot be reached${typeof code === "string" ? ` (${code})` : ""}.`;
}
