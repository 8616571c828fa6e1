/** What people do at a desk all day, with a list of what they were told was saved: their desk may die under any of it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { asFailure } from '../../shared/outcome/failure.ts';
import type { Random } from '../simulate/random.ts';
import { type ClinicDesk, PASSPHRASE } from './clinic-desk.ts';
import type { Story } from './story.ts';
import type { Waits } from './waits.ts';

const DAY_MS = 86_400_000;
/** An act whose answer never came: it may have been done. */
type State = 'asked' | 'done' | 'refused';
interface Patient {
  readonly family: string;
  readonly id: string;
  /** Values of the observations that were written to the chart, each unlike any other. */
  readonly values: number[];
  readonly unsure: number[];
}
interface Grant {
  readonly patient: Patient;
  readonly recipient: ClinicAtWork;
  readonly id: string;
  withdrawn: State | undefined;
}
/** What is refused for a reason that the troubles of the region explain, or as the other desk's act is still on its way to this one. */
const EXPLAINED =
  /^(?:workstation\.(?:locked|vault-)|vault\.|storage\.|records\.changed|patients\.unknown|consent\.unknown|graphql\.timeout|rpc\.)/;

const WEIGHTS = {
  register: 14,
  record: 40,
  amend: 12,
  share: 7,
  withdraw: 3,
  read: 24,
};
type Kind = keyof typeof WEIGHTS;

export class ClinicAtWork {
  readonly name: string;
  readonly desks: readonly ClinicDesk[];
  readonly patients: Patient[] = [];
  readonly unsure: string[] = [];
  readonly grants: Grant[] = [];
  readonly done: Record<string, number> = {};
  unanswered = 0;
  chain = '';
  others: readonly ClinicAtWork[] = [];
  readonly #story: Story;
  readonly #waits: Waits;
  #count = 0;
  #isOver = false;
  #running: Promise<unknown> | undefined;

  constructor(name: string, desks: readonly ClinicDesk[], story: Story, waits: Waits) {
    this.name = name;
    this.desks = desks;
    this.#story = story;
    this.#waits = waits;
  }

  get acts(): number {
    return Object.values(this.done).reduce((sum, each) => sum + each, 0);
  }

  /** Somebody works at each desk, with a pause of about `pauseMs` between two acts. */
  begin(random: Random, pauseMs: number): void {
    this.#running = Promise.all(this.desks.map((desk) => this.#workAt(desk, random, pauseMs)));
  }

  async end(): Promise<void> {
    this.#isOver = true;
    await this.#running;
  }

  async #workAt(desk: ClinicDesk, random: Random, pauseMs: number): Promise<void> {
    while (!this.#isOver) {
      await sleep(random.between(pauseMs / 2, (3 * pauseMs) / 2));
      if (!desk.isUp) continue;
      const kind = this.#choose(random);
      const began = performance.now();
      try {
        await this.#act(kind, desk, random);
        this.#waits.note(performance.now() - began);
        this.done[kind] = (this.done[kind] ?? 0) + 1;
      } catch (error) {
        this.unanswered += 1;
        const { code, message } = asFailure(error);
        if (!(error instanceof TypeError) && desk.isUp && !EXPLAINED.test(code))
          this.#story.fault(`${desk.name} was refused to ${kind}: ${code}: ${message}`);
      }
    }
  }

  #choose(random: Random): Kind {
    const kind = random.weighted(WEIGHTS);
    if (this.patients.length === 0) return 'register';
    return kind;
  }

  async #act(kind: Kind, desk: ClinicDesk, random: Random): Promise<void> {
    if (kind === 'register') return this.#register(desk);
    if (kind === 'read') return this.#read(desk, random);
    if (kind === 'withdraw') return this.#withdraw(desk, random);
    const patient = random.pick(this.patients);
    if (kind === 'share') return this.#share(desk, patient, random.pick(this.others));
    await open(desk, patient.id);
    await this.#record(desk, patient, kind === 'amend');
  }

  async #register(desk: ClinicDesk): Promise<void> {
    const family = `${this.name}${String(++this.#count).padStart(6, '0')}`;
    this.unsure.push(family);
    const { registerPatient } = await desk.ask<{ registerPatient: { patient: { id: string } } }>(
      'mutation Register($input: RegisterPatientInput!) { registerPatient(input: $input, evenSo: true) { patient { id } } }',
      { input: { family, given: ['Ada'], birthDate: '1961-04-12' } },
    );
    this.unsure.splice(this.unsure.indexOf(family), 1);
    this.patients.push({ family, id: registerPatient.patient.id, values: [], unsure: [] });
  }

  async #record(desk: ClinicDesk, patient: Patient, isAmendment: boolean): Promise<void> {
    const value = ++this.#count;
    const [item] = isAmendment
      ? (await items(desk, patient.id)).filter((each) => patient.values.includes(Number(each.value)))
      : [];
    const before = item && Number(item.value);
    // What is amended has one of both values until the answer is here.
    if (before !== undefined) {
      forget(patient.values, before);
      patient.unsure.push(before);
    }
    patient.unsure.push(value);
    await desk.ask('mutation Put($input: PutRecordInput!) { putRecord(input: $input) { id } }', {
      input: {
        patient: patient.id,
        resource: observation(patient.id, value),
        ...(item && { record: item.id, basedOn: item.version, reason: 'read again' }),
      },
    });
    forget(patient.unsure, value);
    if (before !== undefined) forget(patient.unsure, before);
    patient.values.push(value);
  }

  async #share(desk: ClinicDesk, patient: Patient, recipient: ClinicAtWork): Promise<void> {
    if (this.grants.some((grant) => grant.patient === patient && grant.recipient === recipient)) return;
    const now = Date.now() + desk.ahead;
    const input = {
      patient: patient.id,
      recipient: recipient.chain,
      categories: ['IDENTITY', 'CLINICAL'],
      purpose: 'TREAT',
      starts: now - 1000,
      ends: now + DAY_MS,
      verification: 'in-person',
      language: 'en',
    };
    await open(desk, patient.id);
    const { consentText } = await desk.ask<{ consentText: { hash: string } }>(
      'query Text($input: ConsentInput!) { consentText(input: $input) { hash } }',
      { input },
    );
    const { giveConsent } = await desk.ask<{ giveConsent: { id: string } }>(
      'mutation Grant($input: ConsentInput!, $textHash: String!, $passphrase: String!) { giveConsent(input: $input, textHash: $textHash, passphrase: $passphrase) { id } }',
      { input, textHash: consentText.hash, passphrase: PASSPHRASE },
    );
    this.grants.push({ patient, recipient, id: giveConsent.id, withdrawn: undefined });
  }

  async #withdraw(desk: ClinicDesk, random: Random): Promise<void> {
    const holding = this.grants.filter(({ withdrawn }) => withdrawn === undefined);
    if (holding.length === 0) return;
    const grant = random.pick(holding);
    await open(desk, grant.patient.id);
    grant.withdrawn = 'asked';
    await desk.ask(
      'mutation Withdraw($id: ID!, $passphrase: String!) { withdrawConsent(id: $id, passphrase: $passphrase) { id } }',
      {
        id: grant.id,
        passphrase: PASSPHRASE,
      },
    );
    grant.withdrawn = 'done';
  }

  /** The chart of a patient, shared by another clinic if there is one. */
  async #read(desk: ClinicDesk, random: Random): Promise<void> {
    const shared = this.others.flatMap(({ grants }) =>
      grants.filter(({ recipient, withdrawn }) => recipient === this && withdrawn === undefined),
    );
    const family =
      shared.length > 0 && random.chance(0.7) ? random.pick(shared).patient.family : random.pick(this.patients).family;
    const [id] = await found(desk, family);
    // What was shared a moment ago is on its way.
    if (!id) return;
    try {
      await open(desk, id);
      await items(desk, id);
    } catch (error) {
      // Its consent may have been withdrawn since.
      if (!/^(?:consent|access|records)\./.test(asFailure(error).code)) throw error;
    }
  }

  /** Everything that was acknowledged is at each of its desks, once, and what others may read here is exactly what is shared; by `deadline`. */
  async check(deadline: number): Promise<void> {
    for (const desk of this.desks) {
      const hold = (look: () => Promise<string[]>): Promise<void> => this.#hold(desk, deadline, look);
      await hold(() => this.#directoryFaults(desk));
      for (const patient of this.patients) await hold(() => chartFaults(desk, patient));
      const given = this.others.flatMap(({ grants }) => grants.filter(({ recipient }) => recipient === this));
      for (const grant of given) await hold(() => grantFaults(desk, grant));
      this.#story.tell(
        `  ${desk.name}: ${this.patients.length} charts and ${given.length} consents from elsewhere were looked at`,
      );
    }
  }

  /** Looks until nothing is wrong, as what was done at one desk may be on its way to another; then says what still is. */
  async #hold(desk: ClinicDesk, deadline: number, look: () => Promise<string[]>): Promise<void> {
    let wrong: string[] = [];
    try {
      await desk.until(
        'nothing is wrong',
        async () => {
          wrong = await look();
          return wrong.length === 0;
        },
        Math.max(0, deadline - Date.now()),
      );
    } catch (error) {
      for (const each of wrong.length > 0 ? wrong : [asFailure(error).message]) this.#story.fault(`${desk.name} ${each}`);
    }
  }

  async #directoryFaults(desk: ClinicDesk): Promise<string[]> {
    const families = await directory(desk);
    const times = (family: string): number => families.get(family) ?? 0;
    const wrong = [
      ...this.patients.filter(({ family }) => times(family) !== 1).map(({ family }) => family),
      ...this.unsure.filter((family) => times(family) > 1),
    ];
    return wrong.map((family) => `has patient ${family} ${times(family)} times`);
  }
}

async function chartFaults(desk: ClinicDesk, patient: Patient): Promise<string[]> {
  await open(desk, patient.id);
  const values = (await items(desk, patient.id)).map(({ value }) => Number(value));
  const count = (value: number): number => values.filter((each) => each === value).length;
  const known = new Set([...patient.values, ...patient.unsure]);
  return [
    ...[...patient.values.filter((value) => count(value) !== 1), ...patient.unsure.filter((value) => count(value) > 1)].map(
      (value) => `has ${value} of ${patient.family} ${count(value)} times`,
    ),
    ...values.filter((value) => !known.has(value)).map((value) => `has ${value} of ${patient.family}, which nobody wrote`),
  ];
}

async function grantFaults(desk: ClinicDesk, { patient, withdrawn }: Grant): Promise<string[]> {
  if (withdrawn === 'asked') return [];
  const wanted = withdrawn === 'done' ? 0 : 1;
  const { length } = await found(desk, patient.family);
  return length === wanted ? [] : [`has ${patient.family}, who is shared with it ${wanted} times, ${length} times`];
}

interface Item {
  readonly id: string;
  readonly value: string | null;
  readonly version: number;
}
interface Page<Node> {
  readonly edges: ReadonlyArray<{ readonly node: Node }>;
  readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean };
}

const forget = (values: number[], value: number): void => void values.splice(values.indexOf(value), 1);

const observation = (patient: string, value: number): string =>
  `{"resourceType":"Observation","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"8310-5"}]},"subject":{"reference":"Patient/${patient}"},"effectiveDateTime":"2026-01-05","valueQuantity":{"value":${value},"unit":"Cel"}}`;

const open = (desk: ClinicDesk, patient: string): Promise<unknown> =>
  desk.ask('mutation Open($patient: ID!) { openChart(patient: $patient) { openedAt } }', { patient });

/** Ids of the patients of exactly this name. */
async function found(desk: ClinicDesk, family: string): Promise<string[]> {
  const { patients } = await desk.ask<{ patients: Page<{ id: string; family: string | null }> }>(
    'query Find($search: String!) { patients(search: $search, first: 100) { edges { node { id family } } } }',
    { search: family },
  );
  return patients.edges.flatMap(({ node }) => (node.family === family ? [node.id] : []));
}

/** How often each name is there. */
async function directory(desk: ClinicDesk): Promise<Map<string, number>> {
  const families = new Map<string, number>();
  for (let after: string | null = null; ; ) {
    const { patients }: { patients: Page<{ family: string | null }> } = await desk.ask(
      'query All($after: String) { patients(search: "", first: 100, after: $after) { edges { node { family } } pageInfo { endCursor hasNextPage } } }',
      { after },
    );
    for (const { node } of patients.edges) families.set(node.family ?? '', (families.get(node.family ?? '') ?? 0) + 1);
    if (!patients.pageInfo.hasNextPage) return families;
    after = patients.pageInfo.endCursor;
  }
}

/** The observations of an open chart. */
async function items(desk: ClinicDesk, patient: string): Promise<Item[]> {
  const all: Item[] = [];
  for (let after: string | null = null; ; ) {
    const { chart }: { chart: { items: Page<Item> } } = await desk.ask(
      'query Items($patient: ID!, $after: String) { chart(patient: $patient) { items(section: RESULT, first: 200, after: $after) { edges { node { id value version } } pageInfo { endCursor hasNextPage } } } }',
      { patient, after },
    );
    all.push(...chart.items.edges.map(({ node }) => node));
    if (!chart.items.pageInfo.hasNextPage) return all;
    after = chart.items.pageInfo.endCursor;
  }
}
