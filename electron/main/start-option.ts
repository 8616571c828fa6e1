import { Failure } from '../../shared/outcome/failure.ts';

/**
 * What an option of this start is given, as `--name value` or `--name=value`; undefined where it is left out.
 * @param what it needs, in words @throws {Failure} `shell.bad-usage` when it is given nothing.
 */
export function startOption(args: readonly string[], name: string, what: string): string | undefined {
  const at = args.findIndex((arg) => arg === name || arg.startsWith(`${name}=`));
  if (at < 0) return undefined;
  const given = args[at]?.startsWith(`${name}=`) ? args[at].slice(name.length + 1) : args[at + 1];
  if (!given || given.startsWith('--')) throw new Failure('shell.bad-usage', `The option ${name} needs ${what}.`);
  return given;
}
