/**
 * Operations of the releases until now, by their exact texts: desks that were not updated yet go on being answered. A release adds a file
 * (`npm run keep:operations`), which never changes again; `test/rules/released-operations-stay` holds that.
 */
import first from './released/0.1.0.json' with { type: 'json' };

/** Texts by the names of their operations. */
type OperationTexts = Readonly<Record<string, string>>;
export type OperationKind = 'hub' | 'enrolment' | 'clinicHost';

interface ReleasedOperations extends Readonly<Record<OperationKind, OperationTexts>> {
  readonly version: string;
}

/** In the order of their versions. */
export const RELEASED_OPERATIONS: readonly ReleasedOperations[] = [first];

/** Today's texts and those of earlier releases, each once, with the name of their operation. */
export function answeredOperations(
  kind: OperationKind,
  now: OperationTexts,
  released: readonly ReleasedOperations[] = RELEASED_OPERATIONS,
): ReadonlyMap<string, string> {
  return new Map(
    [...released.map((each) => each[kind]), now].flatMap((texts) => Object.entries(texts).map(([name, text]) => [text, name])),
  );
}
