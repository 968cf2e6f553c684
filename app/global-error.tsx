"use client";

import "./globals.css";
import { type BoundaryProps, PageFailure } from "#components/shell/page-failure.tsx";

export default function GlobalError(props: BoundaryProps) {
  return (
    <html lang="en">
      <body>
        <title>Something failed · Tablewright</title>
        <main id="main">
          <PageFailure {...props} />
        </main>
      </body>
    </html>
  );
}
