import type { ReactNode } from "react";

type ProblemPageProps = {
  title: string;
  children: ReactNode;
  /** What to tell the people who run this; it finds the log line. */
  reference?: string;
  actions?: ReactNode;
};

/** A page that could not be shown: calm words, a reference, a way on. `ProblemPage({ title, children, reference, actions })`. */
export function ProblemPage(props: ProblemPageProps) {
  return (
    <main id="main">
      <Problem {...props} />
    </main>
  );
}

/** The same inside the portal's shell, which brings the `main`. `Problem({ title, children, reference, actions })`. */
export function Problem({ title, children, reference, actions }: ProblemPageProps) {
  return (
    <div className="mx-auto grid max-w-lg gap-3 px-4 py-[12vh]">
      <h1>{title}</h1>
      <div className="text-ink-2">{children}</div>
      {reference ? (
        <p className="text-ink-2 text-sm">
          Reference: <code className="text-ink">{reference}</code>
        </p>
      ) : null}
      {actions ? <div className="cluster pt-2">{actions}</div> : null}
    </div>
  );
}
