/**
 * A desk in a process of its own, whose disk another makes fail: it registers patients and lists them as it is told to, and answers
 * what came of it. Its folder lies in the system's temporary folder, which who starts it chooses.
 */
import { asFailure } from '../../../shared/outcome/failure.ts';
import { breakOnPurpose } from './breakages.ts';

if (process.env.CARELEDGER_BREAKAGE) breakOnPurpose(process.env.CARELEDGER_BREAKAGE);
const { ClinicDesk } = await import('../../support/clinic-desk.ts');

/** `pages`: the most that the clinic's database may have; `again`: the process dies as far as its files know, and starts anew. */
export type Order = { readonly act: string } | { readonly list: true } | { readonly again: true } | { readonly pages: number };

export interface Outcome {
  /** What is listed, by family name. */
  readonly names?: readonly string[];
  /** Why it was refused. */
  readonly code?: string;
  readonly message?: string;
  readonly because?: string;
}

const REGISTER =
  'mutation Register($input: RegisterPatientInput!) { registerPatient(input: $input, evenSo: true) { patient { id } } }';

const desk = new ClinicDesk({});

async function done(order: Order): Promise<Outcome> {
  if ('act' in order) await desk.ask(REGISTER, { input: { family: order.act, given: ['Ada'], birthDate: '1961-04-12' } });
  else if ('pages' in order) await desk.database.write((transaction) => transaction.all(`PRAGMA max_page_count=${order.pages}`));
  else if ('again' in order) {
    await desk.crash();
    await desk.unlock();
  } else return { names: await names() };
  return {};
}

async function names(): Promise<string[]> {
  const found: string[] = [];
  for (let after: string | null = null; ; ) {
    const { patients }: { patients: { edges: Array<{ cursor: string; node: { family: string } }> } } = await desk.ask(
      'query List($after: String) { patients(search: "", first: 200, after: $after) { edges { cursor node { family } } } }',
      { after },
    );
    found.push(...patients.edges.map(({ node }) => node.family));
    if (patients.edges.length < 200) return found.sort();
    after = patients.edges.at(-1)?.cursor ?? null;
  }
}

process.on('message', (order: Order) => {
  done(order).then(
    (outcome) => process.send?.(outcome),
    (error: unknown) => {
      const { code, message } = asFailure(error);
      process.send?.({ code, message } satisfies Outcome);
    },
  );
});
await desk.unlock();
process.send?.({});
