/**
 * A patient's compartments by category. Mostly there is one; desks of a clinic that could not hear each other may each have begun one. Then
 * all of them are the category: new records go into the one with the smallest handle, whatever desk writes them, and what lies in another
 * one is read, amended, settled, shared and erased there.
 */
import type { CompartmentName } from './vault-context.ts';

/** Handles in hexadecimal; of the categories that were needed so far. */
export interface Compartments {
  readonly handles: Readonly<Partial<Record<CompartmentName, string>>>;
  /** Further ones of a category, where it was begun more than once. */
  readonly further?: Readonly<Partial<Record<CompartmentName, readonly string[]>>> | undefined;
}

/** Every compartment of a patient (hexadecimal), each with its category; the one for new records before the others. */
export function everyCompartment({ handles, further = {} }: Compartments): Array<readonly [CompartmentName, string]> {
  return (Object.entries(handles) as [CompartmentName, string][]).flatMap(([category, handle]) =>
    [handle, ...(further[category] ?? [])].map((each) => [category, each] as const),
  );
}

/** Their handles (hexadecimal). */
export const handlesIn = (entry: Compartments): string[] => everyCompartment(entry).map(([, handle]) => handle);

/** Those of one category, the one for new records first; none where nothing was begun. */
export function compartmentsOf({ handles, further }: Compartments, category: CompartmentName): readonly string[] {
  const handle = handles[category];
  return handle === undefined ? [] : [handle, ...(further?.[category] ?? [])];
}

/** What two desks know together: the same on both, in whatever order they hear of each other. */
export const joinedCompartments = (one: Compartments, other: Compartments): Compartments =>
  ordered([...everyCompartment(one), ...everyCompartment(other)]);

/** What is left without these (hexadecimal handles). */
export const withoutCompartments = (entry: Compartments, gone: ReadonlySet<string>): Compartments =>
  ordered(everyCompartment(entry).filter(([, handle]) => !gone.has(handle)));

function ordered(known: ReadonlyArray<readonly [CompartmentName, string]>): Compartments {
  const handles: Partial<Record<CompartmentName, string>> = {};
  const further: Partial<Record<CompartmentName, readonly string[]>> = {};
  for (const [category, each] of Map.groupBy(known, ([name]) => name)) {
    const [first, ...others] = [...new Set(each.map(([, handle]) => handle))].sort();
    handles[category] = first;
    if (others.length > 0) further[category] = others;
  }
  return { handles, further: Object.keys(further).length > 0 ? further : undefined };
}
