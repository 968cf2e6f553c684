/**
 * Ends this process when the one that started it is gone, even if that was killed: the channel between them closes.
 * Preloaded into child processes with `node --import`.
 */
const graceSeconds = 5;

if (process.channel) {
  process.channel.unref();
  process.once("disconnect", () => {
    process.kill(process.pid, "SIGTERM");
    setTimeout(() => process.exit(1), graceSeconds * 1000).unref();
  });
}
