import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ProblemPage } from "#components/shell/problem-page.tsx";
import { DemoPeople } from "#components/sign-in/demo-people.tsx";
import { ProviderSignIn } from "#components/sign-in/provider-sign-in.tsx";
import { getConfig } from "#lib/infra/config.ts";
import { env } from "#lib/infra/env.ts";
import { demoPeople } from "#lib/people/demo-people.ts";
import { safeReturnAddress } from "#lib/server/return-address.ts";
import { readSession } from "#lib/server/session.ts";
import { signInProvider } from "#lib/server/sign-in.ts";
import { readReference, signInProblemWords } from "#lib/server/sign-in-problem.ts";
import { signInAsDemoPerson, signInAtProvider } from "./actions.ts";

export const metadata: Metadata = { title: "Sign in" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SignInPage({ searchParams }: Props) {
  const { next, problem, reference } = await searchParams;
  const address = safeReturnAddress(next);
  if (await readSession()) redirect(address);
  const shared = { appName: getConfig().name, next: address, problem: signInProblemWords(problem) };
  if (env.demo) {
    return (
      <DemoPeople
        {...shared}
        people={demoPeople.map(({ about, ...person }) => ({ ...person, role: about }))}
        action={signInAsDemoPerson}
      />
    );
  }
  const provider = signInProvider();
  if (!provider) return <NoSignIn />;
  return (
    <ProviderSignIn
      {...shared}
      provider={provider}
      reference={readReference(reference)}
      action={signInAtProvider}
    />
  );
}

function NoSignIn() {
  return (
    <ProblemPage title="Sign-in is not configured">
      This installation is not in demo mode, and its configuration has no <code>sign_in</code>. API tokens
      work: whoever runs it can make one with <code>tablewright token create</code>.
    </ProblemPage>
  );
}
