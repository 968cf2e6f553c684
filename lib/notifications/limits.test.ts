import type { AddressInfo } from "node:net";
import { createServer, type Server, type Socket } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterEach, expect, test } from "vitest";
import { sendMail } from "#lib/infra/mail.ts";
import { postJson } from "#lib/infra/post.ts";

const patience = 300;
let stop: (() => Promise<void>) | undefined;
afterEach(() => stop?.());

/** A server on loopback that does with each connection what `handle` says. Answers its address. */
async function listen(handle: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket.on("error", () => {}));
    handle(socket);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  stop = () => {
    for (const socket of sockets) socket.destroy();
    return new Promise((done) => server.close(() => done()));
  };
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Says the same again and again, so that no silence is long. */
function goOn(socket: Socket, text: string): void {
  const timer = setInterval(() => socket.write(text), 20);
  socket.once("close", () => clearInterval(timer));
}

const mail = {
  from: "tables@example.com",
  to: ["dana@example.com"],
  subject: "s",
  text: "t",
  html: "h",
  messageId: "<1@example.com>",
  inReplyTo: null,
};
const inTime = (address: string) => sendMail(`smtp://${address}`, mail, patience);
const tooLate = "The mail server did not take the message within 0.3 seconds.";

test("a mail server that accepts the connection and then stays silent ends the delivery, and the connection", async () => {
  let closed: Promise<unknown> | undefined;
  const address = await listen((socket) => {
    closed = new Promise((done) => socket.resume().once("close", done));
  });
  await expect(inTime(address)).rejects.toThrow(tooLate);
  await closed;
});

test("a mail server that takes the message and never says so ends the delivery", async () => {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData: (stream) => stream.resume(),
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", () => done()));
  stop = () => new Promise((done) => server.close(() => done()));
  const { port } = server.server.address() as AddressInfo;
  await expect(inTime(`127.0.0.1:${port}`)).rejects.toThrow(tooLate);
});

test("a mail server that never ends its greeting ends the delivery, though it is never silent", async () => {
  const address = await listen((socket) => goOn(socket, "220-still greeting\r\n"));
  await expect(inTime(address)).rejects.toThrow(tooLate);
});

test("a receiver that trickles the head of its answer for ever counts as down", async () => {
  const address = await listen((socket) => {
    socket.write("HTTP/1.1 204 No Content\r\n");
    goOn(socket, "x-more: x\r\n");
  });
  await expect(postJson(`http://${address}`, "{}", {}, patience)).rejects.toThrow(
    /^No answer within 0.3 seconds/,
  );
});

test("an answer without an end is left unread: its status counts, and the connection is closed", async () => {
  let closed: Promise<unknown> | undefined;
  const address = await listen((socket) => {
    closed = new Promise((done) => socket.resume().once("close", done));
    socket.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
    goOn(socket, `${(100_000).toString(16)}\r\n${"x".repeat(100_000)}\r\n`);
  });
  await postJson(`http://${address}`, "{}", {}, 10_000);
  await closed;
});
