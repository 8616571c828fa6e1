/**
 * What administrators have changed, read out of the acts of the ledger: who, when, the old and the new value. Nothing of it is kept
 * apart from the ledger, so nothing can be left out of it. Pure.
 */
import { guardianAgesBody, USUAL_AGES } from '../care-card/age-rules.ts';
import { toHex } from '../encoding/bytes.ts';
import { decode } from '../encoding/codec.ts';
import {
  chainAdmittedBody,
  deviceEnrolledBody,
  deviceRevokedBody,
  staffEnrolledBody,
  staffRevokedBody,
} from '../ledger/enrolment-rules.ts';
import { epochRetiredBody } from '../ledger/epoch-rules.ts';
import { type Policy, policyActBody } from '../ledger/policy.ts';
import { clinicRotatedBody, staffRotatedBody } from '../ledger/rotation-rules.ts';
import { type Setting, settingChangedBody, settingOf } from '../ledger/setting-rules.ts';
import { coverNamedBody, coverWithdrawnBody } from './cover-rules.ts';
import { facadeReachBody } from './facade-rules.ts';

export const ADMIN_ACTS = [
  'chain.admitted',
  'staff.enrolled',
  'staff.revoked',
  'staff.rotated',
  'device.enrolled',
  'device.revoked',
  'epoch.retired',
  'clinic.rotated',
  'guardian.ages',
  'policy.changed',
  'rules.activate',
  'hub.rotated',
  'facade.reach',
  'cover.named',
  'cover.withdrawn',
  'setting.changed',
] as const;
export type AdminAct = (typeof ADMIN_ACTS)[number];
export const isAdminAct = (type: string): type is AdminAct => (ADMIN_ACTS as readonly string[]).includes(type);

/** An act that the rules accepted, in the order of the ledger; what still waits comes last. Ids in hexadecimal. */
export interface LedgerAct {
  readonly type: AdminAct;
  readonly body: Uint8Array;
  readonly chain: string;
  readonly author: string;
  /** Milliseconds: the event's. */
  readonly at: number;
  /** Undefined while it waits for the hub. */
  readonly position: number | undefined;
}

const CHANGES = [
  'joined',
  'person',
  'person-key',
  'device',
  'copy',
  'signing-key',
  'encryption-key',
  'guardian-ages',
  'witnesses',
  'rules',
  'hub-key',
  'facade',
  'cover',
] as const;

/** Words of a changed setting, as `settingText` has them. */
interface SettingWords {
  readonly setting: string;
  readonly subject: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

export interface AdminChange extends Pick<LedgerAct, 'chain' | 'author' | 'at' | 'position'> {
  /** `setting`: one whose words have not come to this desk, or that a later program named. */
  readonly what: (typeof CHANGES)[number] | Setting | 'setting';
  /** The person or device (hexadecimal) that it is about, or which of several settings; '' for the clinic or the region. */
  readonly subject: string;
  /**
   * Values before and after: a role, a kind of device, whom it answers, the first digits of a key, chains of witnesses; who stands in,
   * and until when (milliseconds since 1970). '' is nothing, `revoked` gone.
   */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

const REVOKED = 'revoked';

const short = (key: Uint8Array): string => toHex(key).slice(0, 16);

type Told = Pick<AdminChange, 'what' | 'subject' | 'before' | 'after'>;

const told = (what: Told['what'], subject: string, before: readonly string[], after: readonly string[]): Told => ({
  what,
  subject,
  before,
  after,
});

function replaced(map: Map<string, string>, what: Told['what'], subject: string, after: string): Told[] {
  const before = map.get(subject);
  map.set(subject, after);
  return before === after ? [] : [told(what, subject, before === undefined ? [] : [before], [after])];
}

/**
 * @param first the policy of the genesis, undefined outside a region
 * @param founder the administrator and the device of the clinic's founding
 * @param settings the words of changed settings, by their hash on the ledger (hexadecimal)
 */
export function adminChanges(
  acts: readonly LedgerAct[],
  first: Policy | undefined,
  founder: { readonly staff: string; readonly device: string },
  settings: ReadonlyMap<string, SettingWords> = new Map(),
): AdminChange[] {
  const followed = new Followed(first, founder, settings);
  return acts.flatMap((act) => {
    const { chain, author, at, position } = act;
    return followed.read(act).map((change) => ({ chain, author, at, position, ...change }));
  });
}

/** What stood before each act, as the acts before it have left it. */
class Followed {
  readonly #people: Map<string, string>;
  readonly #devices: Map<string, string>;
  readonly #facades = new Map<string, string>();
  readonly #covers = new Map<string, { readonly covered: string; readonly covering: string; readonly until: string }>();
  readonly #settings: ReadonlyMap<string, SettingWords>;
  #policy: Policy | undefined;
  #ages: readonly string[] = [String(USUAL_AGES.majority), String(USUAL_AGES.privateFrom)];

  constructor(
    first: Policy | undefined,
    founder: { readonly staff: string; readonly device: string },
    settings: ReadonlyMap<string, SettingWords>,
  ) {
    this.#settings = settings;
    this.#people = new Map([[founder.staff, 'administrator']]);
    this.#devices = new Map([[founder.device, 'workstation']]);
    this.#policy = first;
  }

  read(act: LedgerAct): Told[] {
    switch (act.type) {
      case 'staff.enrolled':
      case 'staff.revoked':
      case 'staff.rotated':
        return this.#person(act);
      case 'device.enrolled':
      case 'device.revoked':
      case 'epoch.retired':
      case 'facade.reach':
        return this.#computer(act);
      case 'cover.named':
      case 'cover.withdrawn':
        return this.#cover(act);
      case 'setting.changed':
        return [this.#setting(act)];
      case 'clinic.rotated':
        return clinicKeys(act);
      case 'guardian.ages': {
        const { majority, privateFrom } = decode(guardianAgesBody, act.body);
        const before = this.#ages;
        this.#ages = [String(majority), String(privateFrom)];
        return [told('guardian-ages', '', before, this.#ages)];
      }
      case 'chain.admitted':
        return [told('joined', '', [], [toHex(decode(chainAdmittedBody, act.body).region).slice(0, 16)])];
      default:
        return [this.#regionPolicy(act)];
    }
  }

  #person({ type, body, author }: LedgerAct): Told[] {
    if (type === 'staff.enrolled') {
      const { staff, role } = decode(staffEnrolledBody, body);
      return replaced(this.#people, 'person', toHex(staff), role);
    }
    if (type === 'staff.revoked') return replaced(this.#people, 'person', toHex(decode(staffRevokedBody, body).staff), REVOKED);
    const next = toHex(decode(staffRotatedBody, body).staff);
    this.#people.set(next, this.#people.get(author) ?? '');
    this.#people.set(author, REVOKED);
    return [told('person-key', next, [author.slice(0, 16)], [next.slice(0, 16)])];
  }

  #computer({ type, body }: LedgerAct): Told[] {
    if (type === 'device.enrolled') {
      const { device, kind } = decode(deviceEnrolledBody, body);
      return replaced(this.#devices, 'device', toHex(device), kind);
    }
    if (type === 'device.revoked')
      return replaced(this.#devices, 'device', toHex(decode(deviceRevokedBody, body).device), REVOKED);
    if (type === 'facade.reach') {
      const { device, reach } = decode(facadeReachBody, body);
      return replaced(this.#facades, 'facade', toHex(device), reach);
    }
    const { device, epoch } = decode(epochRetiredBody, body);
    return [told('copy', toHex(device), [toHex(epoch)], [REVOKED])];
  }

  /** Who hands over their own work, or gives back another's, administers nothing. */
  #cover({ type, body, author }: LedgerAct): Told[] {
    if (type === 'cover.named') {
      const { cover, covered, covering, until } = decode(coverNamedBody, body);
      const named = { covered: toHex(covered), covering: toHex(covering), until: String(until) };
      this.#covers.set(toHex(cover), named);
      return author === named.covered ? [] : [told('cover', named.covered, [], [named.covering, named.until])];
    }
    const named = this.#covers.get(toHex(decode(coverWithdrawnBody, body).cover));
    if (!named || author === named.covered || author === named.covering) return [];
    return [told('cover', named.covered, [named.covering, named.until], [REVOKED])];
  }

  #setting({ body }: LedgerAct): Told {
    const said = this.#settings.get(toHex(decode(settingChangedBody, body).change));
    if (!said) return told('setting', '', [], []);
    return told(settingOf(said.setting) ?? 'setting', said.subject, said.before, said.after);
  }

  #regionPolicy({ type, body }: LedgerAct): Told {
    const before = this.#policy;
    const next = decode(policyActBody, body).policy;
    this.#policy = next;
    if (type === 'policy.changed') return told('witnesses', '', witnessesOf(before), witnessesOf(next));
    if (type === 'rules.activate') return told('rules', '', before ? [String(before.rules)] : [], [String(next.rules)]);
    return told('hub-key', '', before && before.hubKey.length > 0 ? [short(before.hubKey)] : [], [short(next.hubKey)]);
  }
}

const witnessesOf = (policy: Policy | undefined): string[] =>
  policy?.witnesses.map((each) => (each.kind === 'clinic' ? toHex(each.chain) : each.name)) ?? [];

/** A clinic renews either key, or both in one act. */
function clinicKeys({ body }: LedgerAct): Told[] {
  const keys = decode(clinicRotatedBody, body);
  const renewed = (what: Told['what'], before: string, after: string): Told[] =>
    before === after ? [] : [told(what, '', [before], [after])];
  return [
    ...renewed('signing-key', short(keys.previousClinicKey), short(keys.clinicKey)),
    ...renewed('encryption-key', short(keys.previousEncryptionKey), short(keys.encryptionKey)),
  ];
}
