/**
 * Who may ask what, and who is shown what: the permissions that the schemas name (`@needs`) and the roles that hold them. A root
 * field is refused without its permission; a field of a type is empty, so that each role sees what it needs (45 CFR 164.502(b)).
 * Everything else is denied.
 * The administrator of a clinic is one of its people, often the only physician of a practice, so the role holds all that a clinic has; an
 * administrator of the hub sees the fleet and no patient, and no other role has that.
 */
import type { Role } from '../ledger/rows.ts';

export const PERMISSIONS = [
  'self',
  'staff.read',
  'staff.write',
  'cover.write',
  'region.write',
  'patients.find',
  'patients.contact',
  'patients.register',
  'card.read',
  'visits.read',
  'visits.detail',
  'visits.write',
  'payments.read',
  'payments.write',
  'tasks.read',
  'tasks.write',
  'monitoring.read',
  'monitoring.write',
  'chart.read',
  'chart.write',
  'conflicts.read',
  'note.sign',
  'prescribe',
  'patients.merge',
  'import',
  'export',
  'access.read',
  'consent.read',
  'consent.write',
  'consent.restrict',
  'offers.read',
  'offers.publish',
  'erase',
  'glass.break',
  'glass.review',
  'access.review',
  'program.token',
  'hub.manage',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const HELD: Readonly<Record<Role, readonly Permission[]>> = {
  administrator: PERMISSIONS.filter((permission) => permission !== 'hub.manage'),
  clinician: [
    'self',
    'staff.read',
    'cover.write',
    'patients.find',
    'patients.contact',
    'patients.register',
    'card.read',
    'visits.read',
    'visits.detail',
    'visits.write',
    'tasks.read',
    'tasks.write',
    'monitoring.read',
    'monitoring.write',
    'chart.read',
    'chart.write',
    'conflicts.read',
    'note.sign',
    'prescribe',
    'patients.merge',
    'import',
    'export',
    'access.read',
    'consent.read',
    'consent.write',
    'offers.read',
    'glass.break',
    'program.token',
  ],
  nurse: [
    'self',
    'staff.read',
    'cover.write',
    'patients.find',
    'patients.contact',
    'patients.register',
    'card.read',
    'visits.read',
    'visits.detail',
    'visits.write',
    'tasks.read',
    'tasks.write',
    'monitoring.read',
    'monitoring.write',
    'chart.read',
    'chart.write',
    'conflicts.read',
    'consent.read',
    'consent.write',
    'offers.read',
    'glass.break',
    'program.token',
  ],
  reception: [
    'self',
    'staff.read',
    'patients.find',
    'patients.contact',
    'patients.register',
    'card.read',
    'visits.read',
    'visits.detail',
    'visits.write',
    'payments.read',
    'payments.write',
    'tasks.read',
    'tasks.write',
    'consent.read',
    'consent.write',
  ],
  // Whom to write an invoice to, for which visits, and what was paid; neither why they came nor what was found.
  billing: ['self', 'patients.find', 'patients.contact', 'visits.read', 'payments.read', 'payments.write'],
  'privacy-officer': [
    'self',
    'staff.read',
    'patients.find',
    'access.read',
    'consent.read',
    'consent.restrict',
    'offers.read',
    'erase',
    'glass.review',
    'access.review',
  ],
  researcher: ['self', 'offers.read', 'offers.publish'],
  // What they may do at the hub is the hub's to say: it knows their keys (server/hub/fleet/administrators.ts).
  'hub-administrator': ['self', 'staff.read', 'hub.manage'],
};

/** Fields with these permissions show or change what is in a chart: when they name a patient, that chart has to be open. */
export const CHART_PERMISSIONS: ReadonlySet<string> = new Set<Permission>([
  'chart.read',
  'chart.write',
  'note.sign',
  'patients.merge',
]);

/**
 * Fields with these permissions say something of one patient without the chart: who was asked to consent, who looked. They
 * leave an access line of this action, once a session, unless the chart is open.
 */
export const TRACED_PERMISSIONS: ReadonlyMap<string, string> = new Map<Permission, string>([
  ['consent.read', 'consents'],
  // The same word, so that the log tells nobody that there is a restriction.
  ['consent.restrict', 'consents'],
  ['access.read', 'access-log'],
  ['erase', 'erasure'],
  ['payments.read', 'payments'],
]);

export const isPermission = (name: string): name is Permission => (PERMISSIONS as readonly string[]).includes(name);

/** The one decision about roles. An unknown role or permission is denied. */
export function mayDo(role: string, permission: string): boolean {
  if (!Object.hasOwn(HELD, role)) return false;
  return (HELD[role as Role] as readonly string[]).includes(permission);
}
