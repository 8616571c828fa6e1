/** A clinic alone at its desk: what its people write, keep, change and erase, with no region and no hub. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openReader } from '../../../server/storage/database.ts';
import { lastWritten } from '../../../server/sync/continuity.store.ts';
import { breakOf } from '../../../server/sync/continuity.ts';
import { FileContinuity } from '../../../server/workstation/continuity.ts';
import type { DeviceService } from '../../../server/workstation/device-service.ts';
import { verifyReplica } from '../../../server/workstation/verify-replica.ts';
import { asFailure } from '../../../shared/outcome/failure.ts';
import { ADMINISTRATOR, ask, openDesk, PASSPHRASE, unlock } from './desk.ts';
import { KeepingActs } from './keeping-acts.ts';
import type { Life, Witness } from './lives.ts';
import type { Act, Task } from './task.ts';

const OTHER_PASSPHRASE = 'tawny anchor whistling meadow';

export async function deskLife({ folder, fresh, acts }: Task, witness: Witness): Promise<Life> {
  if (!fresh && existsSync(folder)) await lookAtMark(folder, witness);
  const service = await openDesk(folder);
  if (!service.installation.chain) await beginClinic(service);
  const passphrase = await unlockAfter(service, acts, witness);
  const desk = new DeskActs(service, folder, witness, passphrase);
  const keeping = new KeepingActs(service, folder, witness, () => desk.passphrase);
  return {
    begin: async (number) => {
      await desk.patient(number);
      await keeping.begin();
    },
    look: async (known) => {
      await desk.look(known);
      await keeping.look(known);
    },
    acts: {
      record: (number) => desk.record(number),
      amend: (number) => desk.amend(number),
      note: (number) => desk.note(number),
      draft: (number) => desk.draft(number),
      patient: (number) => desk.patient(number),
      import: (number) => desk.import(number),
      erase: (number) => desk.erase(number),
      passphrase: () => desk.changePassphrase(),
      staff: (number) => desk.enrol(number),
      leave: (number) => desk.revoke(number),
      lock: () => desk.lockAndUnlock(),
      ...keeping.acts,
    },
    close: () => service.close(),
  };
}

async function beginClinic(service: DeviceService): Promise<void> {
  await service.createClinic({ name: 'Harbour Clinic', kind: 'clinic', administrator: ADMINISTRATOR, passphrase: PASSPHRASE });
  await ask(
    service,
    'mutation Set($passphrase: String!) { setRetention(jurisdiction: "NONE", years: 0, passphrase: $passphrase) { years } }',
    {
      passphrase: PASSPHRASE,
    },
  );
  await service.lock();
}

/** What may have been signed is never ahead of the mark. Where there is none the device goes on in a new epoch, which is safe. */
export async function lookAtMark(folder: string, witness: Witness): Promise<void> {
  const reader = await openReader(join(folder, 'clinic.db'));
  const continuity = await FileContinuity.of(folder);
  try {
    const [last, mark] = [await lastWritten(reader.read), await continuity.last()];
    if (!last || !mark) return;
    const why = breakOf(mark.device, last, mark);
    if (why && mark.height <= last.height)
      witness.fault('the mark is never behind', `the folder has block ${last.height}, the mark says ${mark.height} (${why})`);
  } finally {
    await reader.close();
    await continuity.close();
  }
}

/** Whatever became of a change that was under way, exactly one of the two passphrases opens. */
async function unlockAfter(service: DeviceService, acts: readonly Act[], witness: Witness): Promise<string> {
  const changes = acts.filter(({ kind }) => kind === 'passphrase');
  const settled = changes.filter(({ state }) => state === 'done').at(-1);
  const open = changes.at(-1)?.state === 'begun' ? changes.at(-1)?.about.to : undefined;
  const candidates = [settled?.about.to ?? PASSPHRASE, ...(open ? [open] : [])];
  for (const [at, passphrase] of candidates.entries()) {
    try {
      await unlock(service, passphrase);
      return passphrase;
    } catch (error) {
      if (at === candidates.length - 1 || asFailure(error).code !== 'vault.passphrase-wrong') {
        witness.fault('nothing acknowledged is lost', `no passphrase opens: ${asFailure(error).code}`);
        throw error;
      }
    }
  }
  return PASSPHRASE;
}

interface PageInfo {
  readonly endCursor: string;
  readonly hasNextPage: boolean;
}

interface Item {
  readonly id: string;
  readonly value: string | null;
  readonly version: number;
}

const observation = (patient: string, value: number): string =>
  `{"resourceType":"Observation","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"8310-5"}]},"subject":{"reference":"Patient/${patient}"},"effectiveDateTime":"2026-01-05","valueQuantity":{"value":${value},"unit":"Cel"}}`;

export class DeskActs {
  readonly #service: DeviceService;
  readonly #folder: string;
  readonly #witness: Witness;
  #passphrase: string;
  #base = '';

  constructor(service: DeviceService, folder: string, witness: Witness, passphrase: string) {
    this.#service = service;
    this.#folder = folder;
    this.#witness = witness;
    this.#passphrase = passphrase;
  }

  #ask<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    return ask<Data>(this.#service, query, variables);
  }

  // --- What is done -----------------------------------------------------------------------------------------------

  record(number: number): Promise<void> {
    return this.#witness.act('record', { value: String(number) }, async () => ({ record: await this.#put(this.#base, number) }));
  }

  async amend(number: number): Promise<void> {
    if ((await this.#items()).length === 0) await this.record(number);
    const [item] = await this.#items();
    if (!item) return;
    await this.#witness.act('amend', { record: item.id, value: String(number), version: String(item.version + 1) }, async () => {
      await this.#put(this.#base, number, { record: item.id, basedOn: item.version, reason: 'read again' });
      return {};
    });
  }

  note(number: number): Promise<void> {
    const input = {
      patient: this.#base,
      participants: ['Ana Ferreira', 'Base'],
      modality: 'VIDEO',
      place: 'Patient at home',
      consentToTreatment: true,
      assessment: `Note ${number}`,
      plan: 'Rest.',
      startedAt: '2026-01-05T10:00:00Z',
    };
    return this.#witness.act('note', { assessment: input.assessment }, async () => {
      await this.#ask(
        'mutation Sign($input: TeleNoteInput!, $passphrase: String!) { signTeleNote(input: $input, passphrase: $passphrase) { id } }',
        { input, passphrase: this.#passphrase },
      );
      return {};
    });
  }

  draft(number: number): Promise<void> {
    const content = `draft ${number}`;
    return this.#witness.act('draft', { content }, async () => {
      await this.#ask(
        'mutation Save($patient: ID!, $content: String!) { saveDraft(patient: $patient, kind: "observation", key: "new", content: $content) { savedAt } }',
        { patient: this.#base, content },
      );
      return {};
    });
  }

  patient(number: number): Promise<void> {
    return this.#witness.act('patient', { family: `Family${number}` }, async () => ({
      id: await this.#register(`Family${number}`),
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
      await this.#importDone(id);
      return { job: id };
    });
  }

  async erase(number: number): Promise<void> {
    const family = `Erased${number}`;
    const patient = await this.#register(family);
    await this.#open(patient);
    await this.#put(patient, number);
    await this.#witness.act('erase', { family, patient }, async () => {
      await this.#ask(
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
      await this.#ask('mutation Change($current: String!, $next: String!) { changePassphrase(current: $current, next: $next) }', {
        current: this.#passphrase,
        next: to,
      });
      this.#passphrase = to;
      return {};
    });
  }

  enrol(number: number): Promise<void> {
    const name = `Colleague ${number}`;
    return this.#witness.act('staff', { name }, async () => {
      await this.#ask('mutation Enrol($input: EnrolStaffInput!) { enrolStaff(input: $input) { id } }', {
        input: { name, role: 'clinician', passphrase: PASSPHRASE },
      });
      return {};
    });
  }

  /** Somebody who was let in leaves. */
  async revoke(number: number): Promise<void> {
    const name = `Leaver ${number}`;
    const { enrolStaff } = await this.#ask<{ enrolStaff: { id: string } }>(
      'mutation Enrol($input: EnrolStaffInput!) { enrolStaff(input: $input) { id } }',
      { input: { name, role: 'clinician', passphrase: PASSPHRASE } },
    );
    await this.#witness.act('leave', { name, id: enrolStaff.id }, async () => {
      await this.#ask('mutation Revoke($staff: ID!) { revokeStaff(staff: $staff) }', { staff: enrolStaff.id });
      return {};
    });
  }

  async lockAndUnlock(): Promise<void> {
    await this.#open(this.#base);
    await this.#witness.act('lock', {}, async () => {
      await this.#service.lock();
      await unlock(this.#service, this.#passphrase);
      return {};
    });
  }

  get passphrase(): string {
    return this.#passphrase;
  }

  // --- What must hold ---------------------------------------------------------------------------------------------

  async look(acts: readonly Act[]): Promise<void> {
    await this.#finishImports();
    const found = await this.#patients();
    this.#base = found.get('Base')?.[0] ?? (await this.#register('Base'));
    await this.#open(this.#base);
    this.#lookAtPatients(acts, found);
    await this.#lookAtRecords(acts);
    await this.#lookAtNotes(acts);
    await this.#lookAtDraft(acts);
    await this.#lookAtErasures(acts, found);
    await this.#lookAtStaff(acts);
    await this.#lookAtFiles();
  }

  #lookAtPatients(acts: readonly Act[], found: ReadonlyMap<string, readonly string[]>): void {
    for (const act of acts) {
      const families = act.kind === 'patient' ? [act.about.family] : act.kind === 'import' ? act.about.families?.split(' ') : [];
      for (const family of families ?? []) this.#count(act, `the patient ${family}`, found.get(family ?? '')?.length ?? 0);
    }
  }

  async #lookAtRecords(acts: readonly Act[]): Promise<void> {
    const amended = new Map<string, Act>();
    for (const act of acts) if (act.kind === 'amend' && act.state === 'done') amended.set(act.about.record ?? '', act);
    const items = await this.#items();
    for (const item of items) {
      try {
        const { record } = await this.#ask<{ record: { resource: string; history: { version: number }[] } }>(
          'query Read($patient: ID!, $id: ID!) { record(patient: $patient, id: $id) { resource history { version } } }',
          { patient: this.#base, id: item.id },
        );
        if (!record.resource.includes(`"value":${item.value},`))
          this.#witness.fault('no half state', `the chart shows ${item.value}, the document says ${record.resource}`);
        if (record.history.length !== item.version)
          this.#witness.fault('no half state', `${item.version} versions are listed, ${record.history.length} are here`);
      } catch (error) {
        this.#witness.fault('no half state', `a record that the chart lists does not open: ${asFailure(error).message}`);
      }
    }
    for (const act of acts) {
      if (act.kind === 'record') {
        const versions = items.filter(({ id, value }) => value === act.about.value || id === act.answer.record);
        const changed = acts.some(({ kind, about }) => kind === 'amend' && about.record === act.answer.record);
        if (act.answer.record === undefined && items.length > 0 && acts.some(({ kind }) => kind === 'amend')) continue;
        this.#count(act, `the value ${act.about.value}${changed ? ' (amended)' : ''}`, versions.length);
      }
    }
    for (const [record, act] of amended) {
      const item = items.find(({ id }) => id === record);
      if (!item || item.version < Number(act.about.version))
        this.#witness.fault('nothing acknowledged is lost', `version ${act.about.version} of a record: it has ${item?.version}`);
    }
  }

  async #lookAtNotes(acts: readonly Act[]): Promise<void> {
    const { teleNotes } = await this.#ask<{ teleNotes: { assessment: string }[] }>(
      'query Notes($patient: ID!) { teleNotes(patient: $patient) { assessment } }',
      { patient: this.#base },
    );
    for (const act of acts)
      if (act.kind === 'note')
        this.#count(
          act,
          `the ${act.about.assessment}`,
          teleNotes.filter(({ assessment }) => assessment === act.about.assessment).length,
        );
  }

  async #lookAtDraft(acts: readonly Act[]): Promise<void> {
    const saved = acts.filter(({ kind }) => kind === 'draft');
    const newest = saved.findLastIndex(({ state }) => state === 'done');
    const possible = saved.slice(Math.max(0, newest)).map(({ about }) => about.content);
    const { drafts } = await this.#ask<{ drafts: { content: string }[] }>(
      'query Drafts($patient: ID!) { drafts(patient: $patient) { content } }',
      {
        patient: this.#base,
      },
    );
    if (drafts.length > 1) this.#witness.fault('nothing is doubled', `${drafts.length} drafts of one form`);
    const [draft] = drafts;
    if (newest >= 0 && !possible.includes(draft?.content))
      this.#witness.fault(
        'nothing acknowledged is lost',
        `the draft reads "${draft?.content}", not one of "${possible.join('", "')}"`,
      );
  }

  async #lookAtErasures(acts: readonly Act[], found: ReadonlyMap<string, readonly string[]>): Promise<void> {
    const { erasures } = await this.#ask<{
      erasures: {
        id: string;
        state: string;
        compartments: { handle: string }[];
        confirmations: { here: boolean; at: number | null }[];
      }[];
    }>('{ erasures { id state compartments { handle } confirmations { here at } } }');
    for (const act of acts) {
      if (act.kind !== 'erase') continue;
      const count = found.get(act.about.family ?? '')?.length ?? 0;
      if (act.state === 'done' && count > 0)
        this.#witness.fault('what was erased stays erased', `${act.about.family} is found again`);
      if (count > 1) this.#witness.fault('nothing is doubled', `${act.about.family} is found ${count} times`);
    }
    const begun = acts.filter(({ kind }) => kind === 'erase');
    const gone = begun.filter(({ about }) => !found.has(about.family ?? ''));
    if (gone.length !== erasures.length)
      this.#witness.fault('no half state', `${gone.length} patients are gone, ${erasures.length} erasures are written down`);
    const { read } = this.#service.installation.database;
    const keys = await openReader(this.#service.installation.keyFile);
    try {
      for (const { id, compartments, confirmations } of erasures) {
        if (!confirmations.some(({ here, at }) => here && at !== null))
          this.#witness.fault('what was erased stays erased', `the erasure ${id} was not carried through on this desk`);
        for (const { handle } of compartments) {
          const [documents] = await read.all<{ left: number }>('SELECT count(*) AS left FROM document WHERE handle = unhex(?)', [
            handle,
          ]);
          const [entries] = await keys.read.all<{ left: number }>(
            "SELECT count(*) AS left FROM key_entry WHERE kind = 'compartment' AND id = unhex(?)",
            [handle],
          );
          if ((documents?.left ?? 0) + (entries?.left ?? 0) > 0)
            this.#witness.fault(
              'what was erased stays erased',
              `${documents?.left} documents and ${entries?.left} keys of an erased compartment are here`,
            );
        }
      }
    } finally {
      await keys.close();
    }
  }

  async #lookAtStaff(acts: readonly Act[]): Promise<void> {
    const { staffMembers: staff } = await this.#ask<{ staffMembers: { id: string; name: string; revoked: boolean }[] }>(
      '{ staffMembers { id name revoked } }',
    );
    const slots = await this.#service.slots();
    for (const act of acts) {
      if (act.kind !== 'staff') continue;
      const members = staff.filter(({ name }) => name === act.about.name);
      this.#count(act, act.about.name ?? '', members.length);
      for (const { id } of members)
        if (!slots.some((slot) => slot.id === id))
          this.#witness.fault('no half state', `${act.about.name} is enrolled and cannot sign in`);
    }
    for (const { kind, state, about } of acts)
      if (kind === 'leave' && state === 'done' && !staff.some(({ id, revoked }) => id === about.id && revoked))
        this.#witness.fault('nothing acknowledged is lost', `${about.name} left and works here again`);
    for (const { id, name } of slots)
      if (!staff.some((member) => member.id === id && !member.revoked))
        this.#witness.fault('no half state', `${name} can sign in and is not enrolled`);
  }

  /** The databases themselves, as `careledger verify` sees them, and this device's chain without gaps. */
  async #lookAtFiles(): Promise<void> {
    const { installation } = this.#service;
    const { faults } = await verifyReplica(installation);
    for (const what of faults) this.#witness.fault('verify is clean', what);
    const { read } = installation.database;
    const blocks = await read.all<{ epoch: string; height: number }>(
      'SELECT hex(epoch) AS epoch, height FROM own_block WHERE learned = 0 ORDER BY sequence',
    );
    for (const [at, block] of blocks.entries()) {
      const before = blocks[at - 1];
      const follows = before?.epoch === block.epoch ? block.height === before.height + 1 : block.height === 0;
      if (!follows) this.#witness.fault('no half state', `block ${block.height} follows ${before?.height}`);
    }
    const [orphans] = await read.all<{ count: number }>(
      'SELECT count(*) AS count FROM document WHERE block IS NOT NULL AND block NOT IN (SELECT hash FROM own_block)',
    );
    if (orphans?.count) this.#witness.fault('no half state', `${orphans.count} documents whose block is not here`);
  }

  /** Whole once when it was acknowledged, whole or not at all when it was not. */
  #count({ state, id }: Act, what: string, count: number): void {
    if (count > 1) this.#witness.fault('nothing is doubled', `${what} (act ${id}) is there ${count} times`);
    if (count === 0 && state === 'done') this.#witness.fault('nothing acknowledged is lost', `${what} (act ${id}) is gone`);
  }

  // --- Questions --------------------------------------------------------------------------------------------------

  async #patients(): Promise<Map<string, string[]>> {
    const found = new Map<string, string[]>();
    for (let after: string | null = null; ; ) {
      const {
        patients,
      }: {
        patients: { edges: { node: { id: string; family: string } }[]; pageInfo: PageInfo };
      } = await this.#ask(
        'query Find($after: String) { patients(search: "", first: 100, after: $after) { edges { node { id family } } pageInfo { endCursor hasNextPage } } }',
        { after },
      );
      for (const { node } of patients.edges) found.set(node.family, [...(found.get(node.family) ?? []), node.id]);
      if (!patients.pageInfo.hasNextPage) return found;
      after = patients.pageInfo.endCursor;
    }
  }

  async #items(): Promise<Item[]> {
    const items: Item[] = [];
    for (let after: string | null = null; ; ) {
      const { chart }: { chart: { items: { edges: { node: Item }[]; pageInfo: PageInfo } } } = await this.#ask(
        'query Items($patient: ID!, $after: String) { chart(patient: $patient) { items(section: RESULT, first: 200, after: $after) { edges { node { id value version } } pageInfo { endCursor hasNextPage } } } }',
        { patient: this.#base, after },
      );
      items.push(...chart.items.edges.map(({ node }) => node));
      if (!chart.items.pageInfo.hasNextPage) return items;
      after = chart.items.pageInfo.endCursor;
    }
  }

  #open(patient: string): Promise<unknown> {
    return this.#ask('mutation Open($patient: ID!) { openChart(patient: $patient) { openedAt } }', { patient });
  }

  async #register(family: string): Promise<string> {
    const { registerPatient } = await this.#ask<{ registerPatient: { patient: { id: string } } }>(
      'mutation Register($input: RegisterPatientInput!) { registerPatient(input: $input, evenSo: true) { patient { id } } }',
      { input: { family, given: ['Ada'], birthDate: '1961-04-12' } },
    );
    return registerPatient.patient.id;
  }

  async #put(patient: string, value: number, amending: Record<string, unknown> = {}): Promise<string> {
    const { putRecord } = await this.#ask<{ putRecord: { id: string } }>(
      'mutation Put($input: PutRecordInput!) { putRecord(input: $input) { id } }',
      {
        input: { patient, resource: observation(patient, value), ...amending },
      },
    );
    return putRecord.id;
  }

  async #finishImports(): Promise<void> {
    const { importJobs } = await this.#ask<{ importJobs: { id: string; state: string }[] }>('{ importJobs { id state } }');
    for (const { id, state } of importJobs) {
      if (state === 'DONE') continue;
      if (state === 'PAUSED') await this.#ask('mutation Resume($id: ID!) { resumeImport(id: $id) { id } }', { id });
      await this.#importDone(id);
    }
  }

  async #importDone(id: string): Promise<void> {
    for (;;) {
      const { importJob } = await this.#ask<{ importJob: { state: string; problem: string | null } }>(
        'query Job($id: ID!) { importJob(id: $id) { state problem } }',
        { id },
      );
      if (importJob.state === 'DONE') return;
      if (importJob.state !== 'RUNNING') throw new Error(`the import is ${importJob.state}: ${importJob.problem}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}
