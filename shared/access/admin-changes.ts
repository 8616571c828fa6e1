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

export interface AdminChange extends Pick<LedgerAct, 'chain' | 'author' | 'at' | 'position'> {
  readonly what: (typeof CHANGES)[number];
  /** The person or device (hexadecimal) that it is about; '' for the clinic or the region. */
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

/**
 * @param first the policy of the genesis, undefined outside a region
 * @param founder the administrator and the device of the clinic's founding
 */
export function adminChanges(
  acts: readonly LedgerAct[],
  first: Policy | undefined,
  founder: { readonly staff: string; readonly device: string },
): AdminChange[] {
  const people = new Map([[founder.staff, 'administrator']]);
  const devices = new Map([[founder.device, 'workstation']]);
  const facades = new Map<string, string>();
  const covers = new Map<string, { readonly covered: string; readonly covering: string; readonly until: string }>();
  let policy = first;
  let ages: readonly string[] = [String(USUAL_AGES.majority), String(USUAL_AGES.privateFrom)];
  return acts.flatMap((act): AdminChange[] => {
    const { chain, author, at, position } = act;
    const change = (
      what: AdminChange['what'],
      subject: string,
      before: readonly string[],
      after: readonly string[],
    ): AdminChange => ({
      chain,
      author,
      at,
      position,
      what,
      subject,
      before,
      after,
    });
    const replaced = (map: Map<string, string>, what: AdminChange['what'], subject: string, after: string): AdminChange[] => {
      const before = map.get(subject);
      map.set(subject, after);
      return before === after ? [] : [change(what, subject, before === undefined ? [] : [before], [after])];
    };
    switch (act.type) {
      case 'staff.enrolled': {
        const { staff, role } = decode(staffEnrolledBody, act.body);
        return replaced(people, 'person', toHex(staff), role);
      }
      case 'staff.revoked':
        return replaced(people, 'person', toHex(decode(staffRevokedBody, act.body).staff), REVOKED);
      case 'staff.rotated': {
        const next = toHex(decode(staffRotatedBody, act.body).staff);
        people.set(next, people.get(author) ?? '');
        people.set(author, REVOKED);
        return [change('person-key', next, [author.slice(0, 16)], [next.slice(0, 16)])];
      }
      case 'device.enrolled': {
        const { device, kind } = decode(deviceEnrolledBody, act.body);
        return replaced(devices, 'device', toHex(device), kind);
      }
      case 'device.revoked':
        return replaced(devices, 'device', toHex(decode(deviceRevokedBody, act.body).device), REVOKED);
      case 'facade.reach': {
        const { device, reach } = decode(facadeReachBody, act.body);
        return replaced(facades, 'facade', toHex(device), reach);
      }
      case 'cover.named': {
        const { cover, covered, covering, until } = decode(coverNamedBody, act.body);
        const named = { covered: toHex(covered), covering: toHex(covering), until: String(until) };
        covers.set(toHex(cover), named);
        // Who hands over their own work administers nothing.
        return author === named.covered ? [] : [change('cover', named.covered, [], [named.covering, named.until])];
      }
      case 'cover.withdrawn': {
        const named = covers.get(toHex(decode(coverWithdrawnBody, act.body).cover));
        if (!named || author === named.covered || author === named.covering) return [];
        return [change('cover', named.covered, [named.covering, named.until], [REVOKED])];
      }
      case 'epoch.retired': {
        const { device, epoch } = decode(epochRetiredBody, act.body);
        return [change('copy', toHex(device), [toHex(epoch)], [REVOKED])];
      }
      case 'clinic.rotated': {
        const keys = decode(clinicRotatedBody, act.body);
        const [signing, encryption] = [
          [short(keys.previousClinicKey), short(keys.clinicKey)],
          [short(keys.previousEncryptionKey), short(keys.encryptionKey)],
        ] as const;
        return [
          ...(signing[0] === signing[1] ? [] : [change('signing-key', '', [signing[0]], [signing[1]])]),
          ...(encryption[0] === encryption[1] ? [] : [change('encryption-key', '', [encryption[0]], [encryption[1]])]),
        ];
      }
      case 'guardian.ages': {
        const { majority, privateFrom } = decode(guardianAgesBody, act.body);
        const before = ages;
        ages = [String(majority), String(privateFrom)];
        return [change('guardian-ages', '', before, ages)];
      }
      case 'chain.admitted':
        return [change('joined', '', [], [toHex(decode(chainAdmittedBody, act.body).region).slice(0, 16)])];
      default: {
        const next = decode(policyActBody, act.body).policy;
        const before = policy;
        policy = next;
        const witnesses = (of: Policy | undefined): string[] =>
          of?.witnesses.map((each) => (each.kind === 'clinic' ? toHex(each.chain) : each.name)) ?? [];
        if (act.type === 'policy.changed') return [change('witnesses', '', witnesses(before), witnesses(next))];
        if (act.type === 'rules.activate')
          return [change('rules', '', before ? [String(before.rules)] : [], [String(next.rules)])];
        return [change('hub-key', '', before && before.hubKey.length > 0 ? [short(before.hubKey)] : [], [short(next.hubKey)])];
      }
    }
  });
}
