/** Which fields of the device tier a page may ask before anybody is signed in. All others are refused then, new ones as well. */
import type { Resolvers } from '../../graphql/generated/device.ts';
import type { DeviceContext } from './device.resolvers.ts';

/** What the entrance shows and does, and what holds for whoever sits there: how the program looks, that it syncs and is up to date. */
const BEFORE_ANYBODY: ReadonlySet<string> = new Set([
  'workstation',
  'workstationChanged',
  'syncState',
  'syncChanged',
  'passphraseStrength',
  'createClinic',
  'createSampleClinic',
  'joinClinic',
  'restoreBackup',
  'unlock',
  'lock',
  'chooseLook',
  'syncNow',
  'installUpdate',
]);

type Resolve = (parent: unknown, args: unknown, context: DeviceContext, info: unknown) => unknown;
type Field = Resolve | { readonly subscribe: Resolve; readonly resolve: Resolve };

/**
 * The resolvers, each root field but those refused with `vault.locked` while nobody is signed in. What a field asks beyond that (that
 * the ledger still has them, an administrator) it asks itself.
 */
export function forSomebody(resolvers: Resolvers<DeviceContext>): Resolvers<DeviceContext> {
  const roots = Object.entries(resolvers).map(([root, fields]) => [
    root,
    Object.fromEntries(
      Object.entries(fields as Record<string, Field>).map(([name, field]) => [
        name,
        BEFORE_ANYBODY.has(name) ? field : guardedField(field),
      ]),
    ),
  ]);
  return Object.fromEntries(roots) as Resolvers<DeviceContext>;
}

const guardedField = (field: Field): Field =>
  typeof field === 'function' ? guarded(field) : { subscribe: guarded(field.subscribe), resolve: guarded(field.resolve) };

const guarded = (resolve: Resolve): Resolve => {
  return (parent, args, context, info) => {
    context.service.refuseNobody();
    return resolve(parent, args, context, info);
  };
};
