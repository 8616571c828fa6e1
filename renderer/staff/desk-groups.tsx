/** The navigation in groups, so that twenty screens are found at a glance. */
import type { ReactNode } from 'react';
import styles from './desk.module.css';

/** A hub, the day's patients, what is answered for, the clinic and its computers. */
const GROUPS: ReadonlyArray<readonly string[]> = [
  ['fleet'],
  ['today', 'monitoring', 'patients', 'cards', 'consults', 'conflicts'],
  ['access', 'restrictions', 'glass', 'offers', 'erasure'],
  ['staff', 'training', 'import', 'export', 'programs', 'backups', 'sync', 'ledger'],
];

interface DeskGroupsProps<Name extends string> {
  readonly offered: readonly Name[];
  readonly link: (name: Name) => ReactNode;
}

/** Links to the screens that somebody is offered; one without a group stands with the last. */
export function DeskGroups<Name extends string>({ offered, link }: DeskGroupsProps<Name>) {
  const grouped = Map.groupBy(offered, (name) => {
    const at = GROUPS.findIndex((group) => group.includes(name));
    return at < 0 ? GROUPS.length - 1 : at;
  });
  return (
    <div className={styles.groups}>
      {GROUPS.map((group, at) => ({ group, names: grouped.get(at) ?? [] }))
        .filter(({ names }) => names.length > 0)
        .map(({ group, names }) => (
          <div key={group[0]} className={styles.group}>
            {names.toSorted((one, other) => group.indexOf(one) - group.indexOf(other)).map(link)}
          </div>
        ))}
    </div>
  );
}
