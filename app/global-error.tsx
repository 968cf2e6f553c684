"use client";

import "./globals.css";
import { errorReference } from "#components/shell/error-reference.ts";
import { ProblemPage } from "#components/shell/problem-page.tsx";
import { Button } from "#components/ui/button.tsx";

export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Something failed · Tablewright</title>
        <ProblemPage
          title="Tablewright could not be shown"
          reference={errorReference(error)}
          actions={
            <Button variant="primary" onClick={() => retry()}>
              Try again
            </Button>
          }
        >
          Something failed on our side, and workers go on regardless. If it keeps happening, give the platform
          team the reference below.
        </ProblemPage>
      </body>
    </html>
  );
}
