/** The staff's screens by name, in the navigation's order. */
export const screenNames = [
  'fleet',
  'today',
  'monitoring',
  'patients',
  'cards',
  'consults',
  'conflicts',
  'import',
  'export',
  'offers',
  'ledger',
  'sync',
  'staff',
  'training',
  'access',
  'restrictions',
  'backups',
  'erasure',
  'glass',
  'programs',
] as const;
export type ScreenName = (typeof screenNames)[number];
