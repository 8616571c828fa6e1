/** The process that is killed: opens its folder, looks whether everything is as it must be, and acts until it dies. */
import { FhirDesk } from '../../../server/fhir/fhir-desk.ts';
import { asFailure, Failure } from '../../../shared/outcome/failure.ts';
import type { Crash } from './hooks.ts';
import { LIVES } from './lives.ts';
import { type Act, type Invariant, tell } from './task.ts';

const { task, arm } = (globalThis as unknown as { crash: Crash }).crash;
/** So often an act is done until the trap is sprung: more would mean that its point is not on the way. */
const MOST_ACTS = 8;

// Reading HL7's definitions costs a second of each process: single resources are checked by the parent, which has read them.
type Check = Awaited<ReturnType<FhirDesk['check']>>;
FhirDesk.prototype.warm = async () => undefined;
/** One question after the other: answers have no names. */
let asked: Promise<unknown> = Promise.resolve();
FhirDesk.prototype.check = (text) => {
  const answered = asked.then(
    () =>
      new Promise<Check>((resolve, reject) => {
        process.once('message', (answer: Check & { refused?: string }) =>
          answer.refused === undefined ? resolve(answer) : reject(new Failure('fhir.refused', answer.refused)),
        );
        process.send?.(text);
      }),
  );
  asked = answered.catch(() => undefined);
  return answered;
};

const fault = (invariant: Invariant, what: string): void => tell({ tell: 'fault', invariant, what });
let began: Invariant = 'it starts by itself';
let nextId = task.nextId;
/** What is known, and what this process adds to it. */
const acts: Act[] = [...task.acts];
try {
  const make = LIVES[task.life];
  if (!make) throw new RangeError(`There is no life "${task.life}".`);
  const life = await make(task, {
    fault,
    async act(kind, about, run) {
      const id = nextId++;
      const begun: Act = { id, kind, about, state: 'begun', answer: {} };
      acts.push(begun);
      tell({ tell: 'begun', id, kind, about });
      const answer = (await run()) ?? {};
      tell({ tell: 'done', id, answer });
      Object.assign(begun, { state: 'done', answer });
    },
  });
  await life.look(acts);
  if (task.fresh) await life.begin(nextId);
  const { user, system } = process.cpuUsage();
  tell({ tell: 'looked', processor: (user + system) / 1000 });
  began = 'it can be done again';
  const act = task.act === undefined ? undefined : life.acts[task.act];
  if (task.act !== undefined && !act) throw new RangeError(`The life "${task.life}" has no act "${task.act}".`);
  arm();
  for (let time = 0; act && time < MOST_ACTS; time++) await act(nextId);
  // What a close would still do is nothing that an acknowledged act may depend on.
  process.exit(0);
} catch (error) {
  const { code, message } = asFailure(error);
  fault(began, `${code}: ${message}${error instanceof Error ? `\n${error.stack}` : ''}`);
  process.exit(1);
}
