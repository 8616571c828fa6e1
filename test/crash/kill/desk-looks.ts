/** What must hold at the desk of a clinic alone, after what is known to have been done and begun there. */
import { openReader } from '../../../server/storage/database.ts';
import type { DeviceService } from '../../../server/workstation/device/device-service.ts';
import { verifyReplica } from '../../../server/workstation/verify/verify-replica.ts';
import { asFailure } from '../../../shared/outcome/failure.ts';
import type { DeskCharts } from './desk-charts.ts';
import type { Witness } from './lives.ts';
import type { Act } from './task.ts';

export class DeskLooks {
  readonly #service: DeviceService;
  readonly #charts: DeskCharts;
  readonly #witness: Witness;

  constructor(service: DeviceService, charts: DeskCharts, witness: Witness) {
    this.#service = service;
    this.#charts = charts;
    this.#witness = witness;
  }

  async look(acts: readonly Act[]): Promise<void> {
    await this.#charts.finishImports();
    const found = await this.#charts.patients();
    this.#charts.base = found.get('Base')?.[0] ?? (await this.#charts.register('Base'));
    await this.#charts.open(this.#charts.base);
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
    const items = await this.#charts.items();
    for (const item of items) {
      try {
        const { record } = await this.#charts.ask<{ record: { resource: string; history: { version: number }[] } }>(
          'query Read($patient: ID!, $id: ID!) { record(patient: $patient, id: $id) { resource history { version } } }',
          { patient: this.#charts.base, id: item.id },
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
    const { teleNotes } = await this.#charts.ask<{ teleNotes: { assessment: string }[] }>(
      'query Notes($patient: ID!) { teleNotes(patient: $patient) { assessment } }',
      { patient: this.#charts.base },
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
    const { drafts } = await this.#charts.ask<{ drafts: { content: string }[] }>(
      'query Drafts($patient: ID!) { drafts(patient: $patient) { content } }',
      {
        patient: this.#charts.base,
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
    const { erasures } = await this.#charts.ask<{
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
    const { staffMembers: staff } = await this.#charts.ask<{ staffMembers: { id: string; name: string; revoked: boolean }[] }>(
      '{ staffMembers { id name revoked } }',
    );
    const slots = await this.#service.entrance.slots();
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
}
