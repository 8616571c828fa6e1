/**
 * The clinic's people and doors: who works here, who is let in or leaves, which further device and which further clinic may
 * join. The ledger knows people by key and role; their names are in the vault alone.
 */
import { equalBytes, fromHex, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { refuseWeakPassphrase } from '../../shared/identity/passphrase.ts';
import { staffEnrolledBody, staffRevokedBody } from '../../shared/ledger/enrolment-rules.ts';
import { ROLES, type StaffRow, staffRow } from '../../shared/ledger/rows.ts';
import { staffKey } from '../../shared/ledger/rules.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type { Ceremony } from '../../shared/vault/ceremony.ts';
import { destroyEarlierKeys, rollClinicKeys, rollWhenDue } from '../sync/clinic-mail/roll-clinic-keys.ts';
import type { VaultRow } from '../sync/gateway.ts';
import { bringFollowersBack, waitingForSignature } from '../sync/own-acts/sign-anew.ts';
import { personalAct } from '../sync/vault-context/personal-act.ts';
import { NO_TAG } from '../sync/vault-context/sealed-rows.ts';
import { settingChange } from '../sync/vault-context/setting-change.ts';
import { type KnownName, knownNames, STAFF_NAMES, staffNames } from '../sync/vault-context/staff-names.ts';
import type { VaultContext } from '../sync/vault-context/vault-context.ts';
import { rowsOfKeys } from '../sync/vault-context/vault-rows.store.ts';
import { newSigningKey } from '../vault/primitives.ts';
import { approveAdmission } from './approve-admission.ts';
import { type ClinicKeys, clinicKeys, renewOwnKey } from './clinic-keys.ts';
import { staffResolvers } from './people.resolvers.ts';
import {
  approvePolicy,
  offerToWitness,
  proposeHubKey,
  proposeRules,
  proposeWitnesses,
  regionPolicy,
  type WitnessWish,
} from './region-policy.ts';
import { SecondFactors } from './second-factors.ts';

const STAFF = 'staff/';
const ENROLLING = 'enrolling';

export interface Colleague {
  /** Staff id, hexadecimal. */
  readonly id: string;
  readonly name: string;
  readonly role: StaffRow['role'];
  readonly revoked: boolean;
  /** On this desk. */
  readonly hasSecondFactor: boolean;
}

interface NewColleague {
  readonly name: string;
  readonly role: string;
  readonly passphrase: string;
}

export class Staff {
  /** What who is signed in has on this desk beside the passphrase. */
  readonly secondFactors: SecondFactors;
  readonly #context: VaultContext;

  private constructor(context: VaultContext) {
    this.#context = context;
    this.secondFactors = new SecondFactors(context, () => this.me());
  }

  /** Keeps the name under which who is signed in is known on this desk, so that colleagues see it as well. */
  static async open(context: VaultContext): Promise<Staff> {
    const staff = new Staff(context);
    const { id, name } = context.staff;
    const [known] = await rowsOfKeys(context.reader, STAFF_NAMES, [context.rows.name(STAFF_NAMES, id)]);
    if (!known && name !== '') await context.gateway.commit({ rows: [staff.#nameRow(id, name)] });
    await staff.#settleSlots();
    return staff;
  }

  /** Who is signed in. @throws {Failure} `staff.unknown`. */
  async me(): Promise<Colleague> {
    return this.#member(toHex(this.#context.staff.id));
  }

  /** Everybody who works here or did, by name. */
  async members(): Promise<Colleague[]> {
    const { gateway, chain } = this.#context;
    const own = toHex(chain);
    const holders = await this.#secondFactorHolders();
    const names = await staffNames(this.#context);
    const rows = (await gateway.stateList(STAFF)).map(
      ({ key, value }) => [key.slice(STAFF.length), decode(staffRow, value)] as const,
    );
    return rows
      .filter(([, row]) => toHex(row.chain) === own)
      .map(([id, { role, revoked }]) => ({
        id,
        name: names.get(id) ?? id.slice(0, 8),
        role,
        revoked,
        hasSecondFactor: holders.has(id),
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /**
   * A slot on this desk with a new key, and the enrolment that makes the key count. The person types the passphrase here.
   * @throws {Failure} `staff.name`, `staff.role-unknown`, `vault.passphrase-weak`; `ledger.refused`.
   */
  async enrol({ name, role, passphrase }: NewColleague): Promise<Colleague> {
    const context = this.#context;
    const called = name.trim();
    if (called === '' || called.length > 100 || /\p{Cc}/u.test(called))
      throw new Failure('staff.name', 'Give the name by which colleagues know this person.');
    const known = ROLES.find((word) => word === role);
    if (!known) throw new Failure('staff.role-unknown', `There is no such role. The roles are ${ROLES.join(', ')}.`);
    refuseWeakPassphrase(passphrase, [called]);
    const { seed: signingSeed, publicKey: id } = newSigningKey();
    await context.keyStore.putKeys([{ kind: ENROLLING, id, epoch: 0, value: id }]);
    await context.keyStore.addSlot({ label: called, passphrase, signingSeed });
    try {
      await context.gateway.commit({
        events: [personalAct(context, { type: 'staff.enrolled', codec: staffEnrolledBody, body: { staff: id, role: known } })],
        rows: [this.#nameRow(id, called)],
      });
    } catch (error) {
      await context.keyStore.removeSlot(id);
      throw error;
    } finally {
      await context.keyStore.destroyKeys(ENROLLING, [id]);
    }
    context.notify({ topics: ['staff'] });
    return this.#member(toHex(id));
  }

  /**
   * The key that a set of recovery shares gives counts as an administrator's from now on, and that of an earlier set no more.
   * @param row what else belongs to the set, in the same commit
   * @throws {Failure} `ledger.refused`.
   */
  async enrolOfficers(key: Uint8Array, name: string, row: VaultRow): Promise<void> {
    const context = this.#context;
    const enrolled = { type: 'staff.enrolled', codec: staffEnrolledBody, body: { staff: key, role: 'administrator' as const } };
    const earlier = (await this.#officers()).map((staff) =>
      personalAct(context, { type: 'staff.revoked', codec: staffRevokedBody, body: { staff } }),
    );
    await context.gateway.commit({
      events: [personalAct(context, enrolled), ...earlier],
      rows: [this.#nameRow(key, name, true), row],
    });
    context.notify({ topics: ['staff'] });
  }

  /** @throws {Failure} `recovery.own-key-first`: a new set would shut out who makes it. */
  async refuseOfficers(): Promise<void> {
    const own = (await this.#officers()).some((key) => equalBytes(key, this.#context.staff.id));
    if (own)
      throw new Failure(
        'recovery.own-key-first',
        'You came in by the recovery shares, whose key ends with them. Add yourself or another administrator under Staff, sign in as that person, and make new shares then.',
      );
  }

  /** Keys of recovery sets that still count. */
  async #officers(): Promise<Uint8Array[]> {
    const names = await knownNames(this.#context);
    const standing = await this.members();
    return standing.flatMap(({ id, revoked }) => (!revoked && names.get(id)?.officers ? [fromHex(id)] : []));
  }

  /**
   * Somebody leaves: the ledger takes nothing more from their key, and this desk lets them in no more.
   * @throws {Failure} `staff.unknown`, `staff.not-yourself`; `ledger.refused`.
   */
  async revoke(id: string): Promise<void> {
    const { keyStore, gateway, staff } = this.#context;
    const member = await this.#member(id);
    if (id === toHex(staff.id))
      throw new Failure(
        'staff.not-yourself',
        'Nobody takes their own access away: the clinic could be left without an administrator.',
      );
    await this.#ceremony('revoke-staff', id);
    if (!member.revoked) {
      const event = personalAct(this.#context, { type: 'staff.revoked', codec: staffRevokedBody, body: { staff: fromHex(id) } });
      await gateway.commit({ events: [event] });
    }
    await keyStore.removeSlot(fromHex(id)).catch((error: unknown) => {
      // They may never have had a slot on this desk, or none any more.
      if (!(error instanceof Failure) || error.code !== 'vault.no-such-slot') throw error;
    });
    this.#context.notify({ topics: ['staff'] });
  }

  /** @throws {Failure} `vault.passphrase-weak`; as an unlock does when `current` is wrong. */
  async changePassphrase(current: string, next: string): Promise<void> {
    refuseWeakPassphrase(next, [this.#context.staff.name]);
    await this.#context.keyStore.changePassphrase(current, next);
  }

  async #ceremony(act: Ceremony['act'], ...about: string[]): Promise<void> {
    await this.#context.keyStore.secondFactor.requireShown({ act, about });
  }

  /** See clinic-keys.ts. */
  async clinicKeys(): Promise<ClinicKeys> {
    return clinicKeys(this.#context, await staffNames(this.#context));
  }

  /**
   * New keys of the clinic, which every desk of it gets; asks for the passphrase again.
   * @throws {Failure} as an unlock does when `passphrase` is wrong; as `rollClinicKeys` of sync.
   */
  async rollClinicKeys(passphrase: string): Promise<ClinicKeys> {
    await this.#context.keyStore.confirm(passphrase);
    await this.#ceremony('roll-clinic-keys');
    await rollClinicKeys(this.#context);
    return this.clinicKeys();
  }

  /** Gives up acts that wait to be signed anew, such as of somebody who has left; gives how many there were. */
  async discardWaitingActs(): Promise<number> {
    const waiting = await waitingForSignature(this.#context);
    if (waiting.length === 0) return 0;
    const said = settingChange(this.#context, { setting: 'waiting-acts', before: waiting.map(({ type }) => type), after: [] });
    await this.#context.gateway.commit({ ...said, asideDone: waiting.map(({ sequence }) => sequence) });
    this.#context.notify({ topics: ['devices'] });
    return waiting.length;
  }

  /** A new key of one's own in the place of the present one. See clinic-keys.ts. */
  renewOwnKey(passphrase: string): Promise<string> {
    return renewOwnKey(this.#context, passphrase, (id, name) => this.#nameRow(id, name));
  }

  /** What every look at the ledger asks for: a new encryption key of the clinic when it is due, and the end of those that are worn. */
  async refreshKeys(): Promise<void> {
    await bringFollowersBack(this.#context);
    await destroyEarlierKeys(this.#context);
    await rollWhenDue(this.#context);
  }

  /** See approve-admission.ts. @param chain hexadecimal */
  async approveAdmission(chain: string): Promise<void> {
    await this.#ceremony('approve-admission', chain);
    return approveAdmission(this.#context, chain);
  }

  /** See region-policy.ts for these. */
  regionPolicy() {
    return regionPolicy(this.#context);
  }

  offerToWitness(): Promise<void> {
    return offerToWitness(this.#context);
  }

  async proposeWitnesses(wishes: readonly WitnessWish[]): Promise<void> {
    const about = wishes.flatMap(({ chain, name, cosignKey }) => [chain, name, cosignKey]);
    await this.#ceremony('propose-witnesses', ...about);
    return proposeWitnesses(this.#context, wishes);
  }

  async proposeHubKey(): Promise<void> {
    await this.#ceremony('propose-hub-key');
    return proposeHubKey(this.#context);
  }

  async proposeRules(): Promise<void> {
    await this.#ceremony('propose-rules');
    return proposeRules(this.#context);
  }

  async approvePolicy(id: string): Promise<void> {
    await this.#ceremony('approve-policy', id);
    return approvePolicy(this.#context, id);
  }

  /** Who was being let in, or left, when the program was cut off between the key file and the ledger: the ledger decides. */
  async #settleSlots(): Promise<void> {
    const { keyStore, gateway } = this.#context;
    const slots = await keyStore.slots();
    const rows = await gateway.state(slots.map((id) => staffKey(toHex(id))));
    const begun = (await keyStore.getAll(ENROLLING)).map(({ id }) => id);
    for (const [at, id] of slots.entries()) {
      const row = rows[at];
      if (row ? decode(staffRow, row).revoked : begun.some((each) => equalBytes(each, id))) await keyStore.removeSlot(id);
    }
    if (begun.length > 0) await keyStore.destroyKeys(ENROLLING, begun);
  }

  async #member(id: string): Promise<Colleague> {
    const [row] = /^[0-9a-f]{64}$/.test(id) ? await this.#context.gateway.state([staffKey(id)]) : [];
    const staff = row && decode(staffRow, row);
    if (!staff || toHex(staff.chain) !== toHex(this.#context.chain))
      throw new Failure('staff.unknown', 'Nobody of this name works at this clinic. Load the list again.');
    const own = id === toHex(this.#context.staff.id) ? this.#context.staff.name : '';
    const name = (await staffNames(this.#context)).get(id) ?? (own || id.slice(0, 8));
    const hasSecondFactor = (await this.#secondFactorHolders()).has(id);
    return { id, name, role: staff.role, revoked: staff.revoked, hasSecondFactor };
  }

  async #secondFactorHolders(): Promise<ReadonlySet<string>> {
    return new Set((await this.#context.keyStore.secondFactor.holders()).map(toHex));
  }

  #nameRow(id: Uint8Array, name: string, officers = false): VaultRow {
    const { rows } = this.#context;
    const known: KnownName = { id: toHex(id), name, ...(officers && { officers }) };
    return rows.seal(STAFF_NAMES, rows.name(STAFF_NAMES, id), NO_TAG, utf8(JSON.stringify(known)));
  }
}

/** What the registry of domains needs of this one. */
export const staffDomain = { name: 'staff', sdl: 'shared/workstation/workstation.graphql', resolvers: staffResolvers };
