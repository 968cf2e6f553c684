/**
 * The warning over every page when one click is enough to act in an AWS account; nothing without such environments.
 * `DemoInAws({ environments })`.
 */
export function DemoInAws({ environments }: { environments: readonly string[] }) {
  if (environments.length === 0) return null;
  const names = new Intl.ListFormat("en").format(environments);
  return (
    <section
      aria-label="Warning"
      className="border-line border-b bg-bad-soft px-3.5 py-2 font-medium text-bad text-sm wide:px-6"
    >
      Demo sign-in is on and {names} {environments.length === 1 ? "reaches" : "reach"} AWS: anybody who can
      open this page can act as anybody and have tables made there.
    </section>
  );
}
