/** What the people of a clinic alone do at their desk until it is killed. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeviceService } from '../../../server/workstation/device/device-service.ts';
import { PASSPHRASE, unlock } from './desk.ts';
import type { DeskCharts } from './desk-charts.ts';
import type { Witness } from './lives.ts';

const OTHER_PASSPHRASE = 'tawny anchor whistling meadow';

export class DeskActs {
  readonly #service: DeviceService;
  readonly #charts: DeskCharts;
  readonly #folder: string;
  readonly #witness: Witness;
  #passphrase: string;

  constructor(service: DeviceService, charts: DeskCharts, folder: string, witness: Witness, passphrase: string) {
    this.#service = service;
    this.#charts = charts;
    this.#folder = folder;
    this.#witness = witness;
    this.#passphrase = passphrase;
  }

  record(number: number): Promise<void> {
    return this.#witness.act('record', { value: String(number) }, async () => ({
      record: await this.#charts.put(this.#charts.base, number),
    }));
  }

  async amend(number: number): Promise<void> {
    if ((await this.#charts.items()).length === 0) await this.record(number);
    const [item] = await this.#charts.items();
    if (!item) return;
    await this.#witness.act('amend', { record: item.id, value: String(number), version: String(item.version + 1) }, async () => {
      await this.#charts.put(this.#charts.base, number, { record: item.id, basedOn: item.version, reason: 'read again' });
      return {};
    });
  }

  note(number: number): Promise<void> {
    const input = {
      patient: this.#charts.base,
      participants: ['Ana Ferreira', 'Base'],
      modality: 'VIDEO',
      place: 'Patient at home',
      consentToTreatment: true,
      assessment: `Note ${number}`,
      plan: 'Rest.',
      startedAt: '2026-01-05T10:00:00Z',
    };
    return this.#witness.act('note', { assessment: input.assessment }, async () => {
      await this.#charts.ask(
        'mutation Sign($input: TeleNoteInput!, $passphrase: String!) { signTeleNote(input: $input, passphrase: $passphrase) { id } }',
        { input, passphrase: this.#passphrase },
      );
      return {};
    });
  }

  draft(number: number): Promise<void> {
    const content = `draft ${number}`;
    return this.#witness.act('draft', { content }, async () => {
      await this.#charts.ask(
        'mutation Save($patient: ID!, $content: String!) { saveDraft(patient: $patient, kind: "observation", key: "new", content: $content) { savedAt } }',
        { patient: this.#charts.base, content },
      );
      return {};
    });
  }

  patient(number: number): Promise<void> {
    return this.#witness.act('patient', { family: `Family${number}` }, async () => ({
      id: await this.#charts.register(`Family${number}`),
    }));
  }

  import(number: number): Promise<void> {
    const folder = join(this.#folder, '..', 'exports');
    mkdirSync(folder, { recursive: true });
    const file = join(folder, `import-${number}.ndjson`);
    const families = ['a', 'b', 'c'].map((letter) => `Imported${number}${letter}`);
    writeFileSync(
      file,
      families.map((family) => `{"resourceType":"Patient","id":"${family}","name":[{"family":"${family}"}]}\n`).join(''),
    );
    return this.#witness.act('import', { file, families: families.join(' ') }, async () => {
      const answer = await this.#service.execute(
        { query: 'mutation Import($paths: [String!]!) { importPaths(paths: $paths) { id } }', variables: { paths: [file] } },
        [folder],
      );
      const id = (answer.data as { importPaths: { id: string } }).importPaths.id;
      await this.#charts.importDone(id);
      return { job: id };
    });
  }

  async erase(number: number): Promise<void> {
    const family = `Erased${number}`;
    const patient = await this.#charts.register(family);
    await this.#charts.open(patient);
    await this.#charts.put(patient, number);
    await this.#witness.act('erase', { family, patient }, async () => {
      await this.#charts.ask(
        'mutation Erase($input: ErasureInput!, $passphrase: String!) { erase(input: $input, passphrase: $passphrase) { id } }',
        {
          input: { patient, ground: 'CONSENT_WITHDRAWN' },
          passphrase: this.#passphrase,
        },
      );
      return {};
    });
  }

  async changePassphrase(): Promise<void> {
    const to = this.#passphrase === PASSPHRASE ? OTHER_PASSPHRASE : PASSPHRASE;
    await this.#witness.act('passphrase', { to }, async () => {
      await this.#charts.ask(
        'mutation Change($current: String!, $next: String!) { changePassphrase(current: $current, next: $next) }',
        {
          current: this.#passphrase,
          next: to,
        },
      );
      this.#passphrase = to;
      return {};
    });
  }

  enrol(number: number): Promise<void> {
    const name = `Colleague ${number}`;
    return this.#witness.act('staff', { name }, async () => {
      await this.#charts.ask('mutation Enrol($input: EnrolStaffInput!) { enrolStaff(input: $input) { id } }', {
        input: { name, role: 'clinician', passphrase: PASSPHRASE },
      });
      return {};
    });
  }

  /** Somebody who was let in leaves. */
  async revoke(number: number): Promise<void> {
    const name = `Leaver ${number}`;
    const { enrolStaff } = await this.#charts.ask<{ enrolStaff: { id: string } }>(
      'mutation Enrol($input: EnrolStaffInput!) { enrolStaff(input: $input) { id } }',
      { input: { name, role: 'clinician', passphrase: PASSPHRASE } },
    );
    await this.#witness.act('leave', { name, id: enrolStaff.id }, async () => {
      await this.#charts.ask('mutation Revoke($staff: ID!) { revokeStaff(staff: $staff) }', { staff: enrolStaff.id });
      return {};
    });
  }

  async lockAndUnlock(): Promise<void> {
    await this.#charts.open(this.#charts.base);
    await this.#witness.act('lock', {}, async () => {
      await this.#service.entrance.lock();
      await unlock(this.#service, this.#passphrase);
      return {};
    });
  }

  get passphrase(): string {
    return this.#passphrase;
  }
}
