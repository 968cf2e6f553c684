import { Note } from "#components/ui/note.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

type ProviderSignInProps = {
  appName: string;
  /** The provider's host name. */
  provider: string;
  action: (form: FormData) => Promise<void>;
  /** Where to go afterwards: sent as the field `next`. */
  next: string;
  /** Why the last try failed, in words. */
  problem: string | null;
  /** What finds that try in the log. */
  reference: string | null;
};

/** Sign-in at the company's provider: one button. `ProviderSignIn({ appName, provider, action, next, problem, reference })`. */
export function ProviderSignIn({ appName, provider, action, next, problem, reference }: ProviderSignInProps) {
  return (
    <main id="main" className="mx-auto grid max-w-md gap-5 px-4 py-[12vh]">
      <div>
        <h1>{appName}</h1>
        <p className="pt-1 text-ink-2">
          DynamoDB tables, asked for and approved. Sign in with your company account.
        </p>
      </div>
      {problem ? (
        <Note tone="bad" live>
          {problem}
          {reference ? (
            <>
              {" "}
              Reference: <code>{reference}</code>
            </>
          ) : null}
        </Note>
      ) : null}
      <form action={action} className="grid">
        <input type="hidden" name="next" value={next} />
        <SubmitButton variant="primary" className="w-full justify-center">
          Sign in with {provider}
        </SubmitButton>
      </form>
    </main>
  );
}
