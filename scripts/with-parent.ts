/**
 * Ends this process when the one that started it is gone, even if that was killed: the channel between them closes,
 * or the kernel hands us to another parent. Preloaded into child processes with `node --import`.
 */
const graceSeconds = 5;

function leave() {
  process.kill(process.pid, "SIGTERM");
  setTimeout(() => process.exit(1), graceSeconds * 1000).unref();
}

if (process.channel) {
  process.channel.unref();
  process.once("disconnect", leave);
} else if (process.env.npm_lifecycle_event) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    leave();
  }, 500);
  timer.unref();
}
