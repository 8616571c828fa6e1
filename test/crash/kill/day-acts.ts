/** What a clinic's day is made of besides the chart: visits, watches, care cards, and what programs write through the FHIR façade. */
import { freePort } from '../../../server/workstation/demo/free-port.ts';
import type { DeviceService } from '../../../server/workstation/device/device-service.ts';
import type { DeskCharts } from './desk-charts.ts';
import type { Witness } from './lives.ts';
import type { Act } from './task.ts';

interface Visit {
  readonly id: string;
  readonly revision: string;
  readonly stage: string;
  readonly reason: string | null;
  readonly encounter: string | null;
}

const CHILD_BORN = '2020-02-02';
const PIN = '739146';
/** What programs write has values of its own. */
const PROGRAMS = 9_000;
/** Half of a Bundle is a half state. */
const RESULTS_OF_BUNDLE = 2;

export class DayActs {
  readonly #service: DeviceService;
  readonly #charts: DeskCharts;
  readonly #witness: Witness;
  readonly #passphrase: () => string;

  constructor(service: DeviceService, charts: DeskCharts, witness: Witness, passphrase: () => string) {
    this.#service = service;
    this.#charts = charts;
    this.#witness = witness;
    this.#passphrase = passphrase;
  }

  readonly acts: Readonly<Record<string, (number: number) => Promise<void>>> = {
    visit: async (number) => void (await this.#visit(number)),
    call: (number) => this.#call(number),
    watch: (number) => this.#watch(number),
    card: () => this.#card(),
    carer: (number) => this.#carer(number),
    program: (number) => this.#program(number),
  };

  async look(acts: readonly Act[]): Promise<void> {
    await this.#lookAtVisits(acts);
    await this.#lookAtWatch(acts);
    await this.#lookAtCard(acts);
    await this.#lookAtCarers(acts);
    await this.#lookAtPrograms(acts);
  }

  // --- What is done -----------------------------------------------------------------------------------------------

  async #visit(number: number): Promise<Visit> {
    const reason = `Visit ${number}`;
    let visit: Visit | undefined;
    await this.#witness.act('visit', { reason }, async () => {
      const { addVisit } = await this.#charts.ask<{ addVisit: { visit: Visit } }>(
        'mutation Add($input: AddVisitInput!) { addVisit(input: $input, evenSo: true) { visit { id revision stage reason encounter } } }',
        { input: { patient: this.#charts.base, kind: 'WALK_IN', reason } },
      );
      visit = addVisit.visit;
      return {};
    });
    return visit as Visit;
  }

  /** Appointment and encounter are written together. */
  async #call(number: number): Promise<void> {
    const { id, revision } = await this.#visit(number);
    await this.#witness.act('call', { visit: id }, async () => {
      await this.#charts.ask(
        'mutation Call($visit: ID!, $revision: String!) { moveVisit(visit: $visit, revision: $revision, step: CALL, room: "2") { stage } }',
        { visit: id, revision },
      );
      return {};
    });
  }

  async #watch(number: number): Promise<void> {
    const high = String(150 + number);
    const [plan] = (await this.#plans()).slice(0, 1);
    const input = {
      patient: this.#charts.base,
      measurement: 'HEART_RATE',
      high,
      intervalMinutes: 60,
      escalateMinutes: 5,
      tell: [],
    };
    await this.#witness.act('watch', { high }, async () => {
      await this.#charts.ask('mutation Set($input: MonitoringInput!) { setMonitoring(input: $input) { id } }', {
        input: { ...input, basedOn: plan?.id },
      });
      return {};
    });
  }

  async #card(): Promise<void> {
    await this.#witness.act('card', {}, async () => {
      const { issueCareCard } = await this.#charts.ask<{ issueCareCard: { card: { id: string } } }>(
        'mutation Issue($patient: ID!, $pin: String!, $passphrase: String!) { issueCareCard(patient: $patient, pin: $pin, passphrase: $passphrase, emergency: true) { card { id } } }',
        { patient: this.#charts.base, pin: PIN, passphrase: this.#passphrase() },
      );
      return { card: issueCareCard.card.id };
    });
  }

  /** Named for a child, ended, and named again: what has ended has lost its keys before the second naming. */
  async #carer(number: number): Promise<void> {
    const patient = await this.#charts.register(`Child${number}`, CHILD_BORN);
    const guardian = await this.#charts.register(`Carer${number}`);
    // Who has a card of their own would sign with it.
    await this.#charts.ask(
      'mutation Issue($patient: ID!, $pin: String!, $passphrase: String!) { issueCareCard(patient: $patient, pin: $pin, passphrase: $passphrase) { card { id } } }',
      { patient: guardian, pin: PIN, passphrase: this.#passphrase() },
    );
    const input = {
      ...{ patient, guardian, relationship: 'MTH', mayConsent: true, mayComplain: true },
      ...{ evidence: 'birth certificate', language: 'en' },
    };
    for (let times = 0; times < 2; times++) {
      const { guardianText } = await this.#charts.ask<{ guardianText: { hash: string } }>(
        'query Text($input: GuardianInput!) { guardianText(input: $input) { hash } }',
        { input },
      );
      await this.#witness.act('carer named', { patient, guardian }, async () => {
        await this.#charts.ask(
          'mutation Name($input: GuardianInput!, $textHash: ID!, $passphrase: String!) { nameGuardian(input: $input, textHash: $textHash, passphrase: $passphrase) { state } }',
          { input, textHash: guardianText.hash, passphrase: this.#passphrase() },
        );
        return {};
      });
      await this.#witness.act('carer ended', { patient, guardian }, async () => {
        await this.#charts.ask(
          'mutation End($patient: ID!, $guardian: ID!, $passphrase: String!) { endGuardian(patient: $patient, guardian: $guardian, passphrase: $passphrase) { state } }',
          { patient, guardian, passphrase: this.#passphrase() },
        );
        return {};
      });
    }
  }

  /** Over real HTTP, as a program does. */
  async #program(number: number): Promise<void> {
    const port = await freePort();
    const { serveFhir, token } = await this.#open(port, number);
    const value = String(PROGRAMS + number);
    const entry = Array.from({ length: RESULTS_OF_BUNDLE }, () => ({
      resource: {
        resourceType: 'Observation',
        status: 'final',
        code: { coding: [{ system: 'http://loinc.org', code: '8310-5' }] },
        subject: { reference: `Patient/${this.#charts.base}` },
        effectiveDateTime: '2026-01-05',
        valueQuantity: { value: Number(value), unit: 'Cel' },
      },
      request: { method: 'POST', url: 'Observation' },
    }));
    await this.#witness.act('program', { value }, async () => {
      const answer = await fetch(serveFhir, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' },
        body: JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry }),
      });
      if (answer.status !== 200) throw new Error(`the façade answers ${answer.status}: ${await answer.text()}`);
      return {};
    });
    await this.#service.fhir.choose(undefined, true);
  }

  async #open(port: number, number: number): Promise<{ serveFhir: string; token: string }> {
    await this.#service.fhir.choose(port, true);
    const { address } = await this.#service.fhir.state();
    const program = { name: `Lab ${number}`, scopes: 'user/*.cruds', purpose: 'TREAT', days: 1, passphrase: this.#passphrase() };
    let token = '';
    await this.#witness.act('token', { name: program.name }, async () => {
      const { makeFhirToken } = await this.#charts.ask<{ makeFhirToken: { secret: string } }>(
        'mutation Make($program: NewFhirToken!) { makeFhirToken(program: $program) { secret } }',
        { program },
      );
      token = makeFhirToken.secret;
      return {};
    });
    return { serveFhir: address ?? '', token };
  }

  // --- What must hold ---------------------------------------------------------------------------------------------

  async #lookAtVisits(acts: readonly Act[]): Promise<void> {
    const { visits } = await this.#charts.ask<{ visits: Visit[] }>(
      'query Day($day: String!) { visits(day: $day) { id revision stage reason encounter } }',
      { day: localDay(new Date()) },
    );
    for (const act of acts) {
      if (act.kind === 'visit')
        this.#count(act, act.about.reason ?? '', visits.filter(({ reason }) => reason === act.about.reason).length);
      if (act.kind !== 'call') continue;
      const visit = visits.find(({ id }) => id === act.about.visit);
      const isCalled = visit !== undefined && visit.stage !== 'ARRIVED';
      if (act.state === 'done' && !isCalled)
        this.#witness.fault('nothing acknowledged is lost', `the visit ${act.about.visit} is ${visit?.stage}, not called`);
      if (visit && isCalled !== (visit.encounter !== null))
        this.#witness.fault('no half state', `a visit is ${visit.stage} with the encounter ${visit.encounter}`);
    }
  }

  async #lookAtWatch(acts: readonly Act[]): Promise<void> {
    if (!acts.some(({ kind }) => kind === 'watch')) return;
    const plans = await this.#plans();
    for (const act of acts)
      if (act.kind === 'watch')
        this.#count(act, `the plan up to ${act.about.high}`, plans.filter(({ high }) => high === act.about.high).length);
  }

  async #lookAtCard(acts: readonly Act[]): Promise<void> {
    const made = acts.filter(({ kind }) => kind === 'card');
    if (made.length === 0) return;
    const { careCard } = await this.#charts.ask<{ careCard: { id: string; hasEmergency: boolean } | null }>(
      'query Card($patient: ID!) { careCard(patient: $patient) { id hasEmergency } }',
      { patient: this.#charts.base },
    );
    const newest = made.findLast(({ state }) => state === 'done');
    const isReplaced = made.at(-1)?.state === 'begun';
    if (newest && careCard?.id !== newest.answer.card && !isReplaced)
      this.#witness.fault('nothing acknowledged is lost', `the card ${newest.answer.card} is not in force`);
    if (careCard && !careCard.hasEmergency)
      this.#witness.fault('no half state', 'a card without the extract that was made with it');
    if (newest && !careCard) this.#witness.fault('no half state', 'the old card is dead, and there is no new one');
  }

  /** Whoever was named acts for the child until that is ended, and no longer. */
  async #lookAtCarers(acts: readonly Act[]): Promise<void> {
    const about = acts.filter(({ kind }) => kind === 'carer named' || kind === 'carer ended');
    for (const [patient, ofChild] of Map.groupBy(about, (act) => act.about.patient ?? '')) {
      const { guardians } = await this.#charts.ask<{ guardians: { state: string }[] }>(
        'query Guardians($patient: ID!) { guardians(patient: $patient) { state } }',
        { patient },
      );
      const inForce = guardians.filter(({ state }) => state === 'IN_FORCE').length;
      const last = ofChild.at(-1);
      if (inForce > 1) this.#witness.fault('nothing is doubled', `a carer acts ${inForce} times for one child`);
      if (last?.state === 'done' && inForce !== (last.kind === 'carer named' ? 1 : 0))
        this.#witness.fault('nothing acknowledged is lost', `after "${last.kind}" ${inForce} carers are in force`);
    }
  }

  async #lookAtPrograms(acts: readonly Act[]): Promise<void> {
    const written = acts.filter(({ kind }) => kind === 'program');
    if (!acts.some(({ kind }) => kind === 'token')) return;
    const { fhirTokens } = await this.#charts.ask<{ fhirTokens: { name: string }[] }>('{ fhirTokens { name } }');
    for (const act of acts)
      if (act.kind === 'token')
        this.#count(act, `the token of ${act.about.name}`, fhirTokens.filter(({ name }) => name === act.about.name).length);
    const items = await this.#charts.items();
    for (const act of written) {
      const count = items.filter(({ value }) => value === act.about.value).length;
      if (count % RESULTS_OF_BUNDLE !== 0) this.#witness.fault('no half state', `${count} entries of a Bundle are there`);
      this.#count(act, `the Bundle ${act.about.value}`, count / RESULTS_OF_BUNDLE);
    }
  }

  async #plans(): Promise<Array<{ id: string; high: string | null }>> {
    const { monitoring } = await this.#charts.ask<{ monitoring: { plans: { id: string; high: string | null }[] }[] }>(
      'query Plans($patient: ID!) { monitoring(patient: $patient) { plans { id high } } }',
      { patient: this.#charts.base },
    );
    return monitoring.flatMap(({ plans }) => plans);
  }

  #count({ state, id }: Act, what: string, count: number): void {
    if (count > 1) this.#witness.fault('nothing is doubled', `${what} (act ${id}) is there ${count} times`);
    if (count === 0 && state === 'done') this.#witness.fault('nothing acknowledged is lost', `${what} (act ${id}) is gone`);
  }
}

const localDay = (at: Date): string =>
  `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`;
