/** Names of tables and columns in SQL that is put together at run time. */
import { Failure } from '../../shared/outcome/failure.ts';

/** Names come from the program, never from data; this refuses one that is not a plain word all the same. */
export function quoted(name: string): string {
  if (/^[a-z_][a-z0-9_]*$/.test(name)) return `"${name}"`;
  throw new Failure(
    'storage.statement',
    'The program named a table or column in a way that is not allowed. Please report this.',
    {
      details: { name },
    },
  );
}
