import type { ShellBanner } from "#components/shell/shell.tsx";
import { absoluteWords } from "#components/ui/relative-words.ts";

type BannerFacts = {
  /** Since when no worker runs (ISO 8601, or "never" one ran); null while one does. */
  missingWorker: { since: string } | null;
  /** In demo mode: the environments that are in AWS. */
  demoInAws: readonly string[];
};

/** What every page has to say at its top, the gravest first. */
export function bannersOf({ missingWorker, demoInAws }: BannerFacts): ShellBanner[] {
  const banners: ShellBanner[] = [];
  if (demoInAws.length > 0) {
    const text = `Demo sign-in is on and ${listed(demoInAws)} ${demoInAws.length === 1 ? "reaches" : "reach"} AWS: anybody who can open this page can act as anybody and have tables made there.`;
    banners.push({ id: "demo-in-aws", tone: "bad", text });
  }
  if (missingWorker) {
    const { since } = missingWorker;
    const began =
      since === "never" ? (
        "No worker has run yet"
      ) : (
        <>
          No worker since <time dateTime={since}>{absoluteWords(Date.parse(since))}</time>
        </>
      );
    const text = <>{began}: approved requests wait until one runs.</>;
    banners.push({ id: "no-worker", tone: "warn", text });
  }
  return banners;
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
